// The port to whoever shapes text: the browser's own engine in a page, a fixed-advance one in
// tests.
//
// Lengths are CSS pixels, text is UTF-8. The widget breaks lines; the engine says how wide a run
// is.
#pragma once

#include <cstdint>
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

class TextEngine {
 public:
  virtual ~TextEngine() = default;

  virtual FaceMetrics metrics(const Face& face) = 0;

  // The advance width of a run. Callers cache (AdvanceCache in text/advance_cache.h); the engine
  // need not.
  virtual float advance(std::string_view run, const Face& face) = 0;
};

}  // namespace parlance
