// Sentences about where a marathon should end, put together from phrases in several languages.
#pragma once

#include <cstdint>
#include <string>

namespace parlance {

// Numbers that look random and are the same on every machine (splitmix64), which the standard
// library's distributions are not.
class SeededNumbers {
 public:
  explicit SeededNumbers(std::uint64_t seed) : state_(seed) {}

  // 0 to bound - 1. REQUIRES: bound > 0.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

 private:
  std::uint64_t next();

  std::uint64_t state_;
};

std::string generated_author(SeededNumbers& numbers);

// 20 to 80 words, sometimes in two paragraphs; mostly English.
std::string generated_text(SeededNumbers& numbers);

}  // namespace parlance
