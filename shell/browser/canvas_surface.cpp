#include "shell/browser/canvas_surface.h"

#include <emscripten.h>

#include <memory>

#include "shell/browser/instance.h"

namespace parlance {

CanvasSurface::CanvasSurface(int host, BrowserTextEngine& text)
    : context_(host), rasteriser_(host, text), canvas_(rasteriser_) {}

Canvas& CanvasSurface::begin_frame(const FrameInput& input) {
  // Strips go into textures while the frame is made.
  context_.make_current();
  rasteriser_.set_line_width(static_cast<int>(input.canvas_width));
  rasteriser_.begin_frame();
  return canvas_;
}

void CanvasSurface::end_frame(const FrameInput& input, FrameOutput& output) {
  rasteriser_.upload();
  renderer_.draw(canvas_, {.width = static_cast<int>(input.canvas_width),
                           .height = static_cast<int>(input.canvas_height),
                           .scale = static_cast<float>(input.scale)});
  output.atlas_bytes = static_cast<double>(rasteriser_.atlas_bytes());
  output.is_incomplete = rasteriser_.was_short();
}

}  // namespace parlance

// The only way into what is loaded later; exports.cpp has the others.
extern "C" EMSCRIPTEN_KEEPALIVE void parlance_attach_context(parlance::Instance* instance) {
  instance->attach(
      std::make_unique<parlance::CanvasSurface>(instance->host(), instance->text_engine()));
}
