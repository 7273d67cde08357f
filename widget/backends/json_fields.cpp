#include "widget/backends/json_fields.h"

#include "widget/backends/json_reader.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

class FieldsSink final : public JsonSink {
 public:
  FieldsSink(std::string_view wrapper, std::span<JsonField> fields)
      : wrapper_(wrapper), fields_(fields), fields_depth_(wrapper.empty() ? 1 : 2) {}

  const JsonField* refused_field() const { return current_; }

  Step on_key(std::string_view name) override {
    if (depth_ < fields_depth_) {
      if (name != wrapper_) return Step::PassOver;
      // The wrapper may come twice, and then only its last value counts.
      for (JsonField& field : fields_) forget(field);
      return Step::Take;
    }
    for (JsonField& field : fields_) {
      if (field.name != name) continue;
      current_ = &field;
      return Step::Take;
    }
    return Step::PassOver;
  }

  bool on_scalar(const JsonScalar& value) override {
    if (current_ == nullptr) return false;
    if (current_->text != nullptr) {
      if (value.kind != JsonScalar::Kind::String) return false;
      if (value.text.size() > current_->max_bytes) return false;
      *current_->text = value.text;
    } else {
      if (value.kind != JsonScalar::Kind::Integer) return false;
      *current_->integer = value.integer;
    }
    current_->is_there = true;
    current_ = nullptr;
    return true;
  }

  bool on_object() override { return current_ == nullptr && ++depth_ <= fields_depth_; }
  bool on_object_end() override {
    --depth_;
    return true;
  }
  bool on_array() override { return false; }
  bool on_array_end() override { return false; }

 private:
  static void forget(JsonField& field) {
    field.is_there = false;
    if (field.text != nullptr) field.text->clear();
    if (field.integer != nullptr) *field.integer = 0;
  }

  std::string_view wrapper_;
  std::span<JsonField> fields_;
  int fields_depth_;
  int depth_ = 0;
  JsonField* current_ = nullptr;
};

Error field_error(ErrorCode code, std::string_view field) {
  return {code, std::string(field) + ": " + std::string(wire_name(code)), std::string(field)};
}

}  // namespace

Status read_json_fields(std::string_view json, std::string_view wrapper,
                        std::span<JsonField> fields) {
  if (!is_valid_utf8(json)) return Error{ErrorCode::InvalidUtf8, "the text is not UTF-8", ""};

  FieldsSink sink(wrapper, fields);
  switch (read_json(json, sink)) {
    case JsonOutcome::Malformed:
      return Error{ErrorCode::MalformedJson, "the text is not JSON", ""};
    case JsonOutcome::Refused: {
      const JsonField* field = sink.refused_field();
      return field_error(ErrorCode::InvalidField, field == nullptr ? wrapper : field->name);
    }
    case JsonOutcome::Complete:
      break;
  }
  for (const JsonField& field : fields) {
    if (!field.is_there && !field.is_optional)
      return field_error(ErrorCode::MissingField, field.name);
  }
  return {};
}

}  // namespace parlance
