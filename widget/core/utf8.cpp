#include "widget/core/utf8.h"

#include <cassert>

namespace parlance {
namespace {

constexpr CodePoint kIllFormed{0xFFFD, 1, false};

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

char32_t low_bits(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]) & 0x3F;
}

}  // namespace

CodePoint decode_at(std::string_view text, std::size_t at) {
  assert(at < text.size());
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xC2 || lead > 0xF4) return kIllFormed;
  if (!is_continuation(text, at + 1)) return kIllFormed;
  if (lead < 0xE0) return {(lead & 0x1Fu) << 6 | low_bits(text, at + 1), 2, true};
  if (!is_continuation(text, at + 2)) return kIllFormed;
  if (lead < 0xF0) {
    const char32_t value =
        (lead & 0x0Fu) << 12 | low_bits(text, at + 1) << 6 | low_bits(text, at + 2);
    if (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF)) return kIllFormed;
    return {value, 3, true};
  }
  if (!is_continuation(text, at + 3)) return kIllFormed;
  const char32_t value = (lead & 0x07u) << 18 | low_bits(text, at + 1) << 12 |
                         low_bits(text, at + 2) << 6 | low_bits(text, at + 3);
  if (value < 0x10000 || value > 0x10FFFF) return kIllFormed;
  return {value, 4, true};
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_at(text, at);
    if (!point.is_valid) return false;
    at += point.bytes;
  }
  return true;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += decode_at(text, at).bytes;
  return count;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto put = [&](char32_t bits) { text.push_back(static_cast<char>(bits)); };
  if (code_point < 0x80) {
    put(code_point);
    return;
  }
  if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put(0x80 | (code_point & 0x3F));
    return;
  }
  if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
    return;
  }
  put(0xF0 | code_point >> 18);
  put(0x80 | (code_point >> 12 & 0x3F));
  put(0x80 | (code_point >> 6 & 0x3F));
  put(0x80 | (code_point & 0x3F));
}

std::string sanitized_text(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_at(text, at);
    const std::size_t start = at;
    at += point.bytes;
    if (point.value == '\r') {
      if (at < text.size() && text[at] == '\n') ++at;
      clean.push_back('\n');
      continue;
    }
    const bool is_control = (point.value < 0x20 && point.value != '\n' && point.value != '\t') ||
                            (point.value >= 0x7F && point.value < 0xA0);
    if (!point.is_valid || is_control) {
      append_utf8(clean, 0xFFFD);
      continue;
    }
    clean.append(text.substr(start, point.bytes));
  }
  return clean;
}

}  // namespace parlance
