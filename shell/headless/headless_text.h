// A text engine with letters of fixed width and no pixels: tests can count on every line end.
#pragma once

#include "widget/text/rasteriser.h"

namespace parlance {

// Every cluster is half as wide as the face is large, ideographs and pictures are as wide as it;
// bold is no wider. Ascent 0.8, descent 0.2. Lines that begin at the right go on to the left
// without exception, and where there are no spaces a word has three letters.
class HeadlessText : public TextEngine, public Rasteriser {
 public:
  FaceMetrics metrics(const Face& face) override;
  void measure_runs(std::string_view runs, const Face& face, std::span<float> widths) override;
  void place(std::string_view line, TextDirection direction, std::span<const LinePart> parts,
             std::span<LinePlace> places) override;
  bool find_words(std::string_view text, std::span<std::uint8_t> starts) override;
  std::optional<Sprite> raster(const Strip& strip) override;

  // How many runs have been measured, in how many calls, and how many strips drawn: what caches
  // save is visible here.
  int measured = 0;
  int measurings = 0;
  int placed = 0;
  int rasterised = 0;
};

}  // namespace parlance
