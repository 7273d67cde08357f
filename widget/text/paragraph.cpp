#include "widget/text/paragraph.h"

#include <algorithm>
#include <cmath>

#include "widget/core/utf8.h"
#include "widget/text/characters.h"
#include "widget/text/line_breaker.h"

namespace parlance {
std::string normalised_text(std::string_view source) {
  std::string text;
  text.reserve(source.size());
  int line_feeds = 0;
  int marks = 0;
  bool has_space = false;
  for (std::size_t at = 0; at < source.size();) {
    const CodePoint point = decode_at(source, at);
    const std::string_view bytes = source.substr(at, point.bytes);
    at += point.bytes;
    const char32_t value = point.value;
    if (value == '\n') {
      ++line_feeds;
      has_space = false;
      continue;
    }
    if (value == ' ' || value == '\t' || value == '\r') {
      has_space = true;
      continue;
    }
    marks = extends_cluster(value) ? marks + 1 : 0;
    if (marks > kMaxMarks) continue;
    if (!text.empty() && line_feeds > 0) {
      text.append(line_feeds > 1 ? "\n\n" : "\n");
    } else if (!text.empty() && has_space) {
      text.push_back(' ');
    }
    line_feeds = 0;
    has_space = false;
    const bool is_control = value < 0x20 || (value >= 0x7F && value < 0xA0) || !point.is_valid;
    text.append(is_control ? "\xEF\xBF\xBD" : bytes);
  }
  return text;
}

void break_lines(TextLayout& layout, const TextStyle& style, float width, AdvanceCache& cache) {
  layout.lines.clear();
  layout.paragraphs.clear();
  layout.pieces.clear();
  LineBreaker breaker(layout, style.face, cache);
  auto source = layout.source_lines.begin();
  for (const Block& block : layout.blocks) {
    TextParagraph& paragraph = layout.paragraphs.emplace_back();
    paragraph.first_line = static_cast<std::uint32_t>(layout.lines.size());
    paragraph.direction = source->direction;
    paragraph.quote_depth = block.quote_depth;
    paragraph.list_depth = block.list_depth;
    paragraph.is_code = block.is_code;
    paragraph.is_tight = block.is_tight;
    paragraph.indent = style.quote_indent * static_cast<float>(block.quote_depth) +
                       style.list_indent * static_cast<float>(block.list_depth);
    if (block.is_code) paragraph.indent += style.quote_indent / 2;
    const float room = std::max(width - paragraph.indent, std::min(width, style.face.size));
    breaker.begin_paragraph(std::max(room, 1.0f), block);
    for (; source != layout.source_lines.end() && source->begin < block.end; ++source)
      breaker.break_line(*source);
    paragraph.last_line = static_cast<std::uint32_t>(layout.lines.size());
  }
}

TextLayout lay_out(Document document, const TextStyle& style, float width, AdvanceCache& cache) {
  TextLayout layout{measured(std::move(document), style, cache), {}, {}, {}};
  break_lines(layout, style, width, cache);
  return layout;
}

TextLayout lay_out(std::string_view source, const Face& face, float width, TextDirection base,
                   AdvanceCache& cache) {
  return lay_out(plain_document(source), {.face = face, .base = base}, width, cache);
}

std::string safe_text(std::string_view source) {
  std::string text;
  text.reserve(source.size());
  int marks = 0;
  for (std::size_t at = 0; at < source.size();) {
    const CodePoint point = decode_at(source, at);
    marks = extends_cluster(point.value) ? marks + 1 : 0;
    const bool is_control = (point.value < 0x20 && point.value != '\n') ||
                            (point.value >= 0x7F && point.value < 0xA0) || !point.is_valid;
    if (marks <= kMaxMarks)
      text.append(is_control ? "\xEF\xBF\xBD" : source.substr(at, point.bytes));
    at += point.bytes;
  }
  return text;
}

TextWeight weigh(std::string_view source) {
  TextWeight weight;
  for (std::size_t at = 0; at < source.size();) {
    const auto lead = static_cast<unsigned char>(source[at]);
    if (lead < 0x80) {
      if (lead == '\n') ++weight.line_feeds;
      if (lead == '\n' && at > 0 && source[at - 1] == '\n') ++weight.paragraphs;
      weight.ems += lead == ' ' ? 0.28f : 0.5f;
      ++at;
      continue;
    }
    const CodePoint point = decode_at(source, at);
    if (!extends_cluster(point.value)) {
      weight.ems += break_class(point.value) == BreakClass::Ideograph ? 1.0f : 0.5f;
    }
    at += point.bytes;
  }
  return weight;
}

int estimated_lines(const TextWeight& weight, float font_size, float width) {
  // Ragged ends waste about a word's half a line.
  const float per_line = std::max(1.0f, width / font_size - 1.5f);
  return static_cast<int>(std::ceil(weight.ems / per_line)) +
         (weight.line_feeds - weight.paragraphs) / 2;
}

}  // namespace parlance
