#include "widget/core/result.h"

#include <doctest/doctest.h>

#include <type_traits>
#include <vector>

using namespace parlance;

namespace {

// Says how many of its kind are left.
struct Counted {
  static inline int alive = 0;
  Counted() { ++alive; }
  Counted(const Counted&) { ++alive; }
  Counted(Counted&&) noexcept { ++alive; }
  Counted& operator=(const Counted&) = default;
  Counted& operator=(Counted&&) = default;
  ~Counted() { --alive; }
};

Result<std::vector<Counted>> three() { return std::vector<Counted>(3); }

}  // namespace

TEST_CASE("result: a range-for over what a call returns goes over living values") {
  for (const Counted& one : three().value()) {
    (void)one;
    CHECK(Counted::alive == 3);
  }
  for (const Counted& one : *three()) {
    (void)one;
    CHECK(Counted::alive == 3);
  }
  CHECK(Counted::alive == 0);
}

TEST_CASE("result: an error outlives the result it came from") {
  const Error& error = Result<int>(Error{ErrorCode::NotFound, "gone", "id"}).error();
  const Error& status = Status(Error{ErrorCode::Internal, "broken", {}}).error();

  CHECK(error.text == "gone");
  CHECK(status.text == "broken");
}
