#include "widget/text/advance_cache.h"

#include <doctest/doctest.h>

#include <string>

#include "shell/headless/headless_text.h"

using namespace parlance;

namespace {

constexpr Face kFace{.size = 16};

// How often the engine is asked while `ask` runs.
template <typename Ask>
int measured(HeadlessText& engine, Ask ask) {
  const int before = engine.measured;
  ask();
  return engine.measured - before;
}

}  // namespace

TEST_CASE("advance cache: asks the engine once for a run of a face") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  const float width = cache.advance("harbour", kFace);

  CHECK(measured(engine, [&] { CHECK(cache.advance("harbour", kFace) == width); }) == 0);
  CHECK(measured(engine, [&] { cache.advance("harbour", {.size = 17}); }) == 1);
}

TEST_CASE("advance cache: lets go of what it knows before a hundred thousand runs fill it") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  int most_known = 0;
  for (int run = 0; run < 100'000; ++run) {
    cache.advance("run" + std::to_string(run), kFace);
    // Whoever knows an old one still knows all between.
    const int old = run - 60'000;
    if (old >= 0 && old % 5'000 == 0) {
      most_known +=
          measured(engine, [&] { cache.advance("run" + std::to_string(old), kFace); }) == 0;
    }
  }

  CHECK(most_known == 0);
}

TEST_CASE("advance cache: lets go of the sizes that a page's letters once had") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  // Letters may grow with the window, and each width of it gives them another size.
  for (int step = 0; step < 1'000; ++step) {
    cache.advance("harbour", {.size = 12 + static_cast<float>(step) / 100});
  }

  CHECK(measured(engine, [&] { cache.advance("harbour", {.size = 12}); }) == 1);
}
