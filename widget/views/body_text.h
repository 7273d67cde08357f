// The text of a comment: of one that is posted, and of one that is about to be.
#pragma once

#include "widget/text/markup.h"
#include "widget/views/ui.h"

namespace parlance {

TextLayout lay_out_body(Document document, const Look& look, float width, AdvanceCache& advances);
float body_height(const TextLayout& lines, const Look& look);

// How it is shown; the ids and the parent are the caller's.
ParagraphsSpec body_paragraphs(const Look& look, const Box& box, Rgba colour);

}  // namespace parlance
