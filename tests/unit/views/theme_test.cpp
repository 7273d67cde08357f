#include "widget/views/theme.h"

#include <doctest/doctest.h>

using namespace parlance;

TEST_CASE("theme: contrast is WCAG's") {
  CHECK(contrast(0x000000FF, 0xFFFFFFFF) == doctest::Approx(21));
  CHECK(contrast(0x777777FF, 0xFFFFFFFF) == doctest::Approx(4.48).epsilon(0.01));
}

TEST_CASE("theme: every text is readable whatever the page's colours are") {
  for (const Rgba background : {0xFFFFFFFFu, 0x000000FFu, 0x808080FFu, 0xFFE066FFu, 0x102040FFu,
                                0x9B2226FFu, 0x767676FFu}) {
    for (const Rgba text : {0x000000FFu, 0xFFFFFFFFu, 0x7F7F7FFFu, 0xFFFF00FFu}) {
      for (const Rgba link : {0x0000EEFFu, 0xFFFF00FFu, 0x808080FFu}) {
        const Palette palette = palette_for({.text = text, .background = background, .link = link});
        CAPTURE(background);
        CAPTURE(text);
        for (const Rgba ground : {palette.background, palette.hover, palette.highlight}) {
          CHECK(contrast(palette.text, ground) >= 4.5f);
          CHECK(contrast(palette.muted, ground) >= 4.5f);
          CHECK(contrast(palette.accent, ground) >= 4.5f);
          CHECK(contrast(palette.danger, ground) >= 4.5f);
        }
        CHECK(contrast(palette.text, palette.surface) >= 4.5f);
        CHECK(contrast(palette.on_accent, palette.accent) >= 4.5f);
        CHECK(contrast(palette.border, palette.background) >= 3.0f);
        CHECK(contrast(palette.focus, palette.background) >= 3.0f);
      }
    }
  }
}
