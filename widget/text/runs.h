// Splits a line of source text into runs: the pieces between two places where a line may break, or
// where the style changes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace parlance {

inline constexpr std::uint16_t kNoSpan = 0xFFFF;

// Bytes [begin, end) of the text hold no white space but what may not break; `has_space` says that
// one space follows, which is not drawn when the line breaks there.
struct Run {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  float advance = 0;
  float space = 0;  // Width of the space that follows.
  std::uint16_t span = kNoSpan;
  std::uint8_t style = 0;  // Bits of SpanStyle.
  bool has_space = false;
  bool may_end_line = true;  // A line may break behind it.
  bool is_measured = false;  // The advance is known.
};

// What the letters of a line ask of those who break and measure it.
struct LineTraits {
  bool is_bidi = false;        // Some run from right to left.
  bool needs_context = false;  // Measured alone, a word may come out in another font.
  bool has_unspaced = false;   // Words without spaces between them: Thai, Lao, Khmer, Burmese.
};
LineTraits traits_of(std::string_view line);

// Appends the runs of bytes [begin, end) of `text`, one line of source, in order. `word_starts` has
// a mark for each byte of it at which a word begins, in scripts without spaces; it may be empty.
// REQUIRES: normalised text (normalised_text in paragraph.h), without line feeds.
struct LineBytes {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};
void split_runs(std::string_view text, LineBytes line, std::span<const std::uint8_t> word_starts,
                std::vector<Run>& runs);

// The end of the grapheme cluster that starts at `at`, roughly as UAX #29 has it: where a token
// that is wider than a line may be cut. REQUIRES: at < text.size().
std::uint32_t cluster_end(std::string_view text, std::uint32_t at);

}  // namespace parlance
