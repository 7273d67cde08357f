// UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parlance {

// The code point that starts at `at`, and how many bytes it takes. An ill-formed byte is
// U+FFFD and takes 1 byte, so that a caller always gets on. REQUIRES: at < text.size().
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
  bool is_valid = true;
};
CodePoint decode_at(std::string_view text, std::size_t at);

bool is_valid_utf8(std::string_view text);

// Ill-formed bytes count as one code point each.
std::size_t count_code_points(std::string_view text);

void append_utf8(std::string& text, char32_t code_point);

// The same text with every ill-formed byte and every control character but tab and line feed
// replaced by U+FFFD, and CR LF and CR as LF: what is safe to lay out and to put into a DOM.
std::string sanitized_text(std::string_view text);

}  // namespace parlance
