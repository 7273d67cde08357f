// The body of a request to the moderators' side of the API: an object of named fields. What a
// reader sends is read by widget/backends instead, which the widget shares.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "web/server/rest/http.h"
#include "widget/core/result.h"

namespace parlance {

class JsonBody {
 public:
  // Fails with InvalidField when the request is not JSON by its type, and with MalformedJson when
  // it is not by its content, or no object.
  static Result<JsonBody> read(const HttpRequest& request);

  bool has(const char* name) const { return find(name) != nullptr; }

  // Fail with MissingField or InvalidField. Texts have no control characters but line breaks.
  Result<std::string> text(const char* name, std::size_t most_bytes) const;
  Result<std::int64_t> integer(const char* name, std::int64_t least, std::int64_t most) const;
  Result<bool> flag(const char* name) const;
  Result<std::vector<std::string>> texts(const char* name, std::size_t most,
                                         std::size_t most_bytes) const;

  // The same where the field may be left out.
  Result<std::string> text_or(const char* name, std::size_t most_bytes, std::string other) const;
  Result<std::int64_t> integer_or(const char* name, std::int64_t least, std::int64_t most,
                                  std::int64_t other) const;

 private:
  explicit JsonBody(nlohmann::json object) : object_(std::move(object)) {}
  const nlohmann::json* find(const char* name) const;

  nlohmann::json object_;
};

}  // namespace parlance
