// Measures the words of a line by what is known of its letters.
//
// In alphabets that are written letter by letter a text is as wide as the sum of what each letter
// adds behind the one before it, unless the font has rules for more than two letters ("ffi" as one
// glyph). So a line is summed up, and measured once as a whole: when the two agree, its words are
// what the sums say. That costs a third of measuring each word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "widget/text/pair_widths.h"
#include "widget/text/runs.h"
#include "widget/text/text_engine.h"

namespace parlance {

class LineSums {
 public:
  // `engine` must live longer.
  explicit LineSums(TextEngine& engine) : engine_(engine) {}

  // Fills in the advances of runs of this style that have none, as AdvanceCache::measure does, in
  // lines where it pays and the sum proves right.
  void measure(std::string_view text, std::span<Run> runs, const Face& face, std::uint8_t style);

  // Every width is void.
  void clear() { faces_.clear(); }

 private:
  struct KnownFace {
    Face face;
    PairWidths pairs;
    std::size_t words = 0;  // So many had to be measured.
    int trust = 0;          // At 0 its sums have been wrong too often.
  };
  // Runs [first, last) that follow each other, and their bytes with the spaces around them.
  struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  struct Pair {
    std::uint32_t before = 0;
    std::uint32_t letter = 0;
  };
  KnownFace* find(const Face& face);
  void find_stretches(std::string_view text, std::span<const Run> runs, std::uint8_t style);
  void add_stretch(const Stretch& stretch, std::span<const Run> runs);
  bool ask_for_pairs(std::string_view letters, PairWidths& pairs);
  bool ask_for(std::string_view letters, Pair pair, PairWidths& pairs);
  void learn(const Face& face, PairWidths& pairs);
  bool sum_up(std::string_view text, std::span<Run> runs, const Stretch& stretch, PairWidths& pairs,
              float whole);

  TextEngine& engine_;
  std::vector<KnownFace> faces_;
  // Kept for their memory.
  std::vector<Stretch> stretches_;
  std::vector<Pair> asked_;
  std::vector<float> widths_;
  std::vector<float> advances_;
  std::string joined_;
};

}  // namespace parlance
