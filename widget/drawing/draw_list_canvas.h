// A canvas that Dear ImGui lays out; a host's renderer brings what comes of it to the screen.
#pragma once

#include <memory>
#include <optional>

#include "widget/drawing/draw_list_painter.h"

struct ImDrawData;
struct ImGuiContext;

namespace parlance {

class DrawListCanvas final : public Canvas {
 public:
  // `rasteriser` must live longer than the canvas.
  explicit DrawListCanvas(Rasteriser& rasteriser);
  ~DrawListCanvas();
  DrawListCanvas(const DrawListCanvas&) = delete;
  DrawListCanvas& operator=(const DrawListCanvas&) = delete;

  Painter& begin(const Area& area) override;
  void end() override;

  // What the last picture is made of, its origin in its corner. Valid until the next begin().
  // REQUIRES: end() has been called.
  ImDrawData& picture() const;

  // The canvas's own context, for renderers. It is current from begin() on, until another one is.
  ImGuiContext* imgui() const { return imgui_; }

 private:
  Rasteriser& rasteriser_;
  ImGuiContext* imgui_;
  std::optional<DrawListPainter> painter_;
};

}  // namespace parlance
