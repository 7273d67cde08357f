// A fast 64-bit hash for recognising content, not for defence: hostile input can make two contents
// collide, which shows one reader a stale line in that reader's own page and nothing else.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace parlance {

class Hash {
 public:
  constexpr explicit Hash(std::uint64_t seed = 0) : value_(seed ^ 0x9e3779b97f4a7c15) {}

  void add(std::uint64_t word) {
    value_ = (value_ ^ word) * 0xd6e8feb86659fd93;
    value_ ^= value_ >> 32;
  }

  void add(std::string_view text) {
    add(text.size());
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; at += 8, left -= 8) {
      std::uint64_t word;
      std::memcpy(&word, at, 8);
      add(word);
    }
    if (left == 0) return;
    std::uint64_t word = 0;
    std::memcpy(&word, at, left);
    add(word);
  }

  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_;
};

}  // namespace parlance
