// What a code point means for breaking lines and for direction.
//
// A small part of Unicode's tables (UAX #14 line breaking, UAX #9 direction, UAX #29 grapheme
// clusters), enough to break where browsers break; tests/browser compares the two.
#pragma once

#include <cstdint>

#include "widget/text/text_engine.h"

namespace parlance {

// The classes of UAX #14 that are told apart here, folded together where they behave alike.
enum class BreakClass : std::uint8_t {
  Letter,      // AL, HL, NU and everything else that sticks to its neighbours.
  Digit,       // NU
  Space,       // SP
  ZeroWidth,   // ZW: a break after it.
  Glue,        // GL, WJ: no break on either side.
  Combining,   // CM, ZWJ: sticks to what stands before it.
  Unspaced,    // SA: sticks to its neighbours; only a dictionary knows where words begin.
  Ideograph,   // ID, H2, H3, CJ, EB: a break on either side.
  Opening,     // OP: no break after it.
  Closing,     // CL, CP, EX, IS, NS: no break before it.
  Quote,       // QU
  Hyphen,      // HY
  BreakAfter,  // BA
  DashBoth,    // B2: a break on either side.
  Regional,    // RI: breaks between pairs.
};

BreakClass break_class(char32_t point);

// What stands close to a number: "$", "№" before it, "%", "°" behind it (UAX #14, PR and PO).
enum class Affix : std::uint8_t { None, Prefix, Postfix };
Affix affix(char32_t point);

// Chinese and Japanese brackets and punctuation: those that take the room of an ideograph.
bool is_wide_mark(char32_t point);

// Extends the letter before it: combining marks, joiners, variation selectors, emoji modifiers,
// tags.
bool extends_cluster(char32_t point);

// Letters that the font of a page in Latin, Greek or Cyrillic mostly lacks: another font has them,
// and which one may depend on the letters around them.
bool needs_context(char32_t point);

// Whether two letters that follow each other are written as one (Unicode's ArabicShaping).
bool joins(char32_t letter, char32_t next);

// Whether the letter has a direction of its own, and which.
enum class Strength : std::uint8_t { Neutral, LeftToRight, RightToLeft };
Strength strength(char32_t point);

}  // namespace parlance
