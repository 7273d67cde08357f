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
                   .prefers_reduced_motion = input.prefers_reduced_motion != 0},
          .now = static_cast<UnixSeconds>(input.now),
          .is_plain = input.is_plain != 0,
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
    : host_(host), text_(host, mono_family), renderer_(host), widget_(std::move(config), text_) {}

void Instance::send(const Event& event) { run_effects(host_, widget_.handle(event)); }

void Instance::forget_fonts() {
  text_.forget_strips();
  send(FontsChanged{});
}

void Instance::frame(const FrameInput& input, FrameOutput& output) {
  // Strips go into textures while the frame is made.
  if (renderer_.is_attached()) renderer_.make_current();
  if (text_.set_page(font_family_, static_cast<float>(input.scale))) send(FontsChanged{});
  text_.set_line_width(static_cast<int>(input.canvas_width));
  text_.begin_frame();
  const Frame frame = widget_.frame(viewport_of(input));
  draw(frame, input);

  const auto patch = patcher_.patch(*frame.semantics);
  output.content_height = frame.content_height;
  output.scroll_by = frame.scroll_by;
  output.wake_after = frame.wake_after ? static_cast<double>(frame.wake_after->count()) : -1;
  output.patch = static_cast<double>(reinterpret_cast<std::uintptr_t>(patch.data()));
  output.patch_size = static_cast<double>(patch.size());
  output.reading_order_version = widget_.reading_order_version();
  output.atlas_bytes = static_cast<double>(text_.atlas_bytes());
  output.is_incomplete = text_.was_short();
  output.owes_scroll = frame.owes_scroll;
  tell_palette(frame.palette, output);
  run_effects(host_, frame.effects);
}

void Instance::draw(const Frame& frame, const FrameInput& input) {
  if (!renderer_.is_attached() || frame.draw == nullptr) return;
  text_.upload();
  renderer_.draw(frame.imgui, *frame.draw, static_cast<int>(input.canvas_width),
                 static_cast<int>(input.canvas_height), static_cast<float>(input.scale));
}

void Instance::attach_context() {
  if (renderer_.is_attached()) return;
  renderer_.attach();
  text_.attach_context();
}

void Instance::detach_context() {
  if (!renderer_.is_attached()) return;
  renderer_.make_current();
  text_.detach_context();
  renderer_.detach();
}

const std::vector<NodeId>& Instance::reading_order() {
  reading_order_ = widget_.reading_order();
  return reading_order_;
}

}  // namespace parlance
