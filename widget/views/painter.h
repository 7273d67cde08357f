// Puts ink on Dear ImGui's draw list. Coordinates are CSS pixels from the top left corner of what
// is drawn.
#pragma once

#include <optional>
#include <string_view>

#include "widget/text/text_engine.h"

struct ImDrawList;

namespace parlance {

class Painter {
 public:
  // Both must live as long as the painter. `scale`: device pixels per CSS pixel.
  Painter(ImDrawList& list, TextEngine& engine, float scale);

  struct Box {
    float x = 0, y = 0, width = 0, height = 0;
  };

  // One line with its pen at (x, baseline); the pen is moved to the nearest device pixel, since the
  // engine's pixels are meant to fall on the screen's. Draws nothing while the engine has no room.
  void text(float x, float baseline, std::string_view line, const Face& face, Rgba colour,
            TextDirection direction);
  // The same with the line's right end at `right`: only the engine knows how wide a whole line
  // really is.
  void text_ending_at(float right, float baseline, std::string_view line, const Face& face,
                      Rgba colour, TextDirection direction);

  void fill(const Box& box, Rgba colour, float radius = 0);
  void outline(const Box& box, Rgba colour, float thickness, float radius);
  void disc(float x, float y, float radius, Rgba colour);
  void stroke(const float (*points)[2], int count, Rgba colour, float thickness);
  void triangle(const float (&points)[3][2], Rgba colour, bool is_filled);

  // Nothing is drawn outside `box` until unclip().
  void clip(const Box& box);
  void unclip();

  // To the nearest device pixel.
  float snapped(float value) const;

 private:
  std::optional<Sprite> raster(std::string_view line, const Face& face, Rgba colour,
                               TextDirection direction);
  void draw(const Sprite& sprite, float x, float baseline);

  ImDrawList& list_;
  TextEngine& engine_;
  float scale_;
};

}  // namespace parlance
