// Draws what Dear ImGui has laid out into the WebGL2 context of an instance's canvas.
#pragma once

struct ImGuiContext;

namespace parlance {

class DrawListCanvas;

// The context that the host of an instance has now.
class CanvasContext {
 public:
  explicit CanvasContext(int host);
  ~CanvasContext();
  CanvasContext(const CanvasContext&) = delete;
  CanvasContext& operator=(const CanvasContext&) = delete;

  // All GL calls go to this context from here on.
  void make_current() const;

 private:
  int context_;
};

// REQUIRES: the context is current in every call, and at the end.
class Renderer {
 public:
  Renderer() = default;
  ~Renderer();
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;

  struct Size {
    int width = 0;  // Device pixels.
    int height = 0;
    float scale = 1;
  };

  // Fills the canvas, which has this size. It is the same DrawListCanvas in every call, and it
  // lives longer than the renderer.
  void draw(const DrawListCanvas& canvas, const Size& size);

 private:
  ImGuiContext* imgui_ = nullptr;  // Has a backend while it is not null.
};

}  // namespace parlance
