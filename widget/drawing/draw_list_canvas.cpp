#include "widget/drawing/draw_list_canvas.h"

#include <imgui.h>

#include <algorithm>

#include "widget/imgui/empty_font.h"

namespace parlance {
namespace {

// A window that covers the whole canvas, takes no input and draws nothing of its own: input comes
// from the DOM.
constexpr ImGuiWindowFlags kBareWindow =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoBackground |
    ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav;

ImGuiContext* make_imgui() {
  ImGuiContext* const before = ImGui::GetCurrentContext();
  ImGuiContext* const context = ImGui::CreateContext();
  ImGui::SetCurrentContext(context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  ImGui::GetStyle().CircleTessellationMaxError = 0.1f;
  add_empty_font(*io.Fonts);
  ImGui::SetCurrentContext(before);
  return context;
}

}  // namespace

DrawListCanvas::DrawListCanvas(Rasteriser& rasteriser)
    : rasteriser_(rasteriser), imgui_(make_imgui()) {}

DrawListCanvas::~DrawListCanvas() { ImGui::DestroyContext(imgui_); }

Painter& DrawListCanvas::begin(const Area& area) {
  ImGui::SetCurrentContext(imgui_);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(std::max(1.0f, area.width), std::max(1.0f, area.height));
  io.DisplayFramebufferScale = ImVec2(area.scale, area.scale);
  io.DeltaTime = 1.0f / 60;
  ImGui::NewFrame();
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(io.DisplaySize);
  // Either would keep the window's edge clear, and an avatar stands right at it.
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("thread", nullptr, kBareWindow);
  return painter_.emplace(*ImGui::GetWindowDrawList(), rasteriser_, area.scale);
}

void DrawListCanvas::end() {
  painter_.reset();
  ImGui::End();
  ImGui::PopStyleVar(2);
  ImGui::Render();
}

ImDrawData& DrawListCanvas::picture() const {
  ImGui::SetCurrentContext(imgui_);
  return *ImGui::GetDrawData();
}

}  // namespace parlance
