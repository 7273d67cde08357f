// Sizes and faces for one width and one page: everything that a view needs to know to lay itself
// out. CSS pixels.
#pragma once

#include <algorithm>

#include "widget/text/paragraph.h"
#include "widget/text/translations.h"
#include "widget/views/theme.h"

namespace parlance {

struct Look {
  Palette palette;
  float width = 0;
  bool is_right_to_left = false;
  bool is_plain = false;   // The page breaks the lines of comments.
  bool is_narrow = false;  // Phones: things stack that stand side by side elsewhere.

  Face body;
  Face author;
  Face meta;     // Times, hints.
  Face control;  // Buttons.
  Face strong_control;
  Face heading;
  Face initials;
  float body_line = 0;  // Line heights.
  float meta_line = 0;
  float heading_line = 0;

  float avatar = 0;
  float gap = 0;          // Between avatar and text, between fields.
  float indent = 0;       // For each level of replies…
  int indent_levels = 0;  // …down to this one; deeper replies stand below each other.
  // Of a row of buttons. So much of it is there for fingers alone, and reaches into the gaps
  // around.
  float control_height = 0;
  float control_slack = 0;
  float least_control = 0;  // How wide a button is at least.
  float field_height = 0;
  float comment_gap = 0;
  float radius = 0;
  float quote_indent = 0;
  float list_indent = 0;

  const Translations* translations = nullptr;  // Null or empty for most pages.

  // What is shown for one of the widget's own texts, or for a name.
  std::string_view shown(std::string_view text) const {
    return translations == nullptr ? text : translations->shown(text);
  }

  // What is seen of a button in a row of them.
  float drawn_control() const { return control_height - control_slack; }
  // What is left of a gap beside a row of buttons.
  float gap_at_controls(float elsewhere) const {
    return std::max(0.0f, elsewhere - control_slack / 2);
  }
  TextDirection base_direction() const {
    return is_right_to_left ? TextDirection::RightToLeft : TextDirection::LeftToRight;
  }
  TextStyle text_style() const {
    return {.face = body,
            .quote_indent = quote_indent,
            .list_indent = list_indent,
            .base = base_direction(),
            .breaks_lines = !is_plain};
  }
};

Look look_for(const PageStyle& page, float width);

}  // namespace parlance
