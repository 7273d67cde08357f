// Text of several lines: the part of Ui that draws and says paragraphs.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "widget/views/ui.h"

namespace parlance {
namespace {

constexpr std::string_view kJoiner = "\u200d";

// The spans within [begin, end), relative to `begin`.
std::vector<SemanticSpan> spans_within(const TextLayout& layout, std::uint32_t begin,
                                       std::uint32_t end, SemanticTree& said) {
  std::vector<SemanticSpan> spans;
  for (const Span& span : layout.spans) {
    if (span.end <= begin || span.begin >= end) continue;
    SemanticSpan& made = spans.emplace_back();
    made.begin = std::max(span.begin, begin) - begin;
    made.end = std::min(span.end, end) - begin;
    made.style = span.style;
    if (span.link != kNoLink) made.href = said.keep(layout.links[span.link]);
  }
  return spans;
}

}  // namespace

float gap_above(const TextParagraph& paragraph, float paragraph_gap) {
  return paragraph.is_tight ? std::round(paragraph_gap / 4) : paragraph_gap;
}

float paragraphs_height(const TextLayout& layout, float line_height, float paragraph_gap) {
  float height = static_cast<float>(layout.lines.size()) * line_height;
  for (std::size_t i = 1; i < layout.paragraphs.size(); ++i) {
    height += gap_above(layout.paragraphs[i], paragraph_gap);
  }
  return height;
}

// As wide as that, and that far from the side that the paragraph begins at.
Box Ui::from_start(const ParagraphsSpec& spec, const TextParagraph& paragraph, float inset,
                   float width) const {
  const bool is_against_page = paragraph.direction != look_.base_direction();
  return {spec.x + (is_against_page ? spec.width - inset - width : inset), 0, width, 0};
}

void Ui::draw_ground(const ParagraphsSpec& spec, const TextLayout& layout, std::size_t index,
                     float y) {
  const TextParagraph& paragraph = layout.paragraphs[index];
  const float height =
      static_cast<float>(paragraph.last_line - paragraph.first_line) * spec.line_height;
  const auto fill_from = [&](float inset, float width, Rgba colour, float radius, float above) {
    const Box box = from_start(spec, paragraph, inset, width);
    fill({box.x, y - above, width, height + above}, colour, radius);
  };
  // The bar of a quote goes on between its paragraphs.
  const TextParagraph before = index > 0 ? layout.paragraphs[index - 1] : TextParagraph{};
  const bool goes_on = before.direction == paragraph.direction;
  const float gap = gap_above(paragraph, spec.paragraph_gap);
  for (int depth = 0; depth < paragraph.quote_depth; ++depth) {
    const float above = goes_on && depth < before.quote_depth ? gap : 0;
    fill_from(spec.quote_indent * static_cast<float>(depth), 3, look_.palette.faint, 0, above);
  }
  if (!paragraph.is_code) return;
  const float inset = paragraph.indent - spec.quote_indent / 2;
  fill_from(inset, spec.width - inset, look_.palette.hover, look_.radius, 0);
}

void Ui::draw_piece(const ParagraphsSpec& spec, const TextLayout& layout, const TextPiece& piece,
                    const TextParagraph& paragraph, const Box& at) {
  Painter* const paint = painter();
  const Span span = piece.span == kNoSpan ? Span{} : layout.spans[piece.span];
  const Face face = styled_face(spec.face, span.style);
  const bool is_link = span.link != kNoLink;
  const Rgba quoted = paragraph.quote_depth > 0 ? look_.palette.muted : spec.colour;
  const Rgba colour = is_link                        ? look_.palette.accent
                      : (span.style & kSpoiler) != 0 ? look_.palette.muted
                                                     : quoted;
  const float x = at.x + piece.x;
  const float base = baseline(at.y, spec.line_height,
                              paragraph.is_code ? styled_face(spec.face, kCode) : spec.face);
  // Joiners stand for the letters of other styles that these ones hold on to.
  std::string joined;
  if (piece.joins_before) joined += kJoiner;
  joined += std::string_view(layout.text).substr(piece.begin, piece.end - piece.begin);
  if (piece.joins_after) joined += kJoiner;
  paint->text(x, base, joined, face, colour, piece.direction);
  if (is_link) paint->fill({x, base + 2, piece.width, 1}, colour);
  if ((span.style & kStrike) != 0)
    paint->fill({x, base - std::round(face.size * 0.28f), piece.width, 1}, colour);
}

void Ui::draw_hyphen(const ParagraphsSpec& spec, const TextLine& line,
                     const TextParagraph& paragraph, const Box& at) {
  if (!line.ends_with_hyphen) return;
  const Rgba colour = paragraph.quote_depth > 0 ? look_.palette.muted : spec.colour;
  painter()->text_ending_at(at.x + at.width, baseline(at.y, spec.line_height, spec.face), kHyphen,
                            spec.face, colour, line.direction);
}

void Ui::draw_line(const ParagraphsSpec& spec, const TextLayout& layout, const TextLine& line,
                   const TextParagraph& paragraph, const Box& at) {
  Painter* const paint = painter();
  if (paint == nullptr) return;
  const std::string_view drawn = layout.line_text(line);
  if (line.piece_count == 0) {
    const Rgba colour = paragraph.quote_depth > 0 ? look_.palette.muted : spec.colour;
    const Face face = paragraph.is_code ? styled_face(spec.face, kCode) : spec.face;
    const float base = baseline(at.y, spec.line_height, spec.face);
    if (line.direction == TextDirection::RightToLeft) {
      paint->text_ending_at(at.x + at.width, base, drawn, face, colour, line.direction);
    } else {
      paint->text(at.x, base, drawn, face, colour, line.direction);
      draw_hyphen(spec, line, paragraph, at);
    }
    return;
  }
  const std::span pieces = std::span(layout.pieces).subspan(line.first_piece, line.piece_count);
  // All grounds first: they reach below their neighbours' letters.
  for (const TextPiece& piece : pieces) {
    const bool is_code = piece.span != kNoSpan && (layout.spans[piece.span].style & kCode) != 0;
    if (!is_code || paragraph.is_code) continue;
    const float inset = std::floor((spec.line_height - spec.face.size * 1.3f) / 2);
    paint->fill({at.x + piece.x - 2, at.y + inset, piece.width + 4, spec.line_height - 2 * inset},
                look_.palette.hover, 3);
  }
  for (const TextPiece& piece : pieces) draw_piece(spec, layout, piece, paragraph, at);
  draw_hyphen(spec, line, paragraph, at);
}

// The quotes and the list that the last paragraph stands in.
struct Ui::Enclosures {
  NodeId next = 0;
  int depth = 0;
  std::array<NodeId, kMaxQuoteDepth> quotes{};
  NodeId list = 0;

  NodeId innermost(NodeId parent) const {
    if (list != 0) return list;
    return depth > 0 ? quotes[static_cast<std::size_t>(depth) - 1] : parent;
  }
};

// Ends and begins quotes and lists until they are the paragraph's own.
void Ui::enclose(const ParagraphsSpec& spec, const TextParagraph& paragraph, Enclosures& open) {
  const int depth = paragraph.quote_depth;
  if (depth != open.depth || paragraph.list_depth == 0) open.list = 0;
  open.depth = std::min(open.depth, depth);
  const auto begin = [&](Role role) {
    if (open.next == 0 || open.next > spec.last_enclosure) return NodeId{0};
    say(open.next, open.innermost(spec.parent), role, {spec.x, spec.y, 0, 0}).direction =
        paragraph.direction;
    return open.next++;
  };
  while (open.depth < depth) {
    const NodeId quote = begin(Role::Quote);
    if (quote == 0) return;
    open.quotes[static_cast<std::size_t>(open.depth++)] = quote;
  }
  if (paragraph.list_depth > 0 && open.list == 0) open.list = begin(Role::List);
}

void Ui::paragraphs(const ParagraphsSpec& spec, const TextLayout& layout) {
  const std::string_view text = said_.keep(layout.text);
  const double stage_top = stage_.article == 0 ? stage_.top : 0;
  float y = spec.y;
  float node_top = spec.y;
  SemanticNode* node = nullptr;
  std::uint32_t node_begin = 0;
  Enclosures open{.next = spec.first_enclosure};
  for (std::size_t i = 0; i < layout.paragraphs.size(); ++i) {
    const TextParagraph& paragraph = layout.paragraphs[i];
    if (i > 0) y += gap_above(paragraph, spec.paragraph_gap);
    const NodeId id =
        spec.first_id + static_cast<NodeId>(std::min<std::size_t>(i, spec.last_id - spec.first_id));
    if (node == nullptr || node->id != id) {
      node_top = y;
      node_begin = layout.lines[paragraph.first_line].begin;
      enclose(spec, paragraph, open);
      node = &say(id, open.innermost(spec.parent), open.list == 0 ? spec.role : Role::Item,
                  {spec.x, y, spec.width, 0});
      node->face = paragraph.is_code ? styled_face(spec.face, kCode) : spec.face;
      node->direction = paragraph.direction;
      node->level = open.list == 0 ? spec.level : paragraph.list_depth;
      node->lines.reserve(paragraph.last_line - paragraph.first_line);
    }
    draw_ground(spec, layout, i, y);
    for (std::uint32_t l = paragraph.first_line; l < paragraph.last_line; ++l) {
      const TextLine& line = layout.lines[l];
      const Box room = from_start(spec, paragraph, paragraph.indent, spec.width - paragraph.indent);
      const Box block = placed({room.x, y, room.width, spec.line_height});
      const bool is_at_right = line.direction == TextDirection::RightToLeft;
      const float x = is_at_right ? block.x + block.width - line.width - line.x : block.x + line.x;
      draw_line(spec, layout, line, paragraph, {x, block.y, line.width, spec.line_height});
      // Line feeds between two lines belong to the one above, so that the lines joined are the
      // text.
      if (!node->lines.empty()) {
        std::string_view& above = node->lines.back().text;
        above = std::string_view(above.data(),
                                 static_cast<std::size_t>(text.data() + line.begin - above.data()));
      }
      const std::uint32_t next =
          std::min<std::uint32_t>(line.next, static_cast<std::uint32_t>(text.size()));
      node->lines.push_back({.text = text.substr(line.begin, next - line.begin),
                             .rect = {x, stage_top + y, line.width, spec.line_height},
                             .ends_paragraph = l + 1 == paragraph.last_line});
      node->text = text.substr(node_begin, next - node_begin);
      y += spec.line_height;
    }
    if (!layout.spans.empty()) {
      node->spans = spans_within(layout, node_begin,
                                 node_begin + static_cast<std::uint32_t>(node->text.size()), said_);
    }
    node->rect.height = y - node_top;
  }
}

}  // namespace parlance
