#include "web/server/rest/request_id.h"

#include <openssl/rand.h>

#include <array>
#include <atomic>
#include <cstdint>

namespace parlance {
namespace {

constexpr std::size_t kLongest = 64;
constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";

std::string hex(std::uint64_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = text.size(); i > 0; --i, number >>= 4) text[i - 1] = kDigits[number & 15];
  return text;
}

// Processes do not count from the same number. Not a secret, so it need not be a good one.
std::uint64_t first_number() {
  std::array<unsigned char, 8> bytes{};
  static_cast<void>(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())));
  std::uint64_t number = 0;
  for (const unsigned char byte : bytes) number = number << 8 | byte;
  return number;
}

}  // namespace

std::string request_id(std::string_view given) {
  static std::atomic<std::uint64_t> next = first_number();
  const bool is_usable = !given.empty() && given.size() <= kLongest &&
                         given.find_first_not_of(kLetters) == std::string_view::npos;
  return is_usable ? std::string(given) : hex(next++);
}

}  // namespace parlance
