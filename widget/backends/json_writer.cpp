#include "widget/backends/json_writer.h"

#include <charconv>

#include "widget/core/utf8.h"

namespace parlance {
namespace {

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

void append_escaped(std::string& out, char32_t point) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (point) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      out += "\\u00";
      out.push_back(kHex[point >> 4]);
      out.push_back(kHex[point & 0xF]);
  }
}

}  // namespace

void JsonWriter::key(std::string_view name) {
  string(name);
  out_.push_back(':');
}

void JsonWriter::string(std::string_view value) {
  separate();
  out_.push_back('"');
  for (std::size_t at = 0; at < value.size();) {
    // Most of a comment is plain, and is copied in one piece.
    const std::size_t start = at;
    while (at < value.size() && is_plain(value[at])) ++at;
    out_.append(value.substr(start, at - start));
    if (at == value.size()) break;

    const CodePoint point = decode_at(value, at);
    if (point.value < 0x80) {
      append_escaped(out_, point.value);
    } else if (point.is_valid) {
      out_.append(value.substr(at, point.bytes));
    } else {
      append_utf8(out_, 0xFFFD);
    }
    at += point.bytes;
  }
  out_.push_back('"');
}

void JsonWriter::number(std::int64_t value) {
  separate();
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out_.append(digits, end);
}

void JsonWriter::raw_number(std::string_view digits) {
  separate();
  out_ += digits;
}

void JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  separate();
  out_ += "null";
}

void JsonWriter::open(char bracket) {
  separate();
  out_.push_back(bracket);
}

// Whether a comma is due shows in the last character: a string ends in its own quote, so an opening
// bracket or a colon can only be JSON's.
void JsonWriter::separate() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_.push_back(',');
}

}  // namespace parlance
