// Reads JSON as a stream of events (nlohmann/json's SAX interface), so that what it says goes
// straight into our structs and no tree is built. Text from strangers is expected: nothing in it
// can abort, recurse or grow without bound.
#pragma once

#include <cstdint>
#include <string_view>

namespace parlance {

// Deeper nesting is refused, also inside what the sink passes over.
inline constexpr int kMaxJsonDepth = 16;

struct JsonScalar {
  // Number: anything that is not a whole number of 64 bits with sign; its value is lost.
  enum class Kind : std::uint8_t { Null, Boolean, Integer, Number, String };

  Kind kind = Kind::Null;
  bool boolean = false;
  std::int64_t integer = 0;
  std::string_view text = {};  // Valid UTF-8 without NUL. Valid during the call only.
};

// Told what stands in a JSON text, in its order. A function that answers false ends the reading.
class JsonSink {
 public:
  enum class Step : std::uint8_t { Take, PassOver };

  virtual ~JsonSink() = default;

  // PassOver: the key's value, whatever is in it, is not told.
  virtual Step on_key(std::string_view name) = 0;
  virtual bool on_scalar(const JsonScalar& value) = 0;
  virtual bool on_object() = 0;
  virtual bool on_object_end() = 0;
  virtual bool on_array() = 0;
  virtual bool on_array_end() = 0;
};

enum class JsonOutcome : std::uint8_t {
  Complete,
  Malformed,  // Not JSON, not UTF-8, nested too deeply, or a NUL in it.
  Refused,    // The sink answered false.
};

// REQUIRES: the sink lives through the call. The text is not kept.
JsonOutcome read_json(std::string_view json, JsonSink& sink);

}  // namespace parlance
