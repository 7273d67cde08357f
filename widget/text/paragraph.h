// A text broken into lines for one face and one width.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "widget/text/measured_text.h"

namespace parlance {

// A piece of a line in one style. Pieces stand in the order of the text; in lines with
// right-to-left letters that is not the order of the eye.
struct TextPiece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint16_t span = kNoSpan;
  TextDirection direction = TextDirection::LeftToRight;  // Of its letters.
  bool joins_before = false;  // Its first letter holds on to the one before it, as Arabic ones do.
  bool joins_after = false;
  float x = 0;  // From the line's left end.
  float width = 0;
};

// One visual line: bytes [begin, end) of the layout's text, without the white space at its end;
// `next` is where the next line begins. A line in the paragraph's own style throughout has no
// pieces.
struct TextLine {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t next = 0;
  TextDirection direction = TextDirection::LeftToRight;
  float x = 0;      // From the paragraph's start edge; negative where a list marker hangs out.
  float width = 0;  // With the hyphen. 0 where nobody has broken lines.
  bool ends_with_hyphen = false;  // It ends at a soft hyphen (U+00AD), which shows only there.
  std::uint32_t first_piece = 0;
  std::uint32_t piece_count = 0;
};

inline constexpr std::string_view kHyphen = "\u2010";

// Lines [first_line, last_line) of one block.
struct TextParagraph {
  std::uint32_t first_line = 0;
  std::uint32_t last_line = 0;
  TextDirection direction = TextDirection::LeftToRight;  // Of its first line.
  float indent = 0;                                      // From the start edge of the text.
  std::uint8_t quote_depth = 0;
  std::uint8_t list_depth = 0;
  bool is_code = false;
  bool is_tight = false;  // Close to the paragraph above.
};

struct TextLayout : MeasuredText {
  std::vector<TextLine> lines;
  std::vector<TextParagraph> paragraphs;
  std::vector<TextPiece> pieces;

  std::string_view line_text(const TextLine& line) const {
    return std::string_view(text).substr(line.begin, line.end - line.begin);
  }
};

// What readers see of a source text: white space folded to one space, none at the ends of lines, at
// most one blank line in a row, control characters replaced, and no more than kMaxMarks combining
// marks on one letter.
inline constexpr int kMaxMarks = 8;
std::string normalised_text(std::string_view source);

// Only what is unsafe is replaced; white space stays as it is.
std::string safe_text(std::string_view source);

// Breaks a measured text anew, for this width. REQUIRES: width > 0, and the style that it was
// measured with. A token wider than a line is cut between clusters.
void break_lines(TextLayout& layout, const TextStyle& style, float width, AdvanceCache& cache);

TextLayout lay_out(Document document, const TextStyle& style, float width, AdvanceCache& cache);
// The same for a text without markup.
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
