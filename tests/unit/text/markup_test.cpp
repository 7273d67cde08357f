#include "widget/text/markup.h"

#include <doctest/doctest.h>

#include <random>

#include "widget/core/utf8.h"

using namespace parlance;

namespace {

// The text with its spans in braces: {b:strong}, {i:emphasis}, {s:strike}, {c:code}, {x:spoiler},
// {l address:link}.
std::string shown(const Document& document) {
  std::string all;
  std::size_t at = 0;
  for (const Span& span : document.spans) {
    all += document.text.substr(at, span.begin - at) + "{";
    if (span.style & kStrong) all += "b";
    if (span.style & kEmphasis) all += "i";
    if (span.style & kStrike) all += "s";
    if (span.style & kCode) all += "c";
    if (span.style & kSpoiler) all += "x";
    if (span.link != kNoLink) all += "l " + document.links[span.link];
    all += ":" + document.text.substr(span.begin, span.end - span.begin) + "}";
    at = span.end;
  }
  return all + document.text.substr(at);
}

std::string shown(std::string_view source) { return shown(parse_markup(source, Spoilers::Show)); }

}  // namespace

TEST_CASE("markup: spans") {
  const struct {
    const char* source;
    const char* shown;
  } rows[] = {
      {"plain", "plain"},
      {"**strong** and *soft*", "{b:strong} and {i:soft}"},
      {"__strong__ and _soft_", "{b:strong} and {i:soft}"},
      {"***both***", "{bi:both}"},
      {"**a *b* c**", "{b:a }{bi:b}{b: c}"},
      {"~~gone~~", "{s:gone}"},
      {"`code *is* code`", "{c:code *is* code}"},
      {"``a ` b``", "{c:a ` b}"},
      {"||the butler||", "{x:the butler}"},
      {"[Example](https://example.org/a)", "{l https://example.org/a:Example}"},
      {"see https://example.org/a_b_(c).",
       "see {l https://example.org/a_b_(c):https://example.org/a_b_(c)}."},
      {"(https://example.org/)", "({l https://example.org/:https://example.org/})"},
      {"**https://example.org/**", "{bl https://example.org/:https://example.org/}"},
      // What does not fit is text.
      {"2 * 3 * 4", "2 * 3 * 4"},
      {"a*", "a*"},
      {"*a", "*a"},
      {"**a*", "**a*"},
      {"****", "****"},
      {"snake_case_name", "snake_case_name"},
      {"~one~ |one|", "~one~ |one|"},
      {"`open", "`open"},
      {"\\*not\\* \\a", "*not* \\a"},
      {"[no](javascript:alert(1))", "[no](javascript:alert(1))"},
      {"[no](data:text/html,x)", "[no](data:text/html,x)"},
      {"[](https://example.org)", "[]({l https://example.org:https://example.org})"},
      {"<b>no</b> &amp;", "<b>no</b> &amp;"},
      {"xhttps://example.org", "xhttps://example.org"},
      {"https://", "https://"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.source);
    CHECK(shown(row.source) == row.shown);
  }
}

TEST_CASE("markup: blocks") {
  const Document document = parse_markup(
      "One\nline.\n\n> Quoted\n> > twice\n\n- first\n- second\n  - deeper\n\n1. one\n\n```\nint  "
      "x;\n\n  *y;\n```\nEnd",
      Spoilers::Show);

  REQUIRE(document.blocks.size() == 9);
  const auto text = [&](std::size_t i) {
    const Block& block = document.blocks[i];
    return document.text.substr(block.begin, block.end - block.begin);
  };
  CHECK(text(0) == "One\nline.");
  CHECK(text(1) == "Quoted");
  CHECK(document.blocks[1].quote_depth == 1);
  CHECK(text(2) == "twice");
  CHECK(document.blocks[2].quote_depth == 2);
  CHECK(text(3) == "• first");
  CHECK(document.blocks[3].marker_bytes == 4);
  CHECK(text(4) == "• second");
  CHECK(document.blocks[4].is_tight);
  CHECK(text(5) == "• deeper");
  CHECK(document.blocks[5].list_depth == 2);
  CHECK(text(6) == "1. one");
  CHECK(text(7) == "int  x;\n \n  *y;");
  CHECK(document.blocks[7].is_code);
  CHECK(document.blocks[7].list_depth == 0);
  CHECK(text(8) == "End");
}

TEST_CASE("markup: a list goes on neither into a quote nor out of it") {
  const Document document = parse_markup("> - quoted\n- own\n- next\n> said", Spoilers::Show);

  REQUIRE(document.blocks.size() == 4);
  CHECK_FALSE(document.blocks[1].is_tight);
  CHECK(document.blocks[2].is_tight);
  CHECK(document.blocks[3].list_depth == 0);
}

TEST_CASE("markup: a hidden spoiler is not in the document at all") {
  const Document document = parse_markup("It was ||**the** butler|| again", Spoilers::Hide);

  CHECK(document.has_spoiler);
  CHECK(document.text == "It was [spoiler] again");
}

TEST_CASE("markup: code that is never closed ends with the comment") {
  const Document document = parse_markup("```\na\nb", Spoilers::Show);

  REQUIRE(document.blocks.size() == 1);
  CHECK(document.blocks[0].is_code);
  CHECK(document.text == "a\nb");
}

TEST_CASE("markup: addresses") {
  CHECK(is_safe_address("https://example.org"));
  CHECK(is_safe_address("HTTP://example.org"));
  CHECK(is_safe_address("mailto:a@example.org"));
  CHECK_FALSE(is_safe_address("javascript:alert(1)"));
  CHECK_FALSE(is_safe_address("//example.org"));
  CHECK_FALSE(is_safe_address("https://exa mple.org"));
  CHECK_FALSE(is_safe_address("https://e\x01.org"));
  CHECK_FALSE(is_safe_address("https://"));
}

TEST_CASE("markup: any text gives sorted, disjoint spans and blocks in valid UTF-8") {
  std::mt19937 random(7);
  const std::string_view alphabet = "**__~~||``[]()>-1. \n\nab\\https://e.org";
  for (int round = 0; round < 20'000; ++round) {
    std::string source;
    for (auto i = random() % 60; i > 0; --i) source.push_back(alphabet[random() % alphabet.size()]);
    if (round % 5 == 0) source += static_cast<char>(random() % 256);
    CAPTURE(source);
    const Document document =
        parse_markup(source, round % 2 == 0 ? Spoilers::Show : Spoilers::Hide);
    REQUIRE(is_valid_utf8(document.text));
    std::uint32_t at = 0;
    for (const Span& span : document.spans) {
      REQUIRE(span.begin >= at);
      REQUIRE(span.end > span.begin);
      REQUIRE(span.end <= document.text.size());
      at = span.end;
    }
    at = 0;
    for (const Block& block : document.blocks) {
      REQUIRE(block.begin >= at);
      REQUIRE(block.end > block.begin);
      REQUIRE(block.end <= document.text.size());
      at = block.end;
    }
  }
}

TEST_CASE("markup: 10,000 marks take no more than a moment") {
  std::string source;
  for (int i = 0; i < 3'000; ++i) source += "*a_b~~";

  CHECK(parse_markup(source, Spoilers::Show).blocks.size() == 1);
}
