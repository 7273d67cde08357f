// A text broken into lines for one face and one width.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "widget/text/advance_cache.h"

namespace parlance {

// One visual line: bytes [begin, end) of the layout's text, without the white space at its end;
// `next` is where the next line begins.
struct TextLine {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t next = 0;
  float width = 0;
};

// Lines [first_line, last_line) between two blank lines. A paragraph has the direction of its first
// strong letter (UAX #9, P2 and P3; CSS: unicode-bidi: plaintext), or the page's when it has none.
struct TextParagraph {
  std::uint32_t first_line = 0;
  std::uint32_t last_line = 0;
  TextDirection direction = TextDirection::LeftToRight;
};

struct TextLayout {
  std::string text;  // Normalised: what lines point into.
  std::vector<TextLine> lines;
  std::vector<TextParagraph> paragraphs;

  std::string_view line_text(const TextLine& line) const {
    return std::string_view(text).substr(line.begin, line.end - line.begin);
  }
};

// What readers see of a source text: white space folded to one space, none at the ends of lines, at
// most one blank line in a row, control characters replaced, and no more than kMaxMarks combining
// marks on one letter.
inline constexpr int kMaxMarks = 8;
std::string normalised_text(std::string_view source);

// The direction of the first strong letter, or `base` when there is none.
TextDirection direction_of(std::string_view text, TextDirection base);

// REQUIRES: width > 0. A token wider than a line is cut between clusters.
TextLayout lay_out(std::string_view source, const Face& face, float width, TextDirection base,
                   AdvanceCache& cache);

// How many lines lay_out would make, guessed from the kinds of letters alone.
struct TextWeight {
  float ems = 0;
  int paragraphs = 0;
  int line_feeds = 0;
};
TextWeight weigh(std::string_view source);
int estimated_lines(const TextWeight& weight, float font_size, float width);

}  // namespace parlance
