// A text that has been parted into runs and measured: what lines of any width are made of.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "widget/text/advance_cache.h"
#include "widget/text/markup.h"

namespace parlance {

// One line of a block as its author wrote it: bytes [begin, end), without the line feed, and its
// runs. It has the direction of its first strong letter (UAX #9, P2 and P3; CSS: unicode-bidi:
// plaintext), or the base direction when it has none; code runs from left to right.
struct SourceLine {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t first_run = 0;
  std::uint32_t last_run = 0;
  TextDirection direction = TextDirection::LeftToRight;
  bool is_set_whole = false;  // Its styled parts stand where the engine says.
};

struct MeasuredText : Document {
  std::vector<SourceLine> source_lines;  // Those of all blocks, in order.
  std::vector<Run> runs;
};

struct TextStyle {
  Face face;
  float quote_indent = 0;
  float list_indent = 0;
  TextDirection base = TextDirection::LeftToRight;  // Of lines without a direction of their own.
  // Not where somebody else breaks the lines: each is as long as it was written, and not measured.
  bool breaks_lines = true;

  bool operator==(const TextStyle&) const = default;
};

// The face of a span with these bits.
Face styled_face(const Face& face, std::uint8_t style);

// The direction of the first strong letter, or `base` when there is none.
TextDirection direction_of(std::string_view text, TextDirection base);

MeasuredText measured(Document document, const TextStyle& style, AdvanceCache& cache);

}  // namespace parlance
