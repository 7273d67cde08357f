// Errors as values, with std::expected's names (the standard one needs C++23).
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>

#include "widget/core/error_code.h"

namespace parlance {

// What went wrong. `text` is for logs and never shown to a reader; `field` names the offending
// field of a request where there is one; `detail` is what some codes bring along (openapi.yaml).
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string text;
  std::string field;
  std::string detail = {};
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : error_(std::move(error)) {}

  bool has_value() const { return value_.has_value(); }
  explicit operator bool() const { return has_value(); }

  // REQUIRES: has_value(). A result that is about to go gives its value away by value: a reference
  // into it would dangle where a range-for goes over a temporary.
  T& value() & {
    assert(has_value());
    return *value_;
  }
  const T& value() const& {
    assert(has_value());
    return *value_;
  }
  T value() && {
    assert(has_value());
    return std::move(*value_);
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // REQUIRES: !has_value().
  const Error& error() const& {
    assert(!has_value());
    return error_;
  }
  Error error() && {
    assert(!has_value());
    return std::move(error_);
  }

 private:
  std::optional<T> value_;
  Error error_;
};

// A Result without a value: success, or an error.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }

  // REQUIRES: !has_value().
  const Error& error() const& {
    assert(error_.has_value());
    return *error_;
  }
  Error error() && {
    assert(error_.has_value());
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace parlance
