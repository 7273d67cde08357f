// The port to whoever draws text: the same engine that measures it (text_engine.h). Only painters
// ask it, so a widget that is not drawn needs none.
#pragma once

#include <optional>

#include "widget/text/text_engine.h"

namespace parlance {

// One line of one style, to be drawn at once. All of it is the key under which its pixels are kept.
struct Strip {
  std::string_view text;
  Face face;
  TextDirection direction = TextDirection::LeftToRight;
  Rgba colour = 0;
  float scale = 1;  // Device pixels per CSS pixel.
};

// Where a strip's pixels are: a rectangle of a texture, and the same rectangle relative to the pen
// (the left end of the line's baseline, also for right-to-left lines). Pixels have straight alpha
// and their final colour.
struct Sprite {
  std::uint64_t texture = 0;  // What ImTextureRef takes.
  float u0 = 0, v0 = 0, u1 = 0, v1 = 0;
  float left = 0, top = 0, width = 0, height = 0;
  float advance = 0;  // The width the engine gives the whole line.
};

class Rasteriser {
 public:
  // The strip's pixels, valid until the next frame. Nothing when there is no room even after
  // dropping what this frame does not use; then the line stays undrawn but said.
  virtual std::optional<Sprite> raster(const Strip& strip) = 0;

 protected:
  ~Rasteriser() = default;
};

}  // namespace parlance
