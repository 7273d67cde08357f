// A painter whose ink is on Dear ImGui's draw list.
#pragma once

#include <optional>
#include <string_view>

#include "widget/text/rasteriser.h"
#include "widget/views/painter.h"

struct ImDrawList;

namespace parlance {

class DrawListPainter final : public Painter {
 public:
  // Both must live as long as the painter.
  DrawListPainter(ImDrawList& list, Rasteriser& rasteriser, float scale);

  void text(float x, float baseline, std::string_view line, const Face& face, Rgba colour,
            TextDirection direction) override;
  void text_ending_at(float right, float baseline, std::string_view line, const Face& face,
                      Rgba colour, TextDirection direction) override;
  void fill(const Box& box, Rgba colour, float radius) override;
  void outline(const Box& box, Rgba colour, float thickness, float radius) override;
  void disc(float x, float y, float radius, Rgba colour) override;
  void stroke(const float (*points)[2], int count, Rgba colour, float thickness) override;
  void triangle(const float (&points)[3][2], Rgba colour, bool is_filled) override;
  void clip(const Box& box) override;
  void unclip() override;

 private:
  std::optional<Sprite> raster(std::string_view line, const Face& face, Rgba colour,
                               TextDirection direction);
  void draw(const Sprite& sprite, float x, float baseline);

  ImDrawList& list_;
  Rasteriser& rasteriser_;
};

}  // namespace parlance
