#include "widget/views/body_text.h"

#include <cmath>
#include <utility>

namespace parlance {
namespace {

float paragraph_gap(const Look& look) { return std::round(look.body_line * 0.5f); }

}  // namespace

TextLayout lay_out_body(Document document, const Look& look, float width, AdvanceCache& advances) {
  if (look.translations != nullptr) look.translations->translate(document);
  return lay_out(std::move(document), look.text_style(), width, advances);
}

float body_height(const TextLayout& lines, const Look& look) {
  return paragraphs_height(lines, look.body_line, paragraph_gap(look));
}

ParagraphsSpec body_paragraphs(const Look& look, const Box& box, Rgba colour) {
  return {.x = box.x,
          .y = box.y,
          .width = box.width,
          .line_height = look.body_line,
          .paragraph_gap = paragraph_gap(look),
          .quote_indent = look.quote_indent,
          .face = look.body,
          .colour = colour};
}

}  // namespace parlance
