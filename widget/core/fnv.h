// FNV-1a, 32 bit (draft-eastlake-fnv): small, and good enough for short texts that nobody gains
// from making collide.
#pragma once

#include <cstdint>
#include <string_view>

namespace parlance {

constexpr std::uint32_t fnv1a(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

}  // namespace parlance
