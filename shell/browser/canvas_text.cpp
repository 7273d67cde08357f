#include "shell/browser/canvas_text.h"

#include "widget/core/utf8.h"
#include "widget/text/characters.h"

namespace parlance {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kWordJoiner = "\xE2\x81\xA0";

// UAX #50's full-width punctuation with half of its width empty (CSS Text 4, text-spacing-trim).
bool is_full_width_punctuation(char32_t point) {
  return (point >= 0x3001 && point <= 0x3002) || (point >= 0x3008 && point <= 0x3011) ||
         (point >= 0x3014 && point <= 0x301F) || point == 0x30FB || point == 0xFF08 ||
         point == 0xFF09 || point == 0xFF0C || point == 0xFF0E || point == 0xFF1A ||
         point == 0xFF1B || point == 0xFF3B || point == 0xFF3D || point == 0xFF5B ||
         point == 0xFF5D;
}

}  // namespace

std::string_view canvas_text(std::string_view text, std::string& storage) {
  bool keeps_words_together = false;
  bool has_pair = false;
  bool follows_punctuation = false;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      follows_punctuation = false;
      ++at;
      continue;
    }
    const CodePoint point = decode_at(text, at);
    keeps_words_together |= needs_context(point.value);
    const bool is_punctuation = is_full_width_punctuation(point.value);
    has_pair |= is_punctuation && follows_punctuation;
    follows_punctuation = is_punctuation;
    at += point.bytes;
  }
  if (!keeps_words_together && !has_pair) return text;

  storage.clear();
  follows_punctuation = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_at(text, at);
    const bool is_punctuation = is_full_width_punctuation(point.value);
    if (is_punctuation && follows_punctuation) storage.append(kWordJoiner);
    const bool is_joined_space = point.value == ' ' && keeps_words_together;
    storage.append(is_joined_space ? kNoBreakSpace : text.substr(at, point.bytes));
    follows_punctuation = is_punctuation;
    at += point.bytes;
  }
  return storage;
}

}  // namespace parlance
