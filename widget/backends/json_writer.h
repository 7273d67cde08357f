// JSON text put together piece by piece, without a tree in between.
//
// The writer sets commas and quotes; the caller is trusted with the nesting. What comes out is
// always valid UTF-8: ill-formed bytes in a string are written as U+FFFD.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parlance {

class JsonWriter {
 public:
  // Appends to `out`, which must outlive the writer.
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { out_.push_back('}'); }
  void begin_array() { open('['); }
  void end_array() { out_.push_back(']'); }

  // The next call writes this key's value.
  void key(std::string_view name);

  void string(std::string_view value);
  void number(std::int64_t value);
  void raw_number(std::string_view digits);  // REQUIRES: a number as JSON spells it.
  void boolean(bool value);
  void null();

  // A key and its value.
  void member(std::string_view name, std::string_view value) { key(name), string(value); }
  void member(std::string_view name, const char* value) { key(name), string(value); }
  void member(std::string_view name, std::int64_t value) { key(name), number(value); }
  void member(std::string_view name, int value) { key(name), number(value); }
  void member(std::string_view name, bool value) { key(name), boolean(value); }

 private:
  void open(char bracket);
  void separate();

  std::string& out_;
};

}  // namespace parlance
