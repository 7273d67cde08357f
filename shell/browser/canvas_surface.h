// Draws with Dear ImGui into the WebGL2 context of an instance's canvas.
#pragma once

#include "shell/browser/canvas_rasteriser.h"
#include "shell/browser/renderer.h"
#include "shell/browser/surface.h"
#include "widget/drawing/draw_list_canvas.h"

namespace parlance {

class CanvasSurface final : public Surface {
 public:
  // Takes the context that the host has now. `text` must live longer than the surface.
  CanvasSurface(int host, BrowserTextEngine& text);
  ~CanvasSurface() override { context_.make_current(); }

  Canvas& begin_frame(const FrameInput& input) override;
  void end_frame(const FrameInput& input, FrameOutput& output) override;
  void forget_strips() override { rasteriser_.forget_strips(); }

 private:
  // In this order: each is let go of while what stands above it is still there.
  CanvasContext context_;
  CanvasRasteriser rasteriser_;
  DrawListCanvas canvas_;
  Renderer renderer_;
};

}  // namespace parlance
