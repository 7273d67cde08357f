#include "widget/text/paragraph.h"

#include <doctest/doctest.h>

#include "shell/headless/headless_text.h"

using namespace parlance;

namespace {

// Letters are 5 wide, ideographs 10.
constexpr Face kFace{.size = 10};

std::string lines(std::string_view text, float width) {
  HeadlessText engine;
  AdvanceCache cache(engine);
  const TextLayout layout = lay_out(text, kFace, width, TextDirection::LeftToRight, cache);
  std::string all;
  for (const TextLine& line : layout.lines) all += std::string(layout.line_text(line)) + "|";
  return all;
}

}  // namespace

TEST_CASE("paragraph: breaks where browsers do") {
  const struct {
    const char* text;
    float width;
    const char* lines;
  } rows[] = {
      {"one two three", 35, "one two|three|"},
      {"one two three", 1000, "one two three|"},
      {"well-known fact", 30, "well-|known|fact|"},
      {"minus -5 is", 30, "minus|-5 is|"},
      {"a (b) c", 20, "a|(b)|c|"},
      {"中文字", 20, "中文|字|"},
      {"中文。字", 20, "中|文。|字|"},
      {"「中」文", 20, "「中」|文|"},
      {"abc中文", 25, "abc中|文|"},
      {"no\u00a0break here", 40, "no\u00a0break|here|"},
      {"one—two", 20, "one—|two|"},
      {"zero\u200bwidth", 25, "zero\u200b|width|"},
      {"한국어", 20, "한국|어|"},
      {"\u1112\u1161\u11ab\u1100\u116e\u11a8", 10, "\u1112\u1161\u11ab|\u1100\u116e\u11a8|"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(lines(row.text, row.width) == row.lines);
  }
}

TEST_CASE("paragraph: a soft hyphen shows where a line ends at it, and has room there") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  const auto first = [&](float width) {
    return lay_out("over\u00adcoat", kFace, width, TextDirection::LeftToRight, cache).lines.front();
  };

  CHECK_FALSE(first(100).ends_with_hyphen);
  CHECK(first(32).ends_with_hyphen);
  CHECK(first(32).width == 30);
}

TEST_CASE("paragraph: a token wider than the line is cut between letters") {
  CHECK(lines("aaaaaaaaaa", 20) == "aaaa|aaaa|aa|");
  CHECK(lines("x aaaaaa", 20) == "x|aaaa|aa|");
}

TEST_CASE("paragraph: a cut never parts a letter from its marks or an emoji from its parts") {
  CHECK(lines("e\u0301e\u0301e\u0301", 10) == "e\u0301e\u0301|e\u0301|");
  CHECK(lines("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 30) ==
        "👩‍👩‍👧‍👦|👩‍👩‍👧‍👦|");
  CHECK(lines("🇩🇪🇫🇷", 10) == "🇩🇪|🇫🇷|");
}

TEST_CASE("paragraph: line feeds break, blank lines part paragraphs, white space folds") {
  HeadlessText engine;
  AdvanceCache cache(engine);

  const TextLayout layout =
      lay_out("  a  b \n c \n\n\n\n d ", kFace, 100, TextDirection::LeftToRight, cache);

  CHECK(layout.text == "a b\nc\n\nd");
  REQUIRE(layout.paragraphs.size() == 2);
  CHECK(layout.lines.size() == 3);
  CHECK(layout.paragraphs[1].first_line == 2);
}

TEST_CASE("paragraph: has the direction of its first strong letter") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  const auto direction = [&](const char* text) {
    return lay_out(text, kFace, 100, TextDirection::LeftToRight, cache)
        .paragraphs.front()
        .direction;
  };

  CHECK(direction("مرحبا hello") == TextDirection::RightToLeft);
  CHECK(direction("123 (שלום)") == TextDirection::RightToLeft);
  CHECK(direction("hello مرحبا") == TextDirection::LeftToRight);
  CHECK(direction("123 … 😀") == TextDirection::LeftToRight);
}

TEST_CASE("paragraph: combining marks on one letter are capped") {
  std::string hostile = "a";
  for (int i = 0; i < 500; ++i) hostile += "\u0301";

  CHECK(normalised_text(hostile).size() == 1 + 2 * kMaxMarks);
}

TEST_CASE("paragraph: ill-formed bytes and control characters show as replacement characters") {
  CHECK(normalised_text("a\xff"
                        "b") == "a\uFFFDb");
  CHECK(normalised_text(std::string_view("a\0b", 3)) == "a\uFFFDb");
}

TEST_CASE("paragraph: lines cover the whole text in order") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  const TextLayout layout = lay_out("One two—three 中文 four.\nfive-six seven", kFace, 30,
                                    TextDirection::LeftToRight, cache);

  std::uint32_t at = 0;
  for (const TextLine& line : layout.lines) {
    CHECK(line.begin == at);
    CHECK(line.end <= line.next);
    at = std::min<std::uint32_t>(line.next + (layout.text[line.next] == '\n'),
                                 static_cast<std::uint32_t>(layout.text.size()));
  }
  CHECK(at == layout.text.size());
}

TEST_CASE("paragraph: widths are measured once") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  (void)lay_out("the cat and the dog and the bird", kFace, 50, TextDirection::LeftToRight, cache);
  const int measured = engine.measured;

  (void)lay_out("the dog and the cat", kFace, 200, TextDirection::LeftToRight, cache);

  CHECK(measured == 6);
  CHECK(engine.measured == measured);
}
