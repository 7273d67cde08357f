#include "widget/backends/json_writer.h"

#include <doctest/doctest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <string>

using namespace parlance;
using namespace std::string_literals;

TEST_CASE("json writer: sets commas and quotes") {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("a", "x");
  writer.member("b", -7);
  writer.key("c");
  writer.begin_array();
  writer.begin_object();
  writer.end_object();
  writer.number(1);
  writer.boolean(true);
  writer.null();
  writer.string("{");
  writer.string("");
  writer.end_array();
  writer.member("d", false);
  writer.end_object();

  CHECK(json == R"({"a":"x","b":-7,"c":[{},1,true,null,"{",""],"d":false})");
}

TEST_CASE("json writer: whatever a text holds, what is written is JSON that reads back") {
  std::string every_byte;
  for (int i = 0; i < 256; ++i) every_byte.push_back(static_cast<char>(i));
  const std::string texts[] = {"",           "\"\\/\b\f\n\r\t", "a\0b"s, "\x01\x1f\x7f",
                               "é中😀\u2028", every_byte};
  for (const std::string& text : texts) {
    std::string json;
    JsonWriter(json).string(text);

    const auto read = nlohmann::json::parse(json, nullptr, false);

    REQUIRE(read.is_string());
    const auto* back = read.get_ptr<const std::string*>();
    if (text != every_byte) CHECK(*back == text);
    if (text == every_byte) CHECK(back->substr(0, 128) == text.substr(0, 128));
  }
}

TEST_CASE("json writer: ill-formed bytes become replacement characters") {
  std::string json;
  JsonWriter(json).string("a\xff\xed\xa0\x80z");

  CHECK(json == "\"a\uFFFD\uFFFD\uFFFD\uFFFDz\"");
}

TEST_CASE("json writer: numbers of every size") {
  std::string json;
  JsonWriter writer(json);
  writer.begin_array();
  writer.number(std::numeric_limits<std::int64_t>::min());
  writer.number(std::numeric_limits<std::int64_t>::max());
  writer.end_array();

  CHECK(json == "[-9223372036854775808,9223372036854775807]");
}
