#include "web/server/rest/json_body.h"

namespace parlance {
namespace {

Error missing(const char* name) {
  return {ErrorCode::MissingField, std::string(name) + ": is missing", name};
}

Error unusable(const char* name) {
  return {ErrorCode::InvalidField, std::string(name) + ": not a usable value", name};
}

// The parser has seen to it that it is UTF-8.
bool is_usable(const std::string& text, std::size_t most_bytes) {
  if (text.size() > most_bytes) return false;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F) return false;
  }
  return true;
}

}  // namespace

Result<JsonBody> JsonBody::read(const HttpRequest& request) {
  const std::string_view type = request.content_type;
  if (type != "application/json" && !type.starts_with("application/json;")) {
    return Error{ErrorCode::InvalidField, "content-type: must be application/json", "content-type"};
  }
  nlohmann::json object = nlohmann::json::parse(request.body, nullptr, false);
  if (!object.is_object()) return Error{ErrorCode::MalformedJson, "the body is no object", ""};
  return JsonBody(std::move(object));
}

const nlohmann::json* JsonBody::find(const char* name) const {
  const auto found = object_.find(name);
  return found == object_.end() ? nullptr : &*found;
}

Result<std::string> JsonBody::text(const char* name, std::size_t most_bytes) const {
  const nlohmann::json* value = find(name);
  if (value == nullptr) return missing(name);
  const auto* text = value->get_ptr<const std::string*>();
  if (text == nullptr || !is_usable(*text, most_bytes)) return unusable(name);
  return *text;
}

Result<std::int64_t> JsonBody::integer(const char* name, std::int64_t least,
                                       std::int64_t most) const {
  const nlohmann::json* value = find(name);
  if (value == nullptr) return missing(name);
  if (!value->is_number_integer()) return unusable(name);
  // A number beyond 63 bits would come out as a negative one.
  if (value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX) return unusable(name);
  const auto number = value->get<std::int64_t>();
  if (number < least || number > most) return unusable(name);
  return number;
}

Result<bool> JsonBody::flag(const char* name) const {
  const nlohmann::json* value = find(name);
  if (value == nullptr) return missing(name);
  if (!value->is_boolean()) return unusable(name);
  return value->get<bool>();
}

Result<std::vector<std::string>> JsonBody::texts(const char* name, std::size_t most,
                                                 std::size_t most_bytes) const {
  const nlohmann::json* value = find(name);
  if (value == nullptr) return missing(name);
  if (!value->is_array() || value->size() > most) return unusable(name);
  std::vector<std::string> texts;
  for (const nlohmann::json& item : *value) {
    const auto* text = item.get_ptr<const std::string*>();
    if (text == nullptr || !is_usable(*text, most_bytes)) return unusable(name);
    texts.push_back(*text);
  }
  return texts;
}

Result<std::string> JsonBody::text_or(const char* name, std::size_t most_bytes,
                                      std::string other) const {
  if (!has(name)) return other;
  return text(name, most_bytes);
}

Result<std::int64_t> JsonBody::integer_or(const char* name, std::int64_t least, std::int64_t most,
                                          std::int64_t other) const {
  if (!has(name)) return other;
  return integer(name, least, most);
}

}  // namespace parlance
