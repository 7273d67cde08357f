#include "widget/imgui/empty_font.h"

#include <imgui.h>
#include <imgui_internal.h>
#include <misc/freetype/imgui_freetype.h>

namespace {

bool set_metrics(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
  baked->Ascent = baked->Size * 0.8f;
  baked->Descent = baked->Size * -0.2f;
  return true;
}

bool find_no_glyph(ImFontAtlas*, ImFontConfig*, ImFontBaked*, void*, ImWchar, ImFontGlyph*,
                   float*) {
  return false;
}

}  // namespace

// What Dear ImGui asks for when it is built with IMGUI_ENABLE_FREETYPE: the loader of every font.
const ImFontLoader* ImGuiFreeType::GetFontLoader() {
  static const ImFontLoader loader = [] {
    ImFontLoader empty;
    empty.Name = "empty";
    empty.FontBakedInit = set_metrics;
    empty.FontBakedLoadGlyph = find_no_glyph;
    return empty;
  }();
  return &loader;
}

namespace parlance {

ImFont* add_empty_font(ImFontAtlas& atlas) {
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
  atlas.TexMinWidth = 64;
  atlas.TexMinHeight = 64;

  ImFontConfig config;
  config.SizePixels = 16;
  config.FontLoader = ImGuiFreeType::GetFontLoader();
  return atlas.AddFont(&config);
}

}  // namespace parlance
