#include "widget/views/look.h"

#include <algorithm>
#include <cmath>

namespace parlance {
namespace {

constexpr float kFinger = 44;  // WCAG 2.2, 2.5.5.

// Buttons grow into the gaps around them, so that a thread looks much the same.
void make_room_for_fingers(Look& look) {
  look.control_slack = std::max(0.0f, kFinger - look.control_height);
  look.control_height += look.control_slack;
  look.least_control = kFinger;
  look.field_height = std::max(kFinger, look.field_height);
  // What stands in a comment's first line reaches up to the row above it.
  look.comment_gap = std::max(look.comment_gap - look.control_slack / 2, look.control_slack + 2);
}

}  // namespace

Look look_for(const PageStyle& page, float width) {
  const float size = std::clamp(page.font_size, 8.0f, 64.0f);
  const auto scaled = [&](float share) { return std::round(size * share); };

  Look look;
  look.palette = palette_for(page);
  look.width = std::max(width, 1.0f);
  look.is_right_to_left = page.is_right_to_left;
  look.is_narrow = width < size * 30;

  const float small = std::max(12.0f, std::round(size * 0.8125f));
  look.body = {.size = size};
  look.author = {.size = std::max(12.0f, std::round(size * 0.9375f)), .weight = 700};
  look.meta = {.size = small};
  look.control = {.size = small};
  look.strong_control = {.size = small, .weight = 700};
  look.heading = {.size = scaled(1.375f), .weight = 700};
  look.initials = {.size = small, .weight = 700};
  look.body_line = std::max(std::round(size), std::round(page.line_height));
  look.meta_line = std::round(small * 1.5f);
  look.heading_line = scaled(1.75f);

  look.avatar = scaled(look.is_narrow ? 1.625f : 2.25f);
  look.gap = scaled(0.75f);
  // A reply's avatar stands below the first letters of what it answers.
  look.indent = look.is_narrow ? scaled(1.125f) : look.avatar + look.gap;
  look.indent_levels = look.is_narrow ? 4 : width < size * 50 ? 4 : 6;
  if (!look.is_narrow && width < size * 50) look.indent = scaled(1.75f);
  look.control_height = std::max(28.0f, scaled(1.875f));
  look.field_height = std::max(40.0f, scaled(2.5f));
  look.comment_gap = scaled(1.25f);
  look.radius = scaled(0.375f);
  look.quote_indent = scaled(1);
  look.list_indent = scaled(1.5f);
  if (page.has_coarse_pointer) make_room_for_fingers(look);
  return look;
}

}  // namespace parlance
