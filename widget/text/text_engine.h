// The port to whoever shapes text: the browser's own engine in a page, a fixed-advance one in
// tests.
//
// Lengths are CSS pixels, text is UTF-8. The widget breaks lines; the engine says how wide a run
// is.
#pragma once

#include <cstdint>
#include <span>
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

// A part of a line, in one face, up to byte `end` of it; it begins where the part before it ends.
struct LinePart {
  std::uint32_t end = 0;
  Face face;
};

// Where a part stands: from the line's left end.
struct LinePlace {
  float x = 0;
  float width = 0;
};

class TextEngine {
 public:
  virtual ~TextEngine() = default;

  virtual FaceMetrics metrics(const Face& face) = 0;

  // The advance widths of `runs`, which line feeds part, one for each of `widths`. Callers cache
  // (AdvanceCache in text/advance_cache.h); the engine need not.
  virtual void measure_runs(std::string_view runs, const Face& face, std::span<float> widths) = 0;

  // Where the parts of a line stand when the whole of it is set: in the order that the eye finds
  // them (UAX #9), shaped with their neighbours. REQUIRES: no line feeds; a place for each part;
  // parts begin where clusters do.
  virtual void place(std::string_view line, TextDirection direction,
                     std::span<const LinePart> parts, std::span<LinePlace> places) = 0;

  // For scripts that write without spaces: marks the bytes of `text` at which words begin, of all
  // words in it. False when nobody knows. REQUIRES: `starts` are as many as bytes, and 0.
  virtual bool find_words(std::string_view text, std::span<std::uint8_t> starts) = 0;
};

}  // namespace parlance
