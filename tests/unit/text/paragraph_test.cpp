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
      {"ג אב\u05be12", 30, "ג|אב\u05be12|"},
      {"ג אב\u05beגד", 30, "ג אב\u05be|גד|"},
      {"zero\u200bwidth", 25, "zero\u200b|width|"},
      {"한국어", 20, "한국|어|"},
      {"字、ab", 20, "字、|ab|"},
      {"字！（ab）", 20, "字！|（ab）|"},
      {"ab「字」", 20, "ab|「字」|"},
      {"字字%", 20, "字|字%|"},
      {"字€9", 15, "字|€9|"},
      {"字“字”字", 25, "字|“字”|字|"},
      {"字 “字” ab", 25, "字|“字”|ab|"},
      {"wait…what", 25, "wait…|what|"},
      {"♪la la", 15, "♪la|la|"},
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

TEST_CASE("paragraph: where there are no spaces, lines end between words that the engine knows") {
  // Three letters a word, says the headless engine; each is 5 wide.
  CHECK(lines("กขคงจฉชซฌ", 35) == "กขคงจฉ|ชซฌ|");
  CHECK(lines("กขค abcกขค", 30) == "กขค|abcกขค|");
  // Marks, vowels before their letter and signs below it stay where they belong.
  CHECK(lines("กิขิคิงิจิฉิ", 20) == "กิขิคิ|งิจิฉิ|");
  CHECK(lines("กขเงจฉ", 20) == "กขเง|จฉ|");
}

TEST_CASE("paragraph: widths are measured once, and those of a text at once") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  (void)lay_out("the cat and the dog and the bird.\n\nthe cat", kFace, 50,
                TextDirection::LeftToRight, cache);
  CHECK(engine.measured == 11);
  CHECK(engine.measurings == 2);  // A space is measured by itself.

  (void)lay_out("the dog and the cat and the bird.", kFace, 200, TextDirection::LeftToRight, cache);

  CHECK(engine.measured == 11);
}

TEST_CASE("paragraph: another width needs no measuring") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  const TextStyle style{.face = kFace};
  TextLayout layout =
      lay_out(parse_markup("one **two** שלוש four `five six`", Spoilers::Show), style, 60, cache);
  const int measured = engine.measured;

  break_lines(layout, style, 200, cache);

  CHECK(engine.measured == measured);
  CHECK(layout.lines.size() == 1);
  CHECK(layout.lines.front().width == 5 * (14 + 4) + 4.5f * 8);
}

TEST_CASE("paragraph: a million distinct words are not all remembered") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  for (int i = 0; i < 200'000; ++i) (void)cache.advance("w" + std::to_string(i), kFace);
  CHECK(cache.advance("w199999", kFace) == 35);
  CHECK(engine.measured == 200'000);

  for (int i = 0; i < 200'000; ++i) (void)cache.advance("w" + std::to_string(i), kFace);

  CHECK(engine.measured > 300'000);
}

namespace {

// The pieces of the first line as [x text], in the order of the text; < marks those that run to
// the left.
std::string pieces(std::string_view source, float width = 1000) {
  HeadlessText engine;
  AdvanceCache cache(engine);
  const TextLayout layout =
      lay_out(parse_markup(source, Spoilers::Show), {.face = kFace}, width, cache);
  std::string all;
  for (const TextPiece& piece : layout.pieces) {
    all += "[" + std::to_string(static_cast<int>(piece.x)) +
           (piece.direction == TextDirection::RightToLeft ? "< " : " ");
    if (piece.joins_before) all += "~";
    all += layout.text.substr(piece.begin, piece.end - piece.begin);
    if (piece.joins_after) all += "~";
    all += "]";
  }
  return all;
}

}  // namespace

TEST_CASE("paragraph: pieces in several styles stand beside each other") {
  CHECK(pieces("plain") == "");
  CHECK(pieces("a **bc** d") == "[0 a ][10 bc][20  d]");
  // Letters of one width are smaller, and so is the space between them.
  CHECK(pieces("a `b c` d") == "[0 a ][10 b c][23  d]");
  CHECK(pieces("a*b*c d") == "[0 a][5 b][10 c d]");
}

TEST_CASE("paragraph: pieces of lines with right-to-left letters stand where the engine says") {
  CHECK(pieces("אב **גד** הו") == "[25< אב ][15< גד][0<  הו]");
  CHECK(pieces("**אב**") == "[0< אב]");
}

TEST_CASE("paragraph: Arabic letters hold on to each other across styles") {
  CHECK(pieces("ب**ت**") == "[5< ب~][0< ~ت]");
  CHECK(pieces("و**ت**") == "[5< و][0< ت]");
  CHECK(pieces("بَ**ت**") == "[5< بَ~][0< ~ت]");
  CHECK(pieces("ب **ت**") == "[5< ب ][0< ت]");
}

TEST_CASE("paragraph: each line that its author wrote has a direction of its own; code has none") {
  HeadlessText engine;
  AdvanceCache cache(engine);
  const TextLayout layout =
      lay_out(parse_markup("one\nשתיים\n123\n```\nשלוש = 3\n```", Spoilers::Show),
              {.face = kFace, .base = TextDirection::RightToLeft}, 200, cache);

  REQUIRE(layout.lines.size() == 4);
  CHECK(layout.lines[0].direction == TextDirection::LeftToRight);
  CHECK(layout.lines[1].direction == TextDirection::RightToLeft);
  CHECK(layout.lines[2].direction == TextDirection::RightToLeft);
  CHECK(layout.lines[3].direction == TextDirection::LeftToRight);
}

TEST_CASE("paragraph: where somebody else breaks the lines, nothing is measured") {
  HeadlessText engine;
  AdvanceCache cache(engine);

  const TextLayout layout = lay_out(plain_document("one two three\nfour"),
                                    {.face = kFace, .breaks_lines = false}, 10, cache);

  CHECK(engine.measured == 0);
  REQUIRE(layout.lines.size() == 2);
  CHECK(layout.line_text(layout.lines[0]) == "one two three");
}
