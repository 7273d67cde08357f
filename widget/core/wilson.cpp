#include "widget/core/wilson.h"

#include <cmath>

namespace parlance {

// (p + z²/2n - z √(p (1 - p) / n + z²/4n²)) / (1 + z²/n) with p = up / n, all of it times n. The
// schema of the database has the same operations in the same order.
std::int64_t wilson_bound(int up, int down) {
  constexpr double kZ = 1.959963984540054;  // 2.5 % of a normal distribution lie above it.
  constexpr double kSquare = 3.8414588206941236;
  constexpr double kHalfSquare = 1.9207294103470618;
  constexpr double kQuarterSquare = 0.9603647051735309;
  if (up <= 0) return 0;
  const double for_it = up;
  const double spread = kZ * std::sqrt(for_it * down / (for_it + down) + kQuarterSquare);
  const double bound = (for_it + kHalfSquare - spread) / (for_it + down + kSquare);
  return static_cast<std::int64_t>(std::floor(1e9 * bound));
}

}  // namespace parlance
