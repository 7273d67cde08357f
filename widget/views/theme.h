// Colours and sizes, derived from what the page around the widget looks like so that every text
// keeps a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3).
#pragma once

#include "widget/text/text_engine.h"

namespace parlance {

// As the page's own computed style says, of the element that the widget stands in.
struct PageStyle {
  Rgba text = 0x1a1a1aff;
  Rgba background = 0xffffffff;  // Opaque: the host blends what lies behind the widget.
  Rgba link = 0x0b57d0ff;
  float font_size = 16;
  float line_height = 24;
  bool is_right_to_left = false;
  bool prefers_reduced_motion = false;
  bool has_coarse_pointer = false;  // A finger, which needs 44 pixels to hit something.

  bool operator==(const PageStyle&) const = default;
};

struct Palette {
  Rgba text = 0;
  Rgba muted = 0;      // Times, counts, hints.
  Rgba faint = 0;      // Lines and outlines that no information hangs on.
  Rgba border = 0;     // Edges of fields: 3:1 (WCAG 1.4.11).
  Rgba surface = 0;    // Fields.
  Rgba hover = 0;      // Behind a control under the pointer.
  Rgba accent = 0;     // Links, the chosen order, a cast vote, the send button.
  Rgba on_accent = 0;  // Text on accent.
  Rgba danger = 0;     // Errors.
  Rgba focus = 0;      // The focus ring.
  Rgba highlight = 0;  // Behind a comment that a permalink leads to.
  Rgba background = 0;

  bool operator==(const Palette&) const = default;
};

Palette palette_for(const PageStyle& page);

// Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, relative luminance).
float contrast(Rgba one, Rgba other);

}  // namespace parlance
