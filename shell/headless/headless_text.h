// A text engine with letters of fixed width and no pixels: tests can count on every line end.
#pragma once

#include "widget/text/rasteriser.h"

namespace parlance {

// Every cluster is half as wide as the face is large, ideographs and pictures are as wide as it;
// bold is no wider. Ascent 0.8, descent 0.2.
class HeadlessText : public TextEngine, public Rasteriser {
 public:
  FaceMetrics metrics(const Face& face) override;
  float advance(std::string_view run, const Face& face) override;
  std::optional<Sprite> raster(const Strip& strip) override;

  // How often advance() was asked, and which strips since the last clear were drawn: what caches
  // save is visible here.
  int measured = 0;
  int rasterised = 0;
};

}  // namespace parlance
