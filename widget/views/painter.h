// Puts ink on a canvas. Coordinates are CSS pixels from the top left corner of what is drawn.
//
// Both are ports: what draws (widget/drawing) is loaded after the first comment has been read, and
// until then, as in plain view, views speak without painting.
#pragma once

#include <cmath>
#include <string_view>

#include "widget/text/text_engine.h"

namespace parlance {

class Painter {
 public:
  struct Box {
    float x = 0, y = 0, width = 0, height = 0;
  };

  // One line with its pen at (x, baseline); the pen is moved to the nearest device pixel, since the
  // engine's pixels are meant to fall on the screen's. Draws nothing while the engine has no room.
  virtual void text(float x, float baseline, std::string_view line, const Face& face, Rgba colour,
                    TextDirection direction) = 0;
  // The same with the line's right end at `right`: only the engine knows how wide a whole line
  // really is.
  virtual void text_ending_at(float right, float baseline, std::string_view line, const Face& face,
                              Rgba colour, TextDirection direction) = 0;

  virtual void fill(const Box& box, Rgba colour, float radius = 0) = 0;
  virtual void outline(const Box& box, Rgba colour, float thickness, float radius) = 0;
  virtual void disc(float x, float y, float radius, Rgba colour) = 0;
  virtual void stroke(const float (*points)[2], int count, Rgba colour, float thickness) = 0;
  virtual void triangle(const float (&points)[3][2], Rgba colour, bool is_filled) = 0;

  // How much of all ink that follows is to be seen, 0 to 1.
  void set_opacity(float opacity) { opacity_ = opacity; }

  // Nothing is drawn outside `box` until unclip().
  virtual void clip(const Box& box) = 0;
  virtual void unclip() = 0;

  // To the nearest device pixel.
  float snapped(float value) const { return std::round(value * scale_) / scale_; }
  float snapped_down(float value) const { return std::floor(value * scale_) / scale_; }

 protected:
  // `scale`: device pixels per CSS pixel.
  explicit Painter(float scale) : scale_(scale) {}
  ~Painter() = default;

  float scale() const { return scale_; }
  float opacity() const { return opacity_; }

 private:
  float scale_;
  float opacity_ = 1;
};

// What is painted on, a picture a frame.
class Canvas {
 public:
  struct Area {
    float width = 0;  // CSS pixels.
    float height = 0;
    float scale = 1;  // Device pixels per CSS pixel.
  };

  // Begins a new picture. The painter is valid until end().
  virtual Painter& begin(const Area& area) = 0;
  virtual void end() = 0;

 protected:
  ~Canvas() = default;
};

}  // namespace parlance
