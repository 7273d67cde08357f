#include "widget/core/wilson.h"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

using namespace parlance;

namespace {

double bound(int up, int down) { return static_cast<double>(wilson_bound(up, down)) / 1e9; }

}  // namespace

// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
// Medicine 17 (1998), 857, table I, the score method without continuity correction.
TEST_CASE("wilson: agrees with published values") {
  struct Row {
    int up, of;
    double lower;
  };
  for (const Row& row : {Row{81, 263, 0.2553}, {15, 148, 0.0624}, {0, 20, 0.0}, {1, 29, 0.0061}}) {
    CAPTURE(row.up);
    CHECK(std::abs(bound(row.up, row.of - row.up) - row.lower) < 0.00005);
  }
}

TEST_CASE("wilson: what nobody is against is n / (n + z²)") {
  for (const int votes : {1, 2, 10, 1'000, 1'000'000}) {
    CAPTURE(votes);
    CHECK(std::abs(bound(votes, 0) - votes / (votes + 3.8414588206941236)) < 2e-9);
  }
}

TEST_CASE("wilson: more votes of the same kind make it surer, a vote against it less sure") {
  CHECK(wilson_bound(0, 0) == 0);
  CHECK(wilson_bound(0, 1'000'000'000) == 0);
  CHECK(wilson_bound(100, 10) > wilson_bound(10, 1));
  CHECK(wilson_bound(10, 0) > wilson_bound(10, 1));
  CHECK(wilson_bound(1'000'000'000, 1'000'000'000) < 500'000'000);
  CHECK(wilson_bound(1'000'000'000, 0) < 1'000'000'000);
}
