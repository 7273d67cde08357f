#include <doctest/doctest.h>

#include <random>

#include "shell/headless/headless_text.h"
#include "widget/core/utf8.h"
#include "widget/text/paragraph.h"
#include "widget/text/runs.h"

using namespace parlance;

namespace {

constexpr Face kFace{.size = 10};

// Letters that are known for trouble: marks, joiners, overrides, flags, keycaps, ideographs,
// dashes, spaces.
constexpr char32_t kTrouble[] = {'a',    '-',     '?',     '(',     ')',     ' ',    '\n',   '\t',
                                 0xA0,   0xAD,    0x301,   0x5D0,   0x627,   0x200B, 0x200D, 0x200F,
                                 0x202E, 0x2014,  0x2060,  0x20E3,  0x3001,  0x4E2D, 0xFE0F, 0xFFFD,
                                 0xAC00, 0x1F1E9, 0x1F3FB, 0x1F468, 0x20000, 0xE0067};

std::string random_text(std::mt19937& random, bool is_valid) {
  std::string text;
  const auto length = random() % 120;
  for (unsigned i = 0; i < length; ++i) {
    if (!is_valid && random() % 4 == 0) {
      text.push_back(static_cast<char>(random() % 256));
      continue;
    }
    append_utf8(text, kTrouble[random() % std::size(kTrouble)]);
  }
  return text;
}

void check_layout(const TextLayout& layout, float width, AdvanceCache& cache) {
  std::uint32_t at = 0;
  for (const TextLine& line : layout.lines) {
    REQUIRE(line.begin >= at);
    REQUIRE(line.end <= line.next);
    REQUIRE(line.next <= layout.text.size());
    at = line.begin;
    const bool is_one_cluster =
        line.end > line.begin && cluster_end(layout.text, line.begin) >= line.end;
    const std::string_view drawn = layout.line_text(line);
    if (!is_one_cluster) CHECK(cache.advance(drawn, kFace) <= width + 0.5f);
    CHECK(drawn.find('\n') == std::string_view::npos);
  }
}

}  // namespace

TEST_CASE("hostile text: any bytes at any width give lines that fit and follow each other") {
  std::mt19937 random(20'251);
  HeadlessText engine;
  AdvanceCache cache(engine);
  for (int round = 0; round < 4'000; ++round) {
    const std::string text = random_text(random, round % 2 == 0);
    const float width = 5.0f + static_cast<float>(random() % 200);
    CAPTURE(text);
    CAPTURE(width);
    const TextLayout layout = lay_out(text, kFace, width, TextDirection::LeftToRight, cache);
    REQUIRE(is_valid_utf8(layout.text));
    check_layout(layout, width, cache);
  }
}

TEST_CASE("hostile text: one token of 10,000 letters is cut with few measurements") {
  HeadlessText engine;
  AdvanceCache cache(engine);

  const TextLayout layout =
      lay_out(std::string(10'000, 'w'), kFace, 400, TextDirection::LeftToRight, cache);

  CHECK(layout.lines.size() == 125);
  CHECK(engine.measured < 2'000);
}
