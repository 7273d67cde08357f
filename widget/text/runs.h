// Splits a paragraph into runs: the pieces between two places where a line may break.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parlance {

// Bytes [begin, end) of the paragraph hold no white space but what may not break; `has_space` says
// that one space follows, which is not drawn when the line breaks there.
struct Run {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool has_space = false;
};

// The runs of one line of source text, in order. REQUIRES: normalised text (normalised_text in
// paragraph.h), without line feeds. `runs` is emptied first; it is a parameter so that callers can
// reuse its memory.
void split_runs(std::string_view text, std::vector<Run>& runs);

// The end of the grapheme cluster that starts at `at`, roughly as UAX #29 has it: where a token
// that is wider than a line may be cut. REQUIRES: at < text.size().
std::uint32_t cluster_end(std::string_view text, std::uint32_t at);

}  // namespace parlance
