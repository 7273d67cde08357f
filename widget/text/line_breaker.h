// Fills lines with runs.
#pragma once

#include <vector>

#include "widget/text/advance_cache.h"
#include "widget/text/paragraph.h"

namespace parlance {

// Appends to the layout's lines and pieces. Widths are compared with a tolerance, since browsers
// lay out in 64ths of a pixel.
class LineBreaker {
 public:
  // Both must live longer than the breaker; what the layout has measured does not change meanwhile.
  LineBreaker(TextLayout& layout, const Face& face, AdvanceCache& cache);

  // The marker of a list item hangs out of the paragraph's first line.
  void begin_paragraph(float width, const Block& block);

  // Called in the order of the text.
  void break_line(const SourceLine& source);

 private:
  // Runs [first, last) between which no line may break, and how wide they are together.
  struct Unit {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    float advance = 0;
  };
  Unit unit_at(std::uint32_t run) const;
  float width_of_marker(std::size_t bytes);
  void finish_whole(std::size_t marker);

  // Bytes [begin, end) of a run.
  void append(const Run& run, LineBytes bytes, float advance);
  void append_space(std::uint32_t end);
  void extend_pieces(LineBytes bytes, std::uint16_t span, float advance);
  void finish(std::uint32_t next);
  // Ends the line within its source line, where a soft hyphen becomes visible.
  void wrap(std::uint32_t next);
  // Room that the hyphen takes when the line ends behind this unit; 0 when the next one fits, too.
  float hyphen_after(const Unit& unit, float width, float room) const;
  void cut(const Unit& unit);
  void cut(const Run& run);
  // Pieces as the engine says where they stand, in the order of the eye.
  void place_pieces(TextLine& line);
  void add_placed(LineBytes cluster, const LinePlace& place);
  std::uint16_t span_at(std::uint32_t at) const;

  TextLayout& layout_;
  Face face_;
  AdvanceCache& cache_;
  const SourceLine* source_ = nullptr;
  float width_ = 0;
  const Run* pending_ = nullptr;  // Its space has not been appended yet.
  std::size_t marker_bytes_ = 0;
  TextLine line_;
};

}  // namespace parlance
