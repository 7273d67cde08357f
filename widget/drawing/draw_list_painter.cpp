#include "widget/drawing/draw_list_painter.h"

#include <imgui.h>

#include <cmath>

namespace parlance {
namespace {

ImU32 im_colour(Rgba colour, float opacity) {
  const float alpha = static_cast<float>(colour & 0xFF) * opacity;
  return IM_COL32(colour >> 24 & 0xFF, colour >> 16 & 0xFF, colour >> 8 & 0xFF,
                  static_cast<ImU32>(std::lround(alpha)));
}

}  // namespace

DrawListPainter::DrawListPainter(ImDrawList& list, Rasteriser& rasteriser, float scale)
    : Painter(scale), list_(list), rasteriser_(rasteriser) {
  // The soft edge of a shape is one device pixel wide, not one CSS pixel.
  list_._FringeScale = 1 / scale;
}

void DrawListPainter::text(float x, float baseline, std::string_view line, const Face& face,
                           Rgba colour, TextDirection direction) {
  if (const auto sprite = raster(line, face, colour, direction)) draw(*sprite, x, baseline);
}

void DrawListPainter::text_ending_at(float right, float baseline, std::string_view line,
                                     const Face& face, Rgba colour, TextDirection direction) {
  if (const auto sprite = raster(line, face, colour, direction)) {
    draw(*sprite, right - sprite->advance, baseline);
  }
}

std::optional<Sprite> DrawListPainter::raster(std::string_view line, const Face& face, Rgba colour,
                                              TextDirection direction) {
  if (line.empty()) return std::nullopt;
  return rasteriser_.raster(
      {.text = line, .face = face, .direction = direction, .colour = colour, .scale = scale()});
}

void DrawListPainter::draw(const Sprite& sprite, float x, float baseline) {
  if (sprite.width <= 0) return;
  const ImVec2 corner(snapped(x) + sprite.left, snapped(baseline) + sprite.top);
  const ImVec2 end(corner.x + sprite.width, corner.y + sprite.height);
  // The pixels have their final colour already; white leaves them as they are.
  list_.AddImage(static_cast<ImTextureID>(sprite.texture), corner, end,
                 ImVec2(sprite.u0, sprite.v0), ImVec2(sprite.u1, sprite.v1),
                 im_colour(0xFFFFFFFF, opacity()));
}

void DrawListPainter::fill(const Box& box, Rgba colour, float radius) {
  const ImVec2 from(snapped(box.x), snapped(box.y));
  const ImVec2 to(snapped(box.x + box.width), snapped(box.y + box.height));
  list_.AddRectFilled(from, to, im_colour(colour, opacity()), radius);
}

void DrawListPainter::outline(const Box& box, Rgba colour, float thickness, float radius) {
  const float half = thickness / 2;
  const ImVec2 from(snapped(box.x) + half, snapped(box.y) + half);
  const ImVec2 to(snapped(box.x + box.width) - half, snapped(box.y + box.height) - half);
  list_.AddRect(from, to, im_colour(colour, opacity()), radius, 0, thickness);
}

void DrawListPainter::disc(float x, float y, float radius, Rgba colour) {
  list_.AddCircleFilled(ImVec2(x, y), radius, im_colour(colour, opacity()), 48);
}

void DrawListPainter::stroke(const float (*points)[2], int count, Rgba colour, float thickness) {
  for (int i = 0; i < count; ++i) list_.PathLineTo(ImVec2(points[i][0], points[i][1]));
  list_.PathStroke(im_colour(colour, opacity()), 0, thickness);
}

void DrawListPainter::triangle(const float (&points)[3][2], Rgba colour, bool is_filled) {
  const ImVec2 a(points[0][0], points[0][1]);
  const ImVec2 b(points[1][0], points[1][1]);
  const ImVec2 c(points[2][0], points[2][1]);
  if (is_filled) list_.AddTriangleFilled(a, b, c, im_colour(colour, opacity()));
  list_.AddTriangle(a, b, c, im_colour(colour, opacity()), 1.5f);
}

void DrawListPainter::clip(const Box& box) {
  list_.PushClipRect(ImVec2(box.x, box.y), ImVec2(box.x + box.width, box.y + box.height), true);
}

void DrawListPainter::unclip() { list_.PopClipRect(); }

}  // namespace parlance
