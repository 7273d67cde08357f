#include "widget/text/line_sums.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "shell/headless/headless_text.h"
#include "widget/core/utf8.h"
#include "widget/text/paragraph.h"

using namespace parlance;

namespace {

constexpr Face kFace{.size = 16};

// Kerns, and draws "ffi" as one glyph when it is told to.
class KerningText : public TextEngine {
 public:
  explicit KerningText(bool has_ligature) : has_ligature_(has_ligature) {}

  void measure_runs(std::string_view runs, const Face& face, std::span<float> widths) override {
    letters_.measure_runs(runs, face, widths);
    for (float& width : widths) {
      const std::string_view run = runs.substr(0, runs.find('\n'));
      for (std::size_t i = 1; i < run.size(); ++i) {
        if (run[i - 1] == 'a' && run[i] == 'v') width -= 1.5f;
        if (run[i - 1] == 'y' && run[i] == ' ') width -= 0.75f;
        if (run[i - 1] == ' ' && run[i] == 'w') width -= 0.5f;
        if (has_ligature_ && run.substr(i - 1).starts_with("ffi")) width -= 3;
      }
      runs.remove_prefix(std::min(run.size() + 1, runs.size()));
    }
  }

  FaceMetrics metrics(const Face& face) override { return letters_.metrics(face); }
  void place(std::string_view line, TextDirection direction, std::span<const LinePart> parts,
             std::span<LinePlace> places) override {
    letters_.place(line, direction, parts, places);
  }
  bool find_words(std::string_view text, std::span<std::uint8_t> starts) override {
    return letters_.find_words(text, starts);
  }

  int measured() const { return letters_.measured; }
  int measurings() const { return letters_.measurings; }

 private:
  HeadlessText letters_;
  bool has_ligature_;
};

// Words that are all different and take a few letters: "wavy", "wavyb", "bavy", …
std::string words(int first, int count) {
  std::string text;
  for (int number = first; number < first + count; ++number) {
    if (!text.empty()) text.push_back(' ');
    for (int left = number + 1; left > 0; left /= 7) text.push_back("wavybcd"[left % 7]);
  }
  return text;
}

TextLayout laid_out(const std::string& text, AdvanceCache& cache) {
  return lay_out(text, kFace, 1e6f, TextDirection::LeftToRight, cache);
}

// Every pair of the letters of words().
void learn(AdvanceCache& cache) {
  constexpr std::string_view kLetters = "wavybcd";
  for (int round = 0; round < 5; ++round) laid_out(words(round * 50, 50), cache);
  std::string text;
  for (const char letter : kLetters) {
    for (const char next : kLetters) text += {'e', letter, next, ' '};
  }
  laid_out(text, cache);
}

float measured_alone(const std::string& text, TextEngine& engine) {
  AdvanceCache cache(engine);
  return laid_out(text, cache).lines.front().width;
}

}  // namespace

TEST_CASE("line sums: words never seen cost one measurement a line once their letters are known") {
  KerningText engine(false);
  AdvanceCache cache(engine);
  learn(cache);
  const std::string text = words(1'000, 50);

  const int before = engine.measured();
  const TextLayout layout = laid_out(text, cache);

  CHECK(engine.measured() - before == 1);
  CHECK(layout.lines.front().width == doctest::Approx(measured_alone(text, engine)));
}

TEST_CASE("line sums: each word is as wide as when it is measured itself") {
  KerningText engine(true);
  AdvanceCache cache(engine);
  learn(cache);
  const std::string texts[] = {
      words(2'000, 40), words(3'000, 20) + " wavy-bad day. Away, (cab)",
      words(4'000, 30) + " baffled offices " + words(5'000, 8),
      words(6'000, 9) + " \u05d0\u05d1 \u4e2d\u6587 caf\u00e9 " + words(7'000, 9)};

  for (const std::string& text : texts) {
    const TextLayout layout = laid_out(text, cache);
    AdvanceCache other(engine);
    const TextLayout expected = laid_out(text, other);
    REQUIRE(layout.runs.size() == expected.runs.size());
    for (std::size_t i = 0; i < layout.runs.size(); ++i) {
      CAPTURE(text.substr(layout.runs[i].begin, layout.runs[i].end - layout.runs[i].begin));
      CHECK(layout.runs[i].advance == doctest::Approx(expected.runs[i].advance));
    }
  }
}

TEST_CASE("line sums: a font whose sums are wrong is measured word by word") {
  KerningText engine(true);
  AdvanceCache cache(engine);
  const auto offices = [](int round) { return "office " + words(round * 50, 50); };
  for (int round = 0; round < 20; ++round) laid_out(offices(round), cache);
  const std::string text = offices(30);

  const int before = engine.measurings();
  const TextLayout layout = laid_out(text, cache);

  CHECK(engine.measurings() - before == 1);
  CHECK(layout.lines.front().width == doctest::Approx(measured_alone(text, engine)));
}

TEST_CASE("line sums: a hundred thousand different pairs are not all learned") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  learn(cache);
  std::string text;
  for (char32_t letter = 0x100; letter < 0x180; ++letter) {
    for (char32_t next = 0x100; next < 0x180; ++next) {
      append_utf8(text, letter);
      append_utf8(text, next);
      text.push_back(' ');
    }
  }
  text.pop_back();

  const int before = engine.measured;
  const TextLayout layout = laid_out(text, cache);

  CHECK(engine.measured - before < 128 * 128 + 5'000);
  CHECK(layout.lines.front().width == 16'384 * 24 - 8);
}
