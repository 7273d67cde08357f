#include "shell/browser/renderer.h"

#include <GLES3/gl3.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include "shell/browser/host.h"
#include "widget/drawing/draw_list_canvas.h"

namespace parlance {

CanvasContext::CanvasContext(int host) : context_(parlance_host_context_register(host)) {}

CanvasContext::~CanvasContext() { parlance_host_context_forget(context_); }

void CanvasContext::make_current() const { parlance_host_context_make_current(context_); }

Renderer::~Renderer() {
  if (imgui_ == nullptr) return;
  ImGui::SetCurrentContext(imgui_);
  ImGui_ImplOpenGL3_Shutdown();
}

void Renderer::draw(const DrawListCanvas& canvas, const Size& size) {
  ImDrawData& picture = canvas.picture();
  if (imgui_ == nullptr) {
    ImGui_ImplOpenGL3_Init("#version 300 es");
    imgui_ = canvas.imgui();
  }
  ImGui_ImplOpenGL3_NewFrame();

  // The canvas has a whole number of pixels, the page's sizes need not be one. Dear ImGui rounds
  // down: a hundredth of a pixel keeps it from losing a whole one, and moves nothing.
  picture.DisplaySize = {(static_cast<float>(size.width) + 0.01f) / size.scale,
                         (static_cast<float>(size.height) + 0.01f) / size.scale};
  picture.FramebufferScale = {size.scale, size.scale};

  glClearColor(0, 0, 0, 0);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(&picture);
}

}  // namespace parlance
