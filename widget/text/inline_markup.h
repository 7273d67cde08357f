// The spans within one block of markup.h's grammar.
#pragma once

#include <string_view>

#include "widget/text/markup.h"

namespace parlance {

// Appends the block's text without its marks to the document, and the spans of it. REQUIRES:
// normalised text.
void parse_inline(std::string_view text, Spoilers spoilers, Document& document);

}  // namespace parlance
