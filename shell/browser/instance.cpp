#include "shell/browser/instance.h"

#include <utility>

#include "shell/browser/effects.h"

namespace parlance {
namespace {

Viewport viewport_of(const FrameInput& input) {
  return {.width = static_cast<float>(input.width),
          .visible_top = input.visible_top,
          .visible_bottom = input.visible_bottom,
          .drawn_top = input.drawn_top,
          .drawn_bottom = input.drawn_bottom,
          .scale = static_cast<float>(input.scale),
          .page = {.text = static_cast<Rgba>(input.text),
                   .background = static_cast<Rgba>(input.background),
                   .link = static_cast<Rgba>(input.link),
                   .font_size = static_cast<float>(input.font_size),
                   .line_height = static_cast<float>(input.line_height),
                   .is_right_to_left = input.is_right_to_left != 0,
                   .prefers_reduced_motion = input.prefers_reduced_motion != 0,
                   .has_coarse_pointer = input.has_coarse_pointer != 0},
          .now = static_cast<UnixSeconds>(input.now),
          .time = input.time,
          .is_plain = input.is_plain != 0,
          .has_view_choice = input.has_view_choice != 0,
          .is_scrolling = input.is_scrolling != 0};
}

void tell_palette(const Palette& palette, FrameOutput& output) {
  int at = 0;
  for (const Rgba colour : {palette.text, palette.muted, palette.faint, palette.border,
                            palette.surface, palette.hover, palette.accent, palette.on_accent,
                            palette.danger, palette.focus, palette.highlight, palette.background}) {
    output.palette[at++] = colour;
  }
}

}  // namespace

Instance::Instance(int host, Config config, std::string_view mono_family)
    : host_(host), text_(host, mono_family), widget_(std::move(config), text_) {}

void Instance::send(const Event& event) { run_effects(host_, widget_.handle(event)); }

void Instance::forget_fonts() {
  if (surface_) surface_->forget_strips();
  send(FontsChanged{});
}

void Instance::frame(const FrameInput& input, FrameOutput& output) {
  if (text_.set_page(font_family_, static_cast<float>(input.scale))) forget_fonts();
  output = {};
  Viewport viewport = viewport_of(input);
  if (surface_ && input.canvas_width > 0) viewport.canvas = &surface_->begin_frame(input);
  const Frame frame = widget_.frame(viewport);
  if (viewport.canvas != nullptr) surface_->end_frame(input, output);

  const auto patch = patcher_.patch(*frame.semantics);
  output.content_height = frame.content_height;
  output.scroll_by = frame.scroll_by;
  output.wake_after = frame.wake_after ? static_cast<double>(frame.wake_after->count()) : -1;
  output.patch = static_cast<double>(reinterpret_cast<std::uintptr_t>(patch.data()));
  output.patch_size = static_cast<double>(patch.size());
  output.reading_order_version = widget_.reading_order_version();
  output.owes_scroll = frame.owes_scroll;
  output.is_fading = frame.is_fading;
  tell_palette(frame.palette, output);
  run_effects(host_, frame.effects);
}

const std::vector<NodeId>& Instance::reading_order() {
  reading_order_ = widget_.reading_order();
  return reading_order_;
}

}  // namespace parlance
