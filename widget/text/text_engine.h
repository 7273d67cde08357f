// The port to whoever shapes and rasterises text: the browser's own engine in a page, a
// fixed-advance one in tests.
//
// Lengths are CSS pixels, text is UTF-8. The widget breaks lines; the engine says how wide a run is
// and where the pixels of a line are.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace parlance {

enum class FaceFamily : std::uint8_t { Page, Mono };

// A font as the widget asks for it. The engine resolves Page to the family of the page around the
// widget.
struct Face {
  float size = 16;  // CSS pixels.
  std::uint16_t weight = 400;
  FaceFamily family = FaceFamily::Page;
  bool is_italic = false;

  bool operator==(const Face&) const = default;
};

struct FaceMetrics {
  float ascent = 0;   // From the baseline up, positive.
  float descent = 0;  // From the baseline down, positive.
};

enum class TextDirection : std::uint8_t { LeftToRight, RightToLeft };

// 0xRRGGBBAA.
using Rgba = std::uint32_t;

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

class TextEngine {
 public:
  virtual ~TextEngine() = default;

  virtual FaceMetrics metrics(const Face& face) = 0;

  // The advance width of a run. Callers cache (AdvanceCache in text/advance_cache.h); the engine
  // need not.
  virtual float advance(std::string_view run, const Face& face) = 0;

  // The strip's pixels, valid until the next call of Widget::frame. Nothing when there is no room
  // even after dropping what this frame does not use; then the line stays undrawn but said.
  virtual std::optional<Sprite> raster(const Strip& strip) = 0;
};

}  // namespace parlance
