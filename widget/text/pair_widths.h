// What the letters of one face add to a line behind one another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace parlance {

// Letters of alphabets that are written letter by letter (Latin, Greek, Cyrillic), their
// punctuation and the space have a number from 1 up; other code points have 0.
std::uint32_t letter_number(char32_t point);

class PairWidths {
 public:
  // Pairs of several languages; a hostile text could have more than a million.
  static constexpr std::size_t kMost = 4096;

  // Null: nobody has added it. Valid until the next add(). `before` is 0 for a letter that nothing
  // stands before.
  float* find(std::uint32_t before, std::uint32_t letter);

  // False when there is no more room. REQUIRES: find() knows no such pair.
  [[nodiscard]] bool add(std::uint32_t before, std::uint32_t letter);

 private:
  struct Slot {
    std::uint32_t pair = 0;  // 0: empty.
    float width = 0;
  };
  Slot& slot_of(std::uint32_t pair);

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace parlance
