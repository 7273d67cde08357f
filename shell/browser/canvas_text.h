// What to give to the canvas so that it shapes a text as the DOM does.
#pragma once

#include <string>
#include <string_view>

namespace parlance {

// `text` itself, or a changed copy in `storage`:
//
//   - Chromium's canvas shapes word by word, and may take another fallback font for each word (some
//   Tamil words come out as boxes);
//     no-break spaces keep a text with such letters in one run.
//   - It sets full-width punctuation that stands together closer. The mirror asks the DOM not to
//   (text-spacing-trim), but
//     nobody can ask a canvas: word joiners keep them apart.
std::string_view canvas_text(std::string_view text, std::string& storage);

}  // namespace parlance
