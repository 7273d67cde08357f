// Text measured by the browser's own engine, on a Canvas2D; canvas_rasteriser.h draws it.
//
// Text is measured at the size that it is drawn at on the device, as the browser does for the page
// itself, so that lines end where the page's own would.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "widget/text/text_engine.h"

namespace parlance {

// As parlance_host_text_measure writes them. Device pixels.
struct TextMeasures {
  float advance, left, right, above, below, ascent, descent;
};

class BrowserTextEngine : public TextEngine {
 public:
  // `host` as in host.h. `mono_family` is a CSS font-family list.
  BrowserTextEngine(int host, std::string_view mono_family);

  // The CSS font-family list of Face::Page, and the device pixels per CSS pixel. When either is
  // new, every width and every strip so far is void, and it answers true.
  [[nodiscard]] bool set_page(std::string_view page_family, float scale);

  // The host keeps the text, to be drawn with parlance_host_text_draw.
  TextMeasures measure(std::string_view text, const Face& face, float scale,
                       TextDirection direction);

  FaceMetrics metrics(const Face& face) override;
  void measure_runs(std::string_view runs, const Face& face, std::span<float> widths) override;
  void place(std::string_view line, TextDirection direction, std::span<const LinePart> parts,
             std::span<LinePlace> places) override;
  bool find_words(std::string_view text, std::span<std::uint8_t> starts) override;

 private:
  struct Font {
    Face face;
    float scale = 1;
  };

  int font_for(const Face& face, float scale);

  int host_ = 0;
  std::string mono_family_;
  std::string page_family_;
  float scale_ = 1;
  std::vector<Font> fonts_;  // Its index is the number that the host knows it by.
};

}  // namespace parlance
