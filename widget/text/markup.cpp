#include "widget/text/markup.h"

#include <algorithm>
#include <utility>

#include "widget/text/inline_markup.h"
#include "widget/text/paragraph.h"

namespace parlance {
namespace {

constexpr std::string_view kFence = "```";

std::string_view without_leading_spaces(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view() : line.substr(first);
}

bool is_blank_line(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

struct ListMarker {
  std::string text;       // Empty: no marker.
  std::size_t bytes = 0;  // Of the line, up to the item's text.
};

ListMarker list_marker(std::string_view line) {
  if (line.size() >= 2 && (line[0] == '-' || line[0] == '*' || line[0] == '+') && line[1] == ' ') {
    return {"• ", 2};
  }
  std::size_t digits = 0;
  while (digits < line.size() && digits < 4 && line[digits] >= '0' && line[digits] <= '9') ++digits;
  const bool is_ordered = digits > 0 && digits < 4 && digits + 1 < line.size() &&
                          (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
  if (!is_ordered) return {};
  return {std::string(line.substr(0, digits)) + ". ", digits + 2};
}

class BlockParser {
 public:
  BlockParser(Document& document, Spoilers spoilers) : document_(document), spoilers_(spoilers) {}

  void line(std::string_view line) {
    const int depth = take_quote_marks(line);
    if (is_in_code_ && depth == quote_depth_) return code_line(line);
    is_in_code_ = false;
    if (is_blank_line(line)) {
      finish();
      has_blank_ = true;
      return;
    }
    const std::string_view text = without_leading_spaces(line);
    if (depth != quote_depth_) {
      finish();
      list_depth_ = 0;
    }
    quote_depth_ = depth;
    if (text.starts_with(kFence) && text.find('`', kFence.size()) == std::string_view::npos) {
      finish();
      if (has_blank_) list_depth_ = 0;
      is_in_code_ = true;
      is_code_ = true;
      return;
    }
    const ListMarker marker = list_marker(text);
    if (!marker.text.empty())
      return item(marker, text.substr(marker.bytes), line.size() - text.size());
    if (has_blank_) list_depth_ = 0;
    add(text);
  }

  void finish() {
    if (is_code_) {
      if (!source_.empty()) append_block([&] { append_code(); });
    } else if (!is_blank_line(source_)) {
      append_block([&] { parse_inline(normalised_text(source_), spoilers_, document_); });
    }
    source_.clear();
    marker_.clear();
    is_code_ = false;
    is_in_code_ = false;
  }

 private:
  static int take_quote_marks(std::string_view& line) {
    int depth = 0;
    for (;;) {
      const std::string_view rest = without_leading_spaces(line);
      if (!rest.starts_with('>') || depth == kMaxQuoteDepth) return depth;
      line = rest.substr(1);
      if (line.starts_with(' ')) line.remove_prefix(1);
      ++depth;
    }
  }

  void item(const ListMarker& marker, std::string_view text, std::size_t indent) {
    const bool is_next_item = list_depth_ > 0;
    finish();
    list_depth_ = static_cast<int>(std::min<std::size_t>(indent / 2 + 1, kMaxListDepth));
    is_tight_ = is_next_item;
    marker_ = marker.text;
    add(text);
  }

  void add(std::string_view text) {
    if (!source_.empty()) source_.push_back('\n');
    source_.append(text);
  }

  void code_line(std::string_view line) {
    if (without_leading_spaces(line).starts_with(kFence)) return finish();
    add(line.empty() ? " " : line);
  }

  // Code keeps its spaces; tabs are four of them.
  void append_code() {
    std::string code;
    for (const char c : source_) {
      if (c == '\t') {
        code.append(4, ' ');
      } else if (c != '\r') {
        code.push_back(c);
      }
    }
    const auto begin = static_cast<std::uint32_t>(document_.text.size());
    document_.text += safe_text(code);
    document_.spans.push_back({begin, static_cast<std::uint32_t>(document_.text.size()), kCode});
  }

  template <typename Append>
  void append_block(Append append) {
    if (!document_.text.empty()) document_.text.append(is_tight_ ? "\n" : "\n\n");
    Block block;
    block.begin = static_cast<std::uint32_t>(document_.text.size());
    block.quote_depth = static_cast<std::uint8_t>(quote_depth_);
    block.list_depth = static_cast<std::uint8_t>(list_depth_);
    block.is_code = is_code_;
    block.is_tight = is_tight_;
    block.marker_bytes = static_cast<std::uint8_t>(marker_.size());
    document_.text += std::exchange(marker_, {});
    append();
    block.end = static_cast<std::uint32_t>(document_.text.size());
    document_.blocks.push_back(std::move(block));
    has_blank_ = false;
    is_tight_ = false;
  }

  Document& document_;
  Spoilers spoilers_;
  std::string source_;  // Of the block at hand.
  std::string marker_;
  int quote_depth_ = 0;
  int list_depth_ = 0;
  bool is_code_ = false;
  bool is_in_code_ = false;  // Until the fence ends it.
  bool is_tight_ = false;
  bool has_blank_ = false;
};

}  // namespace

Document parse_markup(std::string_view source, Spoilers spoilers) {
  Document document;
  document.text.reserve(source.size());
  BlockParser parser(document, spoilers);
  for (std::size_t at = 0; at <= source.size();) {
    const std::size_t end = std::min(source.find('\n', at), source.size());
    parser.line(source.substr(at, end - at));
    at = end + 1;
  }
  parser.finish();
  return document;
}

Document plain_document(std::string_view source) {
  Document document;
  document.text = normalised_text(source);
  for (std::size_t at = 0; at < document.text.size();) {
    const std::size_t end = std::min(document.text.find("\n\n", at), document.text.size());
    Block& block = document.blocks.emplace_back();
    block.begin = static_cast<std::uint32_t>(at);
    block.end = static_cast<std::uint32_t>(end);
    at = end + 2;
  }
  return document;
}

bool is_safe_address(std::string_view address) {
  const auto has_scheme = [&](std::string_view scheme) {
    if (address.size() <= scheme.size()) return false;
    return std::equal(scheme.begin(), scheme.end(), address.begin(), [](char wanted, char found) {
      return wanted == (found >= 'A' && found <= 'Z' ? static_cast<char>(found + 32) : found);
    });
  };
  const bool is_clean = std::none_of(address.begin(), address.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F || byte == '"' || byte == '<' || byte == '>';
  });
  return is_clean && (has_scheme("https://") || has_scheme("http://") || has_scheme("mailto:"));
}

}  // namespace parlance
