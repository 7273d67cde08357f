#include "widget/core/relative_time.h"

#include <doctest/doctest.h>

using namespace parlance;

TEST_CASE("relative time: the largest unit that fits, rounded down") {
  const struct {
    UnixSeconds age;
    const char* words;
  } rows[] = {{-5, "just now"},
              {0, "just now"},
              {59, "just now"},
              {60, "1 minute ago"},
              {119, "1 minute ago"},
              {3'599, "59 minutes ago"},
              {3'600, "1 hour ago"},
              {86'399, "23 hours ago"},
              {86'400, "1 day ago"},
              {604'800, "1 week ago"},
              {2'629'746, "1 month ago"},
              {31'556'952, "1 year ago"},
              {5 * 31'556'952LL, "5 years ago"}};
  for (const auto& row : rows)
    CHECK(format_age(1'000'000'000 - row.age, 1'000'000'000) == row.words);
}
