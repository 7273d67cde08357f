#include "web/server/transfer/html_to_markdown.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "widget/text/markup.h"

namespace parlance {
namespace {

// What is longer is cut anyway.
constexpr std::size_t kMaxHtmlBytes = 256 * 1024;
constexpr int kDeepest = 64;

using Blocks = std::vector<std::string>;

std::string_view name_of(const xmlNode* node) {
  if (node->type != XML_ELEMENT_NODE || node->name == nullptr) return {};
  return reinterpret_cast<const char*>(node->name);
}

template <std::size_t Count>
bool is_one_of(std::string_view name, const std::array<std::string_view, Count>& names) {
  return std::ranges::find(names, name) != names.end();
}

bool is_dropped(std::string_view name) {
  return is_one_of(
      name, std::to_array<std::string_view>({"script", "style", "head", "title", "iframe", "object",
                                             "embed", "svg", "math", "template", "noscript"}));
}

bool is_block(std::string_view name) {
  return is_one_of(name, std::to_array<std::string_view>(
                             {"p",  "div", "blockquote", "ul",      "ol",      "li",     "pre",
                              "h1", "h2",  "h3",         "h4",      "h5",      "h6",     "table",
                              "tr", "hr",  "section",    "article", "header",  "footer", "dl",
                              "dd", "dt",  "figure",     "address", "details", "body",   "html"}));
}

std::string_view mark_of(std::string_view name) {
  if (name == "em" || name == "i" || name == "cite" || name == "var") return "*";
  if (name == "strong" || name == "b") return "**";
  if (name == "del" || name == "s" || name == "strike") return "~~";
  return {};
}

std::string attribute(xmlNode* node, const char* name) {
  const std::unique_ptr<xmlChar, void (*)(void*)> value(
      xmlGetProp(node, reinterpret_cast<const xmlChar*>(name)), xmlFree);
  return value == nullptr ? std::string() : reinterpret_cast<const char*>(value.get());
}

std::string content_of(xmlNode* node) {
  const std::unique_ptr<xmlChar, void (*)(void*)> text(xmlNodeGetContent(node), xmlFree);
  return text == nullptr ? std::string() : reinterpret_cast<const char*>(text.get());
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n\r");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\n\r") + 1 - begin));
}

bool begins_word(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '(';
}

std::size_t address_end(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (!begins_word(text, at)) return at;
  if (!rest.starts_with("http://") && !rest.starts_with("https://")) return at;
  const std::size_t end = text.find_first_of(" \t\n\r<>\"", at);
  return end == std::string_view::npos ? text.size() : end;
}

// Each line behind a prefix, the first one perhaps behind another.
std::string prefixed(std::string_view text, std::string_view first, std::string_view rest) {
  std::string out(first);
  for (const char c : text) {
    out += c;
    if (c == '\n') out += rest;
  }
  return out;
}

// At the beginning of a line some characters make a list or a quote.
std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return end;
}

class Converter {
 public:
  explicit Converter(LineFeeds line_feeds) : line_feeds_(line_feeds) {}

  std::string convert(xmlNode* root) {
    Blocks blocks;
    append_blocks(root, 0, blocks);
    return joined(blocks, "\n\n");
  }

 private:
  static std::string joined(const Blocks& blocks, std::string_view between) {
    std::string text;
    for (const std::string& block : blocks) {
      if (!text.empty()) text += between;
      text += block;
    }
    return text;
  }

  static void flush(std::string& line, Blocks& blocks) {
    std::string text = trimmed(line);
    line.clear();
    if (!text.empty()) blocks.push_back(std::move(text));
  }

  void append_blocks(xmlNode* parent, int depth, Blocks& blocks) {
    std::string line;
    for (xmlNode* node = parent->children; node != nullptr; node = node->next) {
      const std::string_view name = name_of(node);
      if (is_dropped(name)) continue;
      if (!is_block(name) || depth >= kDeepest) {
        append_inline(node, depth, line);
        continue;
      }
      flush(line, blocks);
      append_block(node, name, depth + 1, blocks);
    }
    flush(line, blocks);
  }

  void append_block(xmlNode* node, std::string_view name, int depth, Blocks& blocks) {
    if (name == "blockquote") return append_quote(node, depth, blocks);
    if (name == "ul" || name == "ol") return append_list(node, name, depth, blocks);
    if (name == "pre") {
      const std::string code = content_of(node);
      if (code.find("```") == std::string::npos && !trimmed(code).empty()) {
        const std::size_t begin = code.find_first_not_of('\n');
        const std::size_t end = code.find_last_not_of("\n ") + 1;
        blocks.push_back("```\n" + code.substr(begin, end - begin) + "\n```");
        return;
      }
    }
    if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
      std::string line;
      append_children(node, depth, line);
      line = trimmed(line);
      std::ranges::replace(line, '\n', ' ');
      if (!line.empty()) blocks.push_back("**" + line + "**");
      return;
    }
    append_blocks(node, depth, blocks);
  }

  void append_quote(xmlNode* node, int depth, Blocks& blocks) {
    Blocks inner;
    append_blocks(node, depth, inner);
    if (!inner.empty()) blocks.push_back(prefixed(joined(inner, "\n\n"), "> ", "> "));
  }

  void append_list(xmlNode* list, std::string_view name, int depth, Blocks& blocks) {
    Blocks items;
    for (xmlNode* node = list->children; node != nullptr; node = node->next) {
      if (name_of(node) != "li") continue;
      Blocks inner;
      append_blocks(node, depth, inner);
      const std::string mark =
          name == "ol" ? std::to_string(items.size() + 1) + ". " : std::string("- ");
      if (!inner.empty()) items.push_back(prefixed(joined(inner, "\n"), mark, "  "));
    }
    if (!items.empty()) blocks.push_back(joined(items, "\n"));
  }

  void append_children(xmlNode* parent, int depth, std::string& line) {
    for (xmlNode* node = parent->children; node != nullptr; node = node->next) {
      append_inline(node, depth, line);
    }
  }

  void append_inline(xmlNode* node, int depth, std::string& line) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
      if (node->content != nullptr) append_text(reinterpret_cast<const char*>(node->content), line);
      return;
    }
    const std::string_view name = name_of(node);
    if (name.empty() || is_dropped(name)) return;
    if (depth >= kDeepest) return append_text(content_of(node), line);
    if (name == "br") {
      line += '\n';
    } else if (name == "img") {
      const std::string other = attribute(node, "alt");
      append_text(other.empty() ? attribute(node, "src") : other, line);
    } else if (name == "code" || name == "tt" || name == "kbd" || name == "samp") {
      append_code(content_of(node), line);
    } else if (name == "a") {
      append_link(node, depth + 1, line);
    } else if (is_block(name)) {
      line += '\n';
      append_children(node, depth + 1, line);
      line += '\n';
    } else {
      append_marked(node, mark_of(name), depth + 1, line);
    }
  }

  static void append_code(const std::string& code, std::string& line) {
    const bool is_plain = code.find_first_of("`\n") == std::string::npos && !trimmed(code).empty();
    line += is_plain ? "`" + code + "`" : escaped_markdown(code);
  }

  // Marks stand at words, so white space at the ends goes outside of them.
  void append_marked(xmlNode* node, std::string_view mark, int depth, std::string& line) {
    std::string inner;
    append_children(node, depth, inner);
    const std::string words = trimmed(inner);
    if (mark.empty() || words.empty() || words.find("\n\n") != std::string::npos) {
      line += inner;
      return;
    }
    const std::size_t begin = inner.find(words);
    line += inner.substr(0, begin);
    line.append(mark).append(words).append(mark);
    line += inner.substr(begin + words.size());
  }

  void append_link(xmlNode* node, int depth, std::string& line) {
    std::string inner;
    append_children(node, depth, inner);
    inner = trimmed(inner);
    std::ranges::replace(inner, '\n', ' ');
    const std::string address = trimmed(attribute(node, "href"));
    if (!is_safe_address(address) || address.find_first_of("()") != std::string::npos) {
      line += inner;
      return;
    }
    const std::string said = trimmed(content_of(node));
    if (inner.empty() || said == address) {
      if (!line.empty() && line.back() != ' ' && line.back() != '\n') line += ' ';
      line += address;
    } else {
      line += "[" + inner + "](" + address + ")";
    }
  }

  void append_text(std::string_view text, std::string& line) const {
    std::string plain;
    for (const char c : text) {
      if (c == '\r') continue;
      const bool is_space = c == ' ' || c == '\t' || c == '\n';
      if (c == '\n' && line_feeds_ == LineFeeds::Breaks) {
        plain += '\n';
      } else if (!is_space) {
        plain += c;
      } else if (plain.empty() || (plain.back() != ' ' && plain.back() != '\n')) {
        plain += ' ';
      }
    }
    const bool begins = line.empty() || line.back() == '\n' || line.back() == ' ';
    if (begins && plain.starts_with(' ')) plain.erase(0, 1);
    line += escaped_markdown(plain);
  }

  const LineFeeds line_feeds_;
};

}  // namespace

std::string escaped_markdown(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (const std::size_t end = address_end(text, at); end > at) {
      out += text.substr(at, end - at);
      at = end - 1;
      continue;
    }
    const char c = text[at];
    const bool begins_line = at == 0 || text[at - 1] == '\n';
    if (begins_line) {
      const std::size_t end = digits_at(text, at);
      if (end > at && end < text.size() && (text[end] == '.' || text[end] == ')')) {
        out += text.substr(at, end - at);
        out += '\\';
        at = end - 1;
        continue;
      }
      if (c == '>' || c == '-' || c == '+') out += '\\';
    }
    if (std::string_view("\\`*_~[]|").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string markdown_from_html(std::string_view html, LineFeeds line_feeds) {
  html = html.substr(0, kMaxHtmlBytes);
  // Whatever it is, the parser makes a tree of it; it fetches nothing.
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                           HTML_PARSE_NONET | HTML_PARSE_COMPACT;
  const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document(
      htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, "UTF-8", kOptions),
      xmlFreeDoc);
  if (document == nullptr) return {};
  return Converter(line_feeds).convert(reinterpret_cast<xmlNode*>(document.get()));
}

}  // namespace parlance
