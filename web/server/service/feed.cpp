#include "web/server/service/feed.h"

#include <libxml/xmlwriter.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>

#include "web/server/service/guest_token.h"
#include "widget/core/utf8.h"
#include "widget/text/markup.h"

namespace parlance {
namespace {

std::string formatted(UnixSeconds time, const char* format) {
  const auto seconds = static_cast<std::time_t>(time);
  std::tm parts{};
  if (gmtime_r(&seconds, &parts) == nullptr) return "";
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &parts)};
}

std::string atom_date(UnixSeconds time) { return formatted(time, "%Y-%m-%dT%H:%M:%SZ"); }

// XML has no way to write some characters.
std::string without_forbidden(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_at(text, at);
    const bool is_control = point.value < 0x20 && point.value != '\n' && point.value != '\t';
    const bool is_forbidden = is_control || point.value == 0xFFFE || point.value == 0xFFFF;
    append_utf8(out, is_forbidden || !point.is_valid ? 0xFFFD : point.value);
    at += point.bytes;
  }
  return out;
}

// The same for good, and nobody else's: a UUID made of a hash (RFC 9562, version 8).
std::string uuid_of(std::string_view text) {
  const std::string hash = sha256(text);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string uuid = "urn:uuid:";
  for (std::size_t i = 0; i < 16; ++i) {
    auto byte = static_cast<unsigned char>(hash[i]);
    if (i == 6) byte = static_cast<unsigned char>(0x80 | (byte & 0x0F));
    if (i == 8) byte = static_cast<unsigned char>(0x80 | (byte & 0x3F));
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
    uuid += kDigits[byte >> 4];
    uuid += kDigits[byte & 15];
  }
  return uuid;
}

void append_escaped(std::string_view text, std::string& html) {
  for (const char c : text) {
    switch (c) {
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '&':
        html += "&amp;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\n':
        html += "<br>";
        break;
      default:
        html += c;
    }
  }
}

constexpr std::array<std::pair<std::uint8_t, std::string_view>, 4> kTags = {
    {{kStrong, "strong"}, {kEmphasis, "em"}, {kStrike, "del"}, {kCode, "code"}}};

void append_span(const Document& document, const Span& span, std::string_view text,
                 std::string& html) {
  const bool is_link = span.link != kNoLink && is_safe_address(document.links[span.link]);
  if (is_link) {
    html += "<a rel=\"nofollow ugc noopener\" href=\"";
    append_escaped(document.links[span.link], html);
    html += "\">";
  }
  for (const auto& [style, tag] : kTags) {
    if ((span.style & style) != 0) html.append("<").append(tag).append(">");
  }
  append_escaped(text, html);
  for (auto at = kTags.rbegin(); at != kTags.rend(); ++at) {
    if ((span.style & at->first) != 0) html.append("</").append(at->second).append(">");
  }
  if (is_link) html += "</a>";
}

void append_block(const Document& document, const Block& block, std::string& html) {
  const std::string_view all = document.text;
  if (block.is_code) {
    html += "<pre>";
    std::string code;
    append_escaped(all.substr(block.begin, block.end - block.begin), code);
    for (std::size_t at = 0; (at = code.find("<br>", at)) != std::string::npos;) {
      code.replace(at, 4, "\n");
    }
    html += code + "</pre>";
    return;
  }
  html += "<p>";
  std::uint32_t at = block.begin;
  for (const Span& span : document.spans) {
    if (span.end <= block.begin || span.begin >= block.end) continue;
    const std::uint32_t begin = std::max(at, span.begin);
    const std::uint32_t end = std::min(span.end, block.end);
    append_escaped(all.substr(at, begin - at), html);
    append_span(document, span, all.substr(begin, end - begin), html);
    at = end;
  }
  append_escaped(all.substr(at, block.end - at), html);
  html += "</p>";
}

class FeedWriter {
 public:
  explicit FeedWriter(const Feed& feed)
      : feed_(feed),
        buffer_(xmlBufferCreate(), xmlBufferFree),
        writer_(xmlNewTextWriterMemory(buffer_.get(), 0), xmlFreeTextWriter) {}

  std::string write() {
    xmlTextWriterStartDocument(writer_.get(), "1.0", "UTF-8", nullptr);
    feed_.form == FeedForm::Atom ? write_atom() : write_rss();
    xmlTextWriterEndDocument(writer_.get());
    xmlTextWriterFlush(writer_.get());
    return {reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())),
            static_cast<std::size_t>(xmlBufferLength(buffer_.get()))};
  }

 private:
  static const xmlChar* xml(const std::string& text) {
    return reinterpret_cast<const xmlChar*>(text.c_str());
  }
  void begin(const char* name) { xmlTextWriterStartElement(writer_.get(), xml(name)); }
  void end() { xmlTextWriterEndElement(writer_.get()); }
  void attribute(const char* name, std::string_view value) {
    xmlTextWriterWriteAttribute(writer_.get(), xml(name), xml(without_forbidden(value)));
  }
  void text(std::string_view value) {
    xmlTextWriterWriteString(writer_.get(), xml(without_forbidden(value)));
  }
  void element(const char* name, std::string_view value) {
    begin(name);
    text(value);
    end();
  }
  void link(const char* name, std::string_view relation, std::string_view address) {
    begin(name);
    attribute("rel", relation);
    attribute("href", address);
    if (relation == "self") {
      attribute("type",
                feed_.form == FeedForm::Atom ? "application/atom+xml" : "application/rss+xml");
    }
    end();
  }

  std::string title() const { return "Comments on " + feed_.name; }
  static std::string title_of(const FeedEntry& entry) {
    return entry.title.empty() ? entry.comment.author : entry.comment.author + ": " + entry.title;
  }
  static std::string address_of(const FeedEntry& entry) {
    const std::string page = entry.url.substr(0, entry.url.find('#'));
    return page.empty() ? "" : page + "#comment-" + std::to_string(entry.comment.id);
  }
  std::string identity_of(const FeedEntry& entry) const {
    const std::string& feed = feed_.identity;
    return uuid_of(feed.substr(0, feed.find('|')) + "|comment|" + std::to_string(entry.comment.id));
  }

  void write_atom() {
    begin("feed");
    attribute("xmlns", "http://www.w3.org/2005/Atom");
    element("title", title());
    element("id", uuid_of(feed_.identity));
    element("updated", atom_date(changed_last(feed_)));
    link("link", "self", feed_.own_url);
    if (!feed_.url.empty()) link("link", "alternate", feed_.url);
    element("generator", "Parlance");
    for (const FeedEntry& entry : feed_.entries) write_entry(entry);
    end();
  }

  void write_entry(const FeedEntry& entry) {
    const CommentRow& comment = entry.comment;
    begin("entry");
    element("title", title_of(entry));
    element("id", identity_of(entry));
    begin("author");
    element("name", comment.author);
    end();
    element("published", atom_date(comment.created));
    element("updated", atom_date(std::max(comment.created, comment.edited)));
    if (const std::string address = address_of(entry); !address.empty()) {
      link("link", "alternate", address);
    }
    begin("content");
    attribute("type", "html");
    text(html_of_comment(comment.text));
    end();
    end();
  }

  void write_rss() {
    begin("rss");
    attribute("version", "2.0");
    attribute("xmlns:atom", "http://www.w3.org/2005/Atom");
    attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/");
    begin("channel");
    element("title", title());
    element("link", feed_.url.empty() ? feed_.own_url : feed_.url);
    element("description", title());
    element("lastBuildDate", http_date(changed_last(feed_)));
    link("atom:link", "self", feed_.own_url);
    for (const FeedEntry& entry : feed_.entries) write_item(entry);
    end();
    end();
  }

  void write_item(const FeedEntry& entry) {
    begin("item");
    element("title", title_of(entry));
    if (const std::string address = address_of(entry); !address.empty()) element("link", address);
    begin("guid");
    attribute("isPermaLink", "false");
    text(identity_of(entry));
    end();
    element("dc:creator", entry.comment.author);
    element("pubDate", http_date(entry.comment.created));
    element("description", html_of_comment(entry.comment.text));
    end();
  }

  const Feed& feed_;
  const std::unique_ptr<xmlBuffer, void (*)(xmlBuffer*)> buffer_;
  const std::unique_ptr<xmlTextWriter, void (*)(xmlTextWriter*)> writer_;
};

}  // namespace

UnixSeconds changed_last(const Feed& feed) {
  UnixSeconds last = feed.begun;
  for (const FeedEntry& entry : feed.entries) {
    last = std::max({last, entry.comment.created, entry.comment.edited});
  }
  return last;
}

std::string http_date(UnixSeconds time) { return formatted(time, "%a, %d %b %Y %H:%M:%S GMT"); }

std::string html_of_comment(std::string_view text) {
  const Document document = parse_markup(text, Spoilers::Hide);
  std::string html;
  int depth = 0;
  const auto quote = [&](int wanted) {
    for (; depth < wanted; ++depth) html += "<blockquote>";
    for (; depth > wanted; --depth) html += "</blockquote>";
  };
  for (const Block& block : document.blocks) {
    quote(block.quote_depth);
    append_block(document, block, html);
  }
  quote(0);
  return html;
}

std::string write_feed(const Feed& feed) { return FeedWriter(feed).write(); }

}  // namespace parlance
