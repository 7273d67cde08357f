// Reads one flat object of known fields: the shape of every small message on the wire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "widget/core/result.h"

namespace parlance {

// A field to look for. Either `text` or `integer` says where its value goes; both must outlive the
// reading.
struct JsonField {
  std::string_view name;
  std::string* text = nullptr;
  std::int64_t* integer = nullptr;
  bool is_optional = false;
  std::size_t max_bytes = static_cast<std::size_t>(-1);  // Of a text.
  bool is_there = false;                                 // Set by the reading.
};

// Reads {<fields>}, or {<wrapper>: {<fields>}} when `wrapper` is not empty, and passes over
// everything else. Fails with MalformedJson, InvalidUtf8, MissingField or InvalidField, and names
// the field in the last two.
Status read_json_fields(std::string_view json, std::string_view wrapper,
                        std::span<JsonField> fields);

}  // namespace parlance
