// Draws what Dear ImGui has laid out into the WebGL2 context of an instance's canvas.
#pragma once

struct ImDrawData;
struct ImGuiContext;

namespace parlance {

class Renderer {
 public:
  explicit Renderer(int host) : host_(host) {}
  ~Renderer() { detach(); }
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;

  // Takes the context that the host has now. REQUIRES: !is_attached().
  void attach();

  // Lets go of everything in the context, which may be lost; what was drawn with must still exist.
  void detach();

  bool is_attached() const { return context_ != 0; }

  // All GL calls go to this instance's context from here on.
  void make_current() const;

  // Fills the canvas, which is `width` by `height` device pixels. `imgui` is what laid `draw` out;
  // it is the same in every call, and lives until detach().
  void draw(ImGuiContext* imgui, ImDrawData& draw, int width, int height, float scale);

 private:
  int host_ = 0;
  int context_ = 0;
  ImGuiContext* imgui_ = nullptr;  // Has a backend while it is not null.
};

}  // namespace parlance
