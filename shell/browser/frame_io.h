// What goes in and out of a frame, as the page reads and writes it: 64-bit floats, by their place
// (frame-io.ts).
#pragma once

#include <cstdint>

namespace parlance {

struct FrameInput {
  double width;  // CSS pixels, as all lengths.
  double visible_top;
  double visible_bottom;
  double drawn_top;
  double drawn_bottom;
  double scale;  // Device pixels per CSS pixel.
  double now;    // Unix seconds.
  double text;   // Colours are 0xRRGGBBAA.
  double background;
  double link;
  double font_size;
  double line_height;
  double is_right_to_left;  // 0 or 1.
  double prefers_reduced_motion;
  double has_coarse_pointer;
  double is_plain;
  double has_view_choice;
  double is_scrolling;
  double canvas_width;  // Device pixels; 0 when there is no canvas to draw on.
  double canvas_height;
  double time;  // Milliseconds since the page began.
};

struct FrameOutput {
  double content_height;
  double scroll_by;
  double wake_after;  // Milliseconds; -1 for never.
  double patch;       // Address and bytes of the semantic patch; 0 bytes when nothing changed.
  double patch_size;
  double reading_order_version;
  double atlas_bytes;
  double is_incomplete;  // 0 or 1: drawn again, it would be complete.
  double owes_scroll;
  double is_fading;
  double palette[12];  // In the order of Palette.
};

// An answer that is a list or two strings: addresses and counts, 32 bits each.
struct ReadingOrderOutput {
  std::uint32_t nodes;
  std::uint32_t count;
};
struct ReadingEntryOutput {
  std::uint32_t author;
  std::uint32_t author_size;
  std::uint32_t text;
  std::uint32_t text_size;
};

}  // namespace parlance
