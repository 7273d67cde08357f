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

TEST_CASE("advance cache: knows no more than its share of a hundred thousand runs") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  const auto ask_all = [&] {
    for (int run = 0; run < 100'000; ++run) cache.advance("run" + std::to_string(run), kFace);
  };
  CHECK(measured(engine, ask_all) == 100'000);

  CHECK(measured(engine, ask_all) >= 100'000 - (1 << 16));
}
