#include "widget/backends/json_reader.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace parlance;
using namespace std::string_literals;

namespace {

// Writes down what it is told. Passes over the value of "skip", and refuses the text "stop".
class Recorder final : public JsonSink {
 public:
  std::string events;

  Step on_key(std::string_view name) override {
    events += "k:" + std::string(name) + " ";
    return name == "skip" ? Step::PassOver : Step::Take;
  }
  bool on_scalar(const JsonScalar& value) override {
    switch (value.kind) {
      case JsonScalar::Kind::Null:
        events += "null ";
        break;
      case JsonScalar::Kind::Boolean:
        events += value.boolean ? "true " : "false ";
        break;
      case JsonScalar::Kind::Integer:
        events += std::to_string(value.integer) + " ";
        break;
      case JsonScalar::Kind::Number:
        events += "number ";
        break;
      case JsonScalar::Kind::String:
        events += "'" + std::string(value.text) + "' ";
        break;
    }
    return value.text != "stop";
  }
  bool on_object() override { return say("{ "); }
  bool on_object_end() override { return say("} "); }
  bool on_array() override { return say("[ "); }
  bool on_array_end() override { return say("] "); }

 private:
  bool say(const char* event) {
    events += event;
    return true;
  }
};

JsonOutcome outcome_of(std::string_view json) {
  Recorder recorder;
  return read_json(json, recorder);
}

std::string nested(const std::string& open, const std::string& close, int levels) {
  std::string json;
  for (int i = 0; i < levels; ++i) json += open;
  for (int i = 0; i < levels; ++i) json += close;
  return json;
}

}  // namespace

TEST_CASE("json reader: tells what stands in the text, in its order") {
  struct Row {
    const char* json;
    const char* events;
  };
  const Row rows[] = {
      {" {} ", "{ } "},
      {"[1,-2 , 0]", "[ 1 -2 0 ] "},
      {"-0", "0 "},
      {"999999999999999999", "999999999999999999 "},
      {"9223372036854775807", "9223372036854775807 "},
      {"9223372036854775808", "number "},
      {"[1.5, 1e3, 1E+3, 0.5e-7, 1.0]", "[ number number number number number ] "},
      {"[true,false,null]", "[ true false null ] "},
      {R"({"a":{"b":[]},"c":"d"})", "{ k:a { k:b [ ] } k:c 'd' } "},
      {R"("\"\\\/\b\f\n\r\t")", "'\"\\/\b\f\n\r\t' "},
      {R"("a\u00e9\u4e2d\ud83d\ude00z")", "'aé中😀z' "},
      {"\"añ中😀\x7f\"", "'añ中😀\x7f' "},
      {R"({"k\u0065y":"\uD7FF\uE000"})", "{ k:key '\uD7FF\uE000' } "},
      {R"({"a":1,"a":2})", "{ k:a 1 k:a 2 } "},
      {R"({"skip":{"a":[1,{"b":2}]},"b":1})", "{ k:skip k:b 1 } "},
      {R"({"skip":1,"b":1})", "{ k:skip k:b 1 } "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.json);
    Recorder recorder;
    CHECK(read_json(row.json, recorder) == JsonOutcome::Complete);
    CHECK(recorder.events == row.events);
  }
}

TEST_CASE("json reader: refuses what is not JSON") {
  const std::string rows[] = {
      "",
      " ",
      "{",
      "}",
      "[",
      "[1",
      "[1,",
      "[1,]",
      "[,1]",
      "[1 2]",
      "{\"a\"}",
      "{\"a\":}",
      "{\"a\":1,}",
      "{,}",
      "{a:1}",
      "{1:1}",
      "{\"a\":1 \"b\":2}",
      "tru",
      "TRUE",
      "nul",
      "nan",
      "Infinity",
      "01",
      "-",
      "+1",
      "1.",
      ".5",
      "1e",
      "1e+",
      "0x10",
      "--1",
      "'a'",
      "\"",
      "\"a",
      "\"\n\"",
      "\"\t\"",
      "\"\\x\"",
      "\"\\",
      "\"\\u12\"",
      "\"\\u12g4\"",
      "\"\\u\"",
      "1 1",
      "{} []",
      "// comment\n1",
      "\f1",
      "1\0"s,
      "{}\0{}"s,
      "\"a\0b\""s,
  };
  for (const std::string& row : rows) {
    CAPTURE(row);
    CHECK(outcome_of(row) == JsonOutcome::Malformed);
  }
}

TEST_CASE("json reader: refuses text that is no text") {
  const char* const rows[] = {
      R"("\ud800")",          R"("\ud800x")",      R"("\ud800\n")",
      R"("\ud800\ud800")",    R"("\ud800\u0041")", R"("\udc00")",
      R"("\u0000")",          R"("a\u0000b")",     "\"\xff\"",
      "\"\xc0\x80\"",         "\"\xed\xa0\x80\"",  "\"\xe2\x82\"",
      "\"\xf4\x90\x80\x80\"", "\"\x80\"",          "\"\xf0\x9f\x98",
      "{\"\xff\":1}",         R"({"\ud800":1})",   R"({"\u0000":1})",
  };
  for (const char* row : rows) {
    CAPTURE(row);
    CHECK(outcome_of(row) == JsonOutcome::Malformed);
    // What is passed over is held to the same.
    CHECK(outcome_of("{\"skip\":[" + std::string(row) + "]}") == JsonOutcome::Malformed);
  }
}

TEST_CASE("json reader: is as deep as the limit, also in what it passes over") {
  CHECK(outcome_of(nested("[", "]", kMaxJsonDepth)) == JsonOutcome::Complete);
  CHECK(outcome_of(nested("[", "]", kMaxJsonDepth + 1)) == JsonOutcome::Malformed);
  CHECK(outcome_of(nested("[", "", 1'000'000)) == JsonOutcome::Malformed);
  CHECK(outcome_of("{\"skip\":" + nested("[", "]", kMaxJsonDepth - 1) + "}") ==
        JsonOutcome::Complete);
  CHECK(outcome_of("{\"skip\":" + nested("[", "]", kMaxJsonDepth) + "}") == JsonOutcome::Malformed);
}

TEST_CASE("json reader: ends where the sink refuses") {
  Recorder recorder;

  CHECK(read_json(R"(["a","stop","b")", recorder) == JsonOutcome::Refused);
  CHECK(recorder.events == "[ 'a' 'stop' ");
}

TEST_CASE("json reader: thousands of spoilt texts are refused or read, as nlohmann/json does") {
  const std::string seeds[] = {
      R"({"a": [1, -2.5e+3, true, null, "é中😀\n\u00e9\ud83d\ude00"], "b": {"c": [], "d": {}}})",
      R"([{"id":"1","text":"one \"two\"\\"},{"id":"2","up":12,"down":0,"own":false}])",
  };
  const std::string alphabet = "{}[]\",:\\/u0d8eE+-.tfn 19\n\x7f\xc3\xa9\xf0\x9f\x98\x80\xff\xed";
  std::uint32_t random = 12345;
  const auto below = [&](std::size_t bound) {
    random = random * 1664525 + 1013904223;
    return (random >> 8) % bound;
  };
  for (int round = 0; round < 20'000; ++round) {
    std::string json = seeds[below(2)];
    for (std::size_t i = 0, changes = 1 + below(3); i < changes; ++i) {
      const std::size_t at = below(json.size());
      switch (below(3)) {
        case 0:
          json[at] = alphabet[below(alphabet.size())];
          break;
        case 1:
          json.erase(at, 1 + below(4));
          break;
        default:
          json.insert(at, 1, alphabet[below(alphabet.size())]);
      }
      if (json.empty()) json = "0";
    }
    // Both are asked for the same, but for numbers too large for a double.
    if (json.find('E') != std::string::npos) continue;
    CAPTURE(json);
    const bool is_json = nlohmann::json::accept(json);
    Recorder recorder;
    REQUIRE((read_json(json, recorder) == JsonOutcome::Complete) == is_json);
  }
}
