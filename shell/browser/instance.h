// One widget of the page: the component, its text, its canvas and what its mirror was last told.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "shell/browser/browser_text_engine.h"
#include "shell/browser/frame_io.h"
#include "shell/browser/semantic_patch.h"
#include "shell/browser/surface.h"
#include "widget/widget.h"

namespace parlance {

class Instance {
 public:
  // `host` as in host.h. `mono_family` is the CSS font-family list for code.
  Instance(int host, Config config, std::string_view mono_family);
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  // The host carries out the effects before this returns.
  void send(const Event& event);

  // Which font-family list the page has around the widget; in force from the next frame on.
  void set_font_family(std::string_view family) { font_family_ = family; }

  // The glyphs of a font have changed.
  void forget_fonts();

  bool needs_frame() const { return widget_.needs_frame(); }
  void frame(const FrameInput& input, FrameOutput& output);

  // The host's canvas has a context now, for `surface` to draw into, or is about to lose it.
  void attach(std::unique_ptr<Surface> surface) { surface_ = std::move(surface); }
  void detach() { surface_.reset(); }

  // For surfaces.
  int host() const { return host_; }
  BrowserTextEngine& text_engine() { return text_; }

  // Valid until the next call of any function.
  const std::vector<NodeId>& reading_order();
  std::optional<ReadingEntry> reading_entry(NodeId article, ReadingForm form) const {
    return widget_.reading_entry(article, form);
  }

 private:
  int host_ = 0;
  std::string font_family_;
  BrowserTextEngine text_;
  Widget widget_;
  SemanticPatcher patcher_;
  std::vector<NodeId> reading_order_;
  std::unique_ptr<Surface> surface_;
};

}  // namespace parlance
