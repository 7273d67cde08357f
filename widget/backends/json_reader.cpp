#include "widget/backends/json_reader.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace parlance {
namespace {

using nlohmann::json;

// What nlohmann's parser calls. It keeps the depth and hides what the sink passes over.
class SaxAdapter {
 public:
  explicit SaxAdapter(JsonSink& sink) : sink_(sink) {}

  JsonOutcome failure() const { return failure_; }

  bool null() { return scalar({}); }
  bool boolean(bool value) { return scalar({.kind = JsonScalar::Kind::Boolean, .boolean = value}); }
  bool number_integer(json::number_integer_t value) {
    return scalar({.kind = JsonScalar::Kind::Integer, .integer = value});
  }
  bool number_unsigned(json::number_unsigned_t value) {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return scalar({.kind = JsonScalar::Kind::Number});
    }
    return number_integer(static_cast<std::int64_t>(value));
  }
  bool number_float(json::number_float_t, const std::string&) {
    return scalar({.kind = JsonScalar::Kind::Number});
  }
  bool string(std::string& value) {
    if (value.find('\0') != std::string::npos) return malformed();
    return scalar({.kind = JsonScalar::Kind::String, .text = value});
  }
  bool binary(json::binary_t&) { return malformed(); }

  bool key(std::string& name) {
    if (name.find('\0') != std::string::npos) return malformed();
    if (is_passing_over()) return true;
    if (sink_.on_key(name) == JsonSink::Step::PassOver) passing_over_at_ = depth_;
    return true;
  }

  bool start_object(std::size_t) { return open(&JsonSink::on_object); }
  bool end_object() { return close(&JsonSink::on_object_end); }
  bool start_array(std::size_t) { return open(&JsonSink::on_array); }
  bool end_array() { return close(&JsonSink::on_array_end); }

  bool parse_error(std::size_t, const std::string&, const json::exception&) { return malformed(); }

 private:
  using SinkCall = bool (JsonSink::*)();

  bool is_passing_over() const { return passing_over_at_ >= 0; }

  bool scalar(const JsonScalar& value) {
    if (is_passing_over()) {
      end_of_value();
      return true;
    }
    return sink_.on_scalar(value) || refused();
  }

  bool open(SinkCall call) {
    if (++depth_ > kMaxJsonDepth) return malformed();
    return is_passing_over() || (sink_.*call)() || refused();
  }

  bool close(SinkCall call) {
    --depth_;
    if (is_passing_over()) {
      end_of_value();
      return true;
    }
    return (sink_.*call)() || refused();
  }

  // A value that is passed over ends where its key stood.
  void end_of_value() {
    if (depth_ == passing_over_at_) passing_over_at_ = -1;
  }

  bool malformed() {
    failure_ = JsonOutcome::Malformed;
    return false;
  }
  bool refused() {
    failure_ = JsonOutcome::Refused;
    return false;
  }

  JsonSink& sink_;
  JsonOutcome failure_ = JsonOutcome::Malformed;
  int depth_ = 0;
  int passing_over_at_ = -1;
};

}  // namespace

JsonOutcome read_json(std::string_view json_text, JsonSink& sink) {
  // The parser would take a NUL for the end of the text, and so overlook what follows it.
  if (json_text.find('\0') != std::string_view::npos) return JsonOutcome::Malformed;
  SaxAdapter adapter(sink);
  const char* begin = json_text.data();
  const bool is_complete = json::sax_parse(begin, begin + json_text.size(), &adapter);
  return is_complete ? JsonOutcome::Complete : adapter.failure();
}

}  // namespace parlance
