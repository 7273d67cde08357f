#include "widget/core/error_code.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace parlance;

namespace {

constexpr auto kLast = ErrorCode::StorageFailed;

}  // namespace

TEST_CASE("error code: every code has a name of its own, and the name leads back to it") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(kLast); ++i) {
    const auto code = static_cast<ErrorCode>(i);

    const std::string_view name = wire_name(code);

    CHECK(names.insert(name).second);
    CHECK(error_code_from_wire(name) == code);
  }
}

TEST_CASE("error code: what is no name is nothing") {
  for (const char* name : {"", "Internal", "text_too_long ", "text too long", "0"}) {
    CAPTURE(name);
    CHECK_FALSE(error_code_from_wire(name).has_value());
  }
}

TEST_CASE("error code: only what may pass by itself is worth retrying") {
  CHECK(is_worth_retrying(ErrorCode::NetworkFailed));
  CHECK(is_worth_retrying(ErrorCode::RateLimited));
  CHECK(is_worth_retrying(ErrorCode::Unavailable));
  CHECK_FALSE(is_worth_retrying(ErrorCode::TextTooLong));
  CHECK_FALSE(is_worth_retrying(ErrorCode::ThreadClosed));
  CHECK_FALSE(is_worth_retrying(ErrorCode::TokenInvalid));
}
