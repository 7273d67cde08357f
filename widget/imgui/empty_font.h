// Dear ImGui cannot begin a frame without a font, and readers never see one of its fonts: this one
// has no glyphs.
#pragma once

struct ImFont;
struct ImFontAtlas;

namespace parlance {

// Adds a font that needs no data. Text drawn with it stays invisible. Also makes the atlas as small
// as it can be; call it before anything else is added. The atlas owns the font.
ImFont* add_empty_font(ImFontAtlas& atlas);

}  // namespace parlance
