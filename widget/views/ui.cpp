#include "widget/views/ui.h"

#include <algorithm>
#include <cmath>

namespace parlance {
namespace {

const Face& button_face(const Look& look, ButtonStyle style) {
  const bool is_light = style == ButtonStyle::Quiet || style == ButtonStyle::Chip;
  return is_light ? look.control : look.strong_control;
}

Rgba button_colour(const ButtonSpec& spec, const Palette& palette, bool is_hovered) {
  const bool is_primary = spec.style == ButtonStyle::Primary;
  const bool is_chip = spec.style == ButtonStyle::Chip;
  if (spec.is_disabled) return is_primary || is_chip ? palette.muted : palette.faint;
  if (is_primary) return palette.on_accent;
  if (spec.pressed == Tristate::Yes) return palette.accent;
  const bool is_open = spec.expanded == Tristate::Yes && !spec.text.empty();
  return is_hovered || is_open ? palette.text : palette.muted;
}

// A thin veil that takes nothing from the contrast of text in that colour.
Rgba shade_against(Rgba text) { return text == 0xFFFFFFFF ? 0x0000002E : 0xFFFFFF2E; }

}  // namespace

float quiet_button_width(std::string_view text, const Look& look, AdvanceCache& advances) {
  const float shown = std::ceil(advances.advance(look.shown(text), look.control));
  return std::max(look.least_control, shown + look.gap * 1.5f);
}

Ui::Ui(const Look& look, AdvanceCache& advances, SemanticTree& said, Painter* painter,
       const Transitions& transitions, double drawn_top)
    : look_(look),
      advances_(advances),
      said_(said),
      painter_(painter),
      transitions_(transitions),
      drawn_top_(drawn_top) {}

Box Ui::placed(const Box& box) const {
  const float x = look_.is_right_to_left ? look_.width - box.x - box.width : box.x;
  return {x, static_cast<float>(stage_.top - drawn_top_) + box.y, box.width, box.height};
}

SemanticNode& Ui::say(NodeId id, NodeId parent, Role role, const Box& box) {
  SemanticNode& node = said_.add(id, parent, role);
  const double top = stage_.article == 0 ? stage_.top : 0;
  node.rect = {placed(box).x, top + box.y, box.width, box.height};
  node.direction = look_.is_right_to_left ? TextDirection::RightToLeft : TextDirection::LeftToRight;
  return node;
}

// CSS 2.2, 10.8.1: half of the leading stands above the ascent. Browsers round the ascent and the
// descent to the screen's pixels.
float Ui::baseline(float y, float line_height, const Face& face) {
  const Painter& paint = *painter();
  const FaceMetrics metrics = advances_.metrics(face);
  const float ascent = paint.snapped(metrics.ascent);
  const float descent = paint.snapped(metrics.descent);
  return y + paint.snapped_down((line_height - ascent - descent) / 2) + ascent;
}

void Ui::fill(const Box& box, Rgba colour, float radius) {
  if (Painter* const paint = painter()) paint->fill(placed(box), colour, radius);
}

void Ui::fill_faded(const Box& box, Rgba colour, float radius, float share) {
  if (share <= 0) return;
  const Fade fade(*this, share);
  fill(box, colour, radius);
}

void Ui::set_opacity(float opacity) {
  opacity_ = opacity;
  if (painter_ != nullptr) painter_->set_opacity(opacity);
}

void Ui::outline(const Box& box, Rgba colour) {
  if (Painter* const paint = painter()) paint->outline(placed(box), colour, 1, look_.radius);
}

void Ui::disc(const Box& box, Rgba colour) {
  Painter* const paint = painter();
  if (paint == nullptr) return;
  const Box at = placed(box);
  paint->disc(at.x + at.width / 2, at.y + at.height / 2, at.width / 2, colour);
}

void Ui::text(float x, float y, float line_height, std::string_view text, const Face& face,
              Rgba colour) {
  Painter* const paint = painter();
  if (paint == nullptr) return;
  const Box at = placed({x, y, text_width(text, face), line_height});
  const std::string_view shown = look_.shown(text);
  paint->text(at.x, baseline(at.y, line_height, face), shown, face, colour,
              direction_of(shown, look_.base_direction()));
}

void Ui::focus_ring(NodeId id, const Box& box) {
  Painter* const paint = painter();
  const float share = transitions_.share(id, Change::Focus);
  if (paint == nullptr || share <= 0) return;
  const Fade fade(*this, share);
  const Box at = placed(box);
  paint->outline({at.x - 2, at.y - 2, at.width + 4, at.height + 4}, look_.palette.focus, 2,
                 look_.radius + 2);
}

void Ui::clip(const Box& box) {
  if (Painter* const paint = painter()) paint->clip(placed(box));
}

void Ui::unclip() {
  if (Painter* const paint = painter()) paint->unclip();
}

SemanticNode& Ui::label(const LabelSpec& spec) {
  text(spec.x, spec.y, spec.line_height, spec.text, spec.face, spec.colour);
  SemanticNode& node = say(spec.id, spec.parent, spec.role,
                           {spec.x, spec.y, text_width(spec.text, spec.face), spec.line_height});
  node.text = said_.keep(look_.shown(spec.text));
  node.face = spec.face;
  node.direction = direction_of(node.text, look_.base_direction());
  return node;
}

// A held button shows it whatever holds it; a finger rests on nothing, so it never hovers.
void Ui::draw_ground(const ButtonSpec& spec, const Box& seen) {
  const Palette& palette = look_.palette;
  const bool is_primary = spec.style == ButtonStyle::Primary;
  if (is_primary) fill(seen, spec.is_disabled ? palette.hover : palette.accent, look_.radius);
  if (spec.is_disabled) return;
  const Rgba shade = shade_against(palette.on_accent);
  const float held = share(spec.id, Change::Press);
  fill_faded(seen, is_primary ? shade : palette.hover, look_.radius,
             std::max(share(spec.id, Change::Hover), held));
  fill_faded(seen, is_primary ? shade : palette.faint, look_.radius, held);
}

void Ui::draw_face(const ButtonSpec& spec, const Box& seen, Rgba colour) {
  const Face& face = button_face(look_, spec.style);
  const bool is_on = spec.pressed == Tristate::Yes;
  const float width = spec.text.empty() ? 0 : text_width(spec.text, face);
  const float x = seen.x + (seen.width - width) / 2;
  if (!spec.text.empty()) text(x, seen.y, seen.height, spec.text, face, colour);
  if (spec.style == ButtonStyle::Tab && is_on) {
    fill({x, seen.y + seen.height - look_.control_slack / 2 - 3, width, 2}, look_.palette.accent);
  }
  if (spec.style == ButtonStyle::Chip) {
    const float inset = look_.control_slack / 2 + 2;
    outline({seen.x, seen.y + inset, seen.width, seen.height - 2 * inset},
            is_on ? look_.palette.accent : look_.palette.faint);
  }
  draw_icon(spec.icon, seen, colour, is_on);
}

void Ui::button(const ButtonSpec& spec) {
  const Box& seen = spec.drawn.width > 0 ? spec.drawn : spec.box;
  draw_ground(spec, seen);
  const Rgba at_rest = button_colour(spec, look_.palette, false);
  const Rgba lit = button_colour(spec, look_.palette, true);
  const float share =
      std::max(this->share(spec.id, Change::Hover), this->share(spec.id, Change::Press));
  const bool is_lit = share > 0 && lit != at_rest;
  // Letters are drawn in the colours that they have at either end: each one between would be
  // rasterised of its own.
  if (!is_lit || share < 1) draw_face(spec, seen, at_rest);
  if (is_lit) {
    const Fade fade(*this, share);
    draw_face(spec, seen, lit);
  }
  focus_ring(spec.id, seen);

  SemanticNode& node = say(spec.id, spec.parent, Role::Button, spec.box);
  node.text = said_.keep(look_.shown(spec.text));
  node.name = said_.keep(spec.name);
  node.face = button_face(look_, spec.style);
  node.direction = direction_of(node.text, look_.base_direction());
  node.pressed = spec.pressed;
  node.expanded = spec.expanded;
  node.is_disabled = spec.is_disabled;
}

void Ui::draw_icon(Icon icon, const Box& box, Rgba colour, bool is_filled) {
  Painter* const paint = painter();
  if (paint == nullptr || icon == Icon::None) return;
  const Box at = placed(box);
  float x = paint->snapped(at.x + at.width / 2);
  const float y = paint->snapped(at.y + at.height / 2);
  const float r = std::round(look_.control.size * 0.38f);
  if (icon == Icon::Up || icon == Icon::Down) {
    const float side = icon == Icon::Up ? -1.0f : 1.0f;
    const float points[3][2] = {
        {x - r, y - side * r * 0.6f}, {x, y + side * r * 0.8f}, {x + r, y - side * r * 0.6f}};
    paint->triangle(points, colour, is_filled);
    return;
  }
  // The stroke ends where the text does; only the ground under the pointer is as large as the
  // button.
  x = look_.is_right_to_left ? at.x + r : at.x + at.width - r;
  const float across[2][2] = {{x - r, y}, {x + r, y}};
  paint->stroke(across, 2, colour, 1.5f);
  if (icon == Icon::Fold) return;
  const float down[2][2] = {{x, y - r}, {x, y + r}};
  paint->stroke(down, 2, colour, 1.5f);
}

}  // namespace parlance
