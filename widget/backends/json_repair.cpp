#include "widget/backends/json_repair.h"

#include "widget/core/utf8.h"

namespace parlance {
namespace {

constexpr std::size_t kEscapeBytes = 6;  // \uXXXX
constexpr unsigned kNoUnit = 0x10000;

// The UTF-16 unit that is escaped at `at`.
unsigned unit_at(std::string_view json, std::size_t at) {
  if (at + kEscapeBytes > json.size() || json[at] != '\\' || json[at + 1] != 'u') return kNoUnit;
  unsigned unit = 0;
  for (std::size_t digit = at + 2; digit < at + kEscapeBytes; ++digit) {
    const char c = json[digit];
    const char lower = static_cast<char>(c | 0x20);
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && (lower < 'a' || lower > 'f')) return kNoUnit;
    unit = unit << 4 | static_cast<unsigned>(is_digit ? c - '0' : lower - 'a' + 10);
  }
  return unit;
}

bool is_high(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

// How many bytes belong to the escape at `at`; 0 for one that no text can hold.
std::size_t good_escape_bytes(std::string_view json, std::size_t at) {
  const unsigned unit = unit_at(json, at);
  if (is_high(unit) && is_low(unit_at(json, at + kEscapeBytes))) return 2 * kEscapeBytes;
  if (unit == 0 || is_high(unit) || is_low(unit)) return 0;
  return 2;  // The backslash and what it escapes; digits stand for themselves.
}

}  // namespace

std::string repaired_json(std::string_view json) {
  std::string repaired;
  repaired.reserve(json.size());
  bool is_in_string = false;
  for (std::size_t at = 0; at < json.size();) {
    const CodePoint point = decode_at(json, at);
    std::size_t bytes = point.bytes;
    bool is_good = point.is_valid && (point.value >= 0x20 || !is_in_string);
    if (is_in_string && point.value == '\\') {
      bytes = good_escape_bytes(json, at);
      is_good = bytes > 0;
      if (!is_good) bytes = kEscapeBytes;
    } else if (point.value == '"') {
      is_in_string = !is_in_string;
    }
    if (is_good) {
      repaired += json.substr(at, bytes);
    } else {
      append_utf8(repaired, 0xFFFD);
    }
    at += bytes;
  }
  return repaired;
}

}  // namespace parlance
