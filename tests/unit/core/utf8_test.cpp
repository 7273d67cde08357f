#include "widget/core/utf8.h"

#include <doctest/doctest.h>

#include <string>

using namespace parlance;
using namespace std::string_literals;

TEST_CASE("utf8: decodes one code point of each length, up to the last") {
  struct Row {
    const char* text;
    char32_t value;
    std::size_t bytes;
  };
  const Row rows[] = {
      {"A", U'A', 1},
      {"\x7f", 0x7F, 1},
      {"\xc2\x80", 0x80, 2},
      {"\xdf\xbf", 0x7FF, 2},
      {"\xe0\xa0\x80", 0x800, 3},
      {"\xed\x9f\xbf", 0xD7FF, 3},
      {"\xee\x80\x80", 0xE000, 3},
      {"\xef\xbf\xbf", 0xFFFF, 3},
      {"\xf0\x90\x80\x80", 0x10000, 4},
      {"\xf4\x8f\xbf\xbf", 0x10FFFF, 4},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    const CodePoint point = decode_at(row.text, 0);
    CHECK(point.is_valid);
    CHECK(point.value == row.value);
    CHECK(point.bytes == row.bytes);

    std::string written;
    append_utf8(written, row.value);
    CHECK(written == row.text);
  }
}

TEST_CASE("utf8: an ill-formed byte is one replacement character, and reading goes on") {
  const std::string rows[] = {
      "\x80",              // A continuation without a lead.
      "\xc0\x80",          // Overlong NUL.
      "\xc1\xbf",          // Overlong in two bytes.
      "\xe0\x9f\xbf",      // Overlong in three.
      "\xf0\x8f\xbf\xbf",  // Overlong in four.
      "\xed\xa0\x80",      // A high surrogate.
      "\xed\xbf\xbf",      // A low surrogate.
      "\xf4\x90\x80\x80",  // Above the last code point.
      "\xf5\x80\x80\x80",
      "\xff",
      "\xc3",
      "\xe2\x82",
      "\xf0\x9f\x98",
      "\xc3(",
      "\xe2\x82(",
      "\xf0\x9f\x98(",
  };
  for (const std::string& row : rows) {
    CAPTURE(row.size());
    const CodePoint point = decode_at(row, 0);
    CHECK_FALSE(point.is_valid);
    CHECK(point.value == 0xFFFD);
    CHECK(point.bytes == 1);
    CHECK_FALSE(is_valid_utf8(row));
    CHECK_FALSE(is_valid_utf8("before" + row));
    CHECK_FALSE(is_valid_utf8(row + "after"));
  }
}

TEST_CASE("utf8: a view that ends inside a sequence does not look behind its end") {
  const std::string whole = "\xf0\x9f\x98\x80";
  for (std::size_t size = 1; size < whole.size(); ++size) {
    CHECK_FALSE(decode_at(std::string_view(whole).substr(0, size), 0).is_valid);
  }
}

TEST_CASE("utf8: counts code points, and each ill-formed byte as one") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("abc") == 3);
  CHECK(count_code_points("añ中😀") == 4);
  CHECK(count_code_points("\xff\xfe!") == 3);
  CHECK(count_code_points("a\0b"s) == 3);
}

TEST_CASE("utf8: sanitized text keeps letters, tabs and line feeds and nothing else below space") {
  CHECK(sanitized_text("añ中😀\t\n") == "añ中😀\t\n");
  CHECK(sanitized_text("one\r\ntwo\rthree\n") == "one\ntwo\nthree\n");
  CHECK(sanitized_text("a\0b"s) == "a\uFFFDb");
  CHECK(sanitized_text("bell\x07") == "bell\uFFFD");
  CHECK(sanitized_text("\x7f") == "\uFFFD");
  CHECK(sanitized_text("\xc2\x85") == "\uFFFD");
  CHECK(sanitized_text("\xff\xfe") == "\uFFFD\uFFFD");
  CHECK(is_valid_utf8(sanitized_text("\xed\xa0\x80\xf0\x9f")));
}
