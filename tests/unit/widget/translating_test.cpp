#include "tests/unit/widget/fixture.h"
#include "widget/text/markup.h"

using namespace parlance;
using namespace parlance::test;

namespace {

// As the browser shell tells a translation without markup.
void translate(HeadlessShell& shell, std::string_view original, std::string_view translation) {
  std::string pieces =
      "\x1E"
      "0"
      "\x1F";
  pieces += translation;
  shell.send(Translated{.original = original, .pieces = pieces});
}

ThreadPage long_thread() {
  std::vector<Comment> comments;
  for (int i = 0; i < 40; ++i) {
    comments.push_back(
        comment(std::to_string(i + 1), "Rosa Quint",
                "The ferry was late again, for the " + std::to_string(i) + "th time."));
    comments.back().up = 100 - i;
  }
  return page(std::move(comments));
}

const SemanticNode* text_of(const HeadlessShell& shell, std::string_view text) {
  for (const SemanticNode* node : shell.all(Role::Text)) {
    if (node->text == text) return node;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("translating: shows a translator's words in the place of a comment's") {
  HeadlessShell shell;
  answer_page(shell, conversation());

  translate(shell, "Who pays for it?", "Wer bezahlt das?");

  CHECK(shell.says("Wer bezahlt das?"));
  CHECK_FALSE(shell.says("Who pays for it?"));
  CHECK(shell.says("My mother takes it to the clinic."));
}

TEST_CASE("translating: goes on with a translation after scrolling away and back, and sorting") {
  HeadlessShell shell;
  answer_page(shell, long_thread());
  translate(shell, "The ferry was late again, for the 0th time.", "Schon wieder zu spät.");
  const std::string_view translated = "Schon wieder zu spät.";
  REQUIRE(shell.says(translated));

  shell.scroll_to(3'000);
  REQUIRE_FALSE(shell.says(translated));
  shell.scroll_to(0);
  CHECK(shell.says(translated));

  REQUIRE(shell.click(Role::Button, "Oldest"));
  REQUIRE(shell.click(Role::Button, "Most voted"));
  CHECK(shell.says(translated));
}

TEST_CASE("translating: gives longer words the room that they need, and moves nobody who reads") {
  HeadlessShell shell;
  answer_page(shell, long_thread());
  shell.scroll_to(600);
  const SemanticNode* const before = text_of(shell, "The ferry was late again, for the 12th time.");
  REQUIRE(before != nullptr);
  REQUIRE(before->lines.front().rect.y > 0);
  const NodeId article = before->parent;
  const auto offset = [&] {
    for (const SemanticNode* node : shell.all(Role::Article))
      if (node->id == article) return node->rect.y - shell.scroll_top();
    return -1.0;
  };
  const double height = shell.frame().content_height;
  const double old_offset = offset();
  const double old_top = shell.scroll_top();

  std::string longer;
  for (int i = 0; i < 40; ++i) longer += "immer und immer wieder ";
  longer += "Ende";
  for (int i = 0; i < 4; ++i)
    translate(shell, "The ferry was late again, for the " + std::to_string(i) + "th time.", longer);

  CHECK(shell.frame().content_height > height);
  CHECK(std::abs(offset() - old_offset) < 1);
  CHECK(shell.scroll_top() > old_top);
}

TEST_CASE("translating: labels are what a translator says, wherever they are") {
  HeadlessShell shell;
  answer_page(shell, conversation());

  translate(shell, "Reply", "Antworten");
  translate(shell, "3 comments", "3 Kommentare");

  int replies = 0;
  for (const SemanticNode* button : shell.all(Role::Button)) replies += button->text == "Antworten";
  CHECK(replies == 3);
  CHECK(shell.find(Role::Heading, "3 Kommentare") != nullptr);
  CHECK_FALSE(shell.says("Reply"));
}

TEST_CASE("translating: keeps styles and links, and leads nowhere else") {
  HeadlessShell shell;
  answer_page(
      shell,
      page({comment("1", "Rosa Quint", "See **the [plan](https://example.org/plan)** now")}));

  shell.send(Translated{.original = "See the plan now",
                        .pieces = "\x1E"
                                  "0\x1F"
                                  "Siehe jetzt "
                                  "\x1E"
                                  "1\x1F"
                                  "den "
                                  "\x1E"
                                  "1https://example.org/plan\x1F"
                                  "Plan"
                                  "\x1E"
                                  "0https://elsewhere.example/\x1F"
                                  "!"});

  const SemanticNode* const text = text_of(shell, "Siehe jetzt den Plan!");
  REQUIRE(text != nullptr);
  REQUIRE(text->spans.size() >= 2);
  CHECK(text->spans[0].style == kStrong);
  CHECK(text->spans[1].style == kStrong);
  CHECK(text->spans[1].href == "https://example.org/plan");
  for (const SemanticSpan& span : text->spans)
    CHECK(span.href.find("elsewhere") == std::string::npos);
}

TEST_CASE("translating: a list item keeps its bullet") {
  HeadlessShell shell;
  answer_page(shell, page({comment("1", "Rosa Quint", "- one\n- two")}));
  REQUIRE(shell.says("• one"));

  translate(shell, "• one", "eins");
  translate(shell, "• two", "• zwei");

  CHECK(shell.says("• eins"));
  CHECK(shell.says("• zwei"));
  CHECK_FALSE(shell.says("• • zwei"));
}

TEST_CASE("translating: leaves names and code as they are") {
  HeadlessShell shell;
  answer_page(shell, page({comment("1", "Reply", "```\nReply\n```")}));

  translate(shell, "Reply", "Antworten");

  CHECK(shell.find(Role::Heading, "Reply") != nullptr);
  CHECK(shell.says("Reply"));
}

TEST_CASE("translating: a text that is its original again ends every translation") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  translate(shell, "Who pays for it?", "Wer bezahlt das?");
  translate(shell, "Reply", "Antworten");
  translate(shell, "Wer bezahlt das?", "Wer zahlt dafür?");
  REQUIRE(shell.says("Wer zahlt dafür?"));

  translate(shell, "Wer zahlt dafür?", "Who pays for it?");

  CHECK(shell.says("Who pays for it?"));
  CHECK(shell.find_beginning(Role::Button, "Reply") != nullptr);
}

TEST_CASE("translating: a translator that is never content is left alone at last") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  std::string last = "Who pays for it?";
  for (int i = 0; i < 100; ++i) {
    std::string next = "Wer bezahlt das? " + std::to_string(i);
    translate(shell, last, next);
    last = std::move(next);
  }
  CHECK_FALSE(shell.says("Who pays for it?"));
  CHECK_FALSE(shell.says("Wer bezahlt das? 99"));
}

TEST_CASE("translating: takes any bytes, and no more than it can hold") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  for (const std::string_view pieces : {"", "\x1E", "\x1F", "\x1E\x1F",
                                        "\x1E"
                                        "0",
                                        "\x1E"
                                        "0\x1F",
                                        "no marks at all", "\x1E\x1E\x1F\x1F",
                                        "\x1E"
                                        "~\x1F\x01\xFF\xC0"}) {
    shell.send(Translated{.original = "Who pays for it?", .pieces = pieces});
  }
  const std::string huge(1 << 20, 'x');
  for (int i = 0; i < 40; ++i)
    translate(shell, "text " + std::to_string(i), huge + std::to_string(i));
  for (int i = 0; i < 20'000; ++i) translate(shell, "more " + std::to_string(i), "mehr");
  CHECK(shell.articles().size() == 3);
}
