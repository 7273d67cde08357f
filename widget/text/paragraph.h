// A text broken into lines for one face and one width.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "widget/text/advance_cache.h"
#include "widget/text/markup.h"

namespace parlance {

// A piece of a line in one style.
struct TextPiece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint8_t style = 0;  // Bits of SpanStyle.
  std::uint16_t link = kNoLink;
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
  float x = 0;      // From the paragraph's start edge; negative where a list marker hangs out.
  float width = 0;  // With the hyphen.
  bool ends_with_hyphen = false;  // It ends at a soft hyphen (U+00AD), which shows only there.
  std::uint32_t first_piece = 0;
  std::uint32_t piece_count = 0;
};

inline constexpr std::string_view kHyphen = "\u2010";

// Lines [first_line, last_line) of one block. A paragraph has the direction of its first strong
// letter (UAX #9, P2 and P3; CSS: unicode-bidi: plaintext), or the page's when it has none.
struct TextParagraph {
  std::uint32_t first_line = 0;
  std::uint32_t last_line = 0;
  TextDirection direction = TextDirection::LeftToRight;
  float indent = 0;  // From the start edge of the text.
  std::uint8_t quote_depth = 0;
  std::uint8_t list_depth = 0;
  bool is_code = false;
  bool is_tight = false;  // Close to the paragraph above.
};

struct TextLayout {
  std::string text;  // Normalised: what lines point into.
  std::vector<TextLine> lines;
  std::vector<TextParagraph> paragraphs;
  std::vector<TextPiece> pieces;
  std::vector<Span> spans;
  std::vector<std::string> links;
  bool has_spoiler = false;

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

// The direction of the first strong letter, or `base` when there is none.
TextDirection direction_of(std::string_view text, TextDirection base);

struct TextStyle {
  Face face;
  float quote_indent = 0;
  float list_indent = 0;
};

// The face of a span with these bits.
Face styled_face(const Face& face, std::uint8_t style);

// REQUIRES: width > 0. A token wider than a line is cut between clusters.
TextLayout lay_out(Document document, const TextStyle& style, float width, TextDirection base,
                   AdvanceCache& cache);
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
