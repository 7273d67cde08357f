// Fills lines with runs.
#pragma once

#include <vector>

#include "widget/text/advance_cache.h"
#include "widget/text/paragraph.h"
#include "widget/text/runs.h"

namespace parlance {

// Appends to the layout's lines and pieces. Widths are compared with a tolerance, since browsers
// lay out in 64ths of a pixel.
class LineBreaker {
 public:
  // Both must live longer than the breaker; the layout's text and spans do not change meanwhile.
  LineBreaker(TextLayout& layout, const Face& face, AdvanceCache& cache);

  // The marker of a list item hangs out of the paragraph's first line.
  void begin_paragraph(float width, const Block& block);

  // Breaks bytes [begin, end) of the text, which hold no line feed. Called in the order of the
  // text.
  void break_line(std::uint32_t begin, std::uint32_t end);

 private:
  void append(std::uint32_t end, float advance);
  void finish(std::uint32_t next);
  // Ends the line within its source line, where a soft hyphen becomes visible.
  void wrap(std::uint32_t next);
  // Room that the hyphen takes when the line ends behind this run; 0 when the next one fits, too.
  float hyphen_after(std::size_t run, std::uint32_t begin, float width, float room);
  void cut(std::uint32_t begin, std::uint32_t end);
  void add_pieces(TextLine& line);
  // In the styles of the spans.
  float measure(std::uint32_t begin, std::uint32_t end);
  // Word by word, so that the cache knows them.
  float measure_words(std::uint32_t begin, std::uint32_t end, const Face& face);
  std::size_t first_span_after(std::uint32_t begin);

  TextLayout& layout_;
  Face face_;
  AdvanceCache& cache_;
  std::vector<Run> runs_;
  float width_ = 0;
  float space_ = 0;
  float pending_space_ = 0;
  std::size_t marker_bytes_ = 0;
  std::size_t span_ = 0;  // The first one that does not end before the line at hand.
  TextLine line_;
};

}  // namespace parlance
