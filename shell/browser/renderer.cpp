#include "shell/browser/renderer.h"

#include <GLES3/gl3.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include "shell/browser/host.h"

namespace parlance {

void Renderer::attach() { context_ = parlance_host_context_register(host_); }

void Renderer::detach() {
  if (!is_attached()) return;
  make_current();
  if (imgui_ != nullptr) {
    ImGui::SetCurrentContext(imgui_);
    ImGui_ImplOpenGL3_Shutdown();
    // Shutdown takes it away, but the next context will have it again, and frames go on meanwhile.
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    imgui_ = nullptr;
  }
  parlance_host_context_forget(context_);
  context_ = 0;
}

void Renderer::make_current() const { parlance_host_context_make_current(context_); }

void Renderer::draw(ImGuiContext* imgui, ImDrawData& draw, int width, int height, float scale) {
  make_current();
  ImGui::SetCurrentContext(imgui);
  if (imgui_ == nullptr) {
    ImGui_ImplOpenGL3_Init("#version 300 es");
    imgui_ = imgui;
  }
  ImGui_ImplOpenGL3_NewFrame();

  // The canvas has a whole number of pixels, the page's sizes need not be one. Dear ImGui rounds
  // down: a hundredth of a pixel keeps it from losing a whole one, and moves nothing.
  draw.DisplaySize = {(static_cast<float>(width) + 0.01f) / scale,
                      (static_cast<float>(height) + 0.01f) / scale};
  draw.FramebufferScale = {scale, scale};

  glClearColor(0, 0, 0, 0);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(&draw);
}

}  // namespace parlance
