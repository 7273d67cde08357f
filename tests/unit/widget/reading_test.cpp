#include "tests/unit/widget/fixture.h"

using namespace parlance;
using namespace parlance::test;

TEST_CASE("reading: says that it loads, then shows the comments in order") {
  HeadlessShell shell;
  CHECK(shell.says("Loading comments…"));

  answer_page(shell, conversation());

  CHECK(shell.find(Role::Heading, "3 comments") != nullptr);
  CHECK(shell.articles() == std::vector<std::string>{"Comment by Mei Tanaka",
                                                     "Comment by Rosa Quint",
                                                     "Reply by Idris Vale to Rosa Quint"});
  CHECK(shell.says("My mother takes it to the clinic."));
  CHECK(shell.find(Role::Time, "2 hours ago")->value == "1699992800");
  CHECK_FALSE(shell.says("Loading"));
}

TEST_CASE("reading: an empty thread invites to write") {
  HeadlessShell shell;

  answer_page(shell, page({}));

  CHECK(shell.says("No comments yet. Start the conversation."));
  CHECK(shell.find(Role::TextArea, "Your comment") != nullptr);
}

TEST_CASE("reading: a failure says what to do, and trying again works") {
  HeadlessShell shell;
  shell.fail(request(shell, "/comments?").id, ErrorCode::NetworkFailed);
  REQUIRE(shell.find_beginning(Role::Alert, "Comments could not be loaded.") != nullptr);
  CHECK(shell.announced().back() == "Comments could not be loaded.");

  REQUIRE(shell.click(Role::Button, "Try again"));
  answer_page(shell, conversation());

  CHECK(shell.articles().size() == 3);
}

TEST_CASE("reading: what is not a thread page is a failure, and the widget goes on") {
  for (const char* body : {"", "{", "null", "[]", "{\"thread\":5}", "<html>busy</html>"}) {
    HeadlessShell shell;
    shell.answer(request(shell, "/comments?").id, 200, body);
    CAPTURE(body);
    CHECK(shell.find(Role::Button, "Try again") != nullptr);
  }
}

TEST_CASE("reading: sorts at once when everything is there") {
  HeadlessShell shell;
  answer_page(shell, conversation());

  REQUIRE(shell.click(Role::Button, "Oldest"));

  CHECK(shell.requests().empty());
  CHECK(shell.articles().front() == "Comment by Rosa Quint");
  CHECK(shell.find(Role::Button, "Oldest")->pressed == Tristate::Yes);
  CHECK(shell.find(Role::Button, "Most voted")->pressed == Tristate::No);
}

TEST_CASE("reading: asks the backend for another order when there is more than what is loaded") {
  HeadlessShell shell;
  ThreadPage first = conversation();
  first.next_cursor = "c1";
  answer_page(shell, first);
  // The reader is near the end of a short page, so the next one is on its way.
  CHECK(request(shell, "cursor=c1").path.find("sort=votes") != std::string::npos);

  REQUIRE(shell.click(Role::Button, "Newest"));
  CHECK(shell.articles().size() == 3);  // Until the new order is here, the old one stays.
  const HttpRequest asked = request(shell, "sort=newest");
  CHECK(asked.path.find("cursor") == std::string::npos);
  shell.answer(asked.id, 200,
               wire::write_thread_page(page({comment("9", "Ana", "Newest of all")})));

  CHECK(shell.articles() == std::vector<std::string>{"Comment by Ana"});
}

TEST_CASE("reading: folds a comment with its replies and unfolds it") {
  HeadlessShell shell;
  answer_page(shell, conversation());

  REQUIRE(shell.click(Role::Button, "Hide comment by Rosa Quint"));
  CHECK(shell.articles().size() == 2);
  CHECK_FALSE(shell.says("not a luxury"));
  CHECK(shell.says("1 reply"));
  REQUIRE(shell.click(Role::Button, "Show comment by Rosa Quint"));

  CHECK(shell.says("not a luxury"));
  CHECK(shell.says("clinic"));
}

TEST_CASE("reading: a permalink leads to its comment, loading pages until it is there") {
  HeadlessShell shell;
  std::vector<Comment> many;
  for (int i = 0; i < 60; ++i)
    many.push_back(comment("a" + std::to_string(i), "Someone", std::string(800, 'x')));
  answer_page(shell, page(many, "c1"));

  shell.send(RevealComment{"sought"});
  answer_page(shell, page({comment("sought", "Ana", "Here I am.")}));

  CHECK(shell.says("Here I am."));
  CHECK(shell.scroll_top() > 1'000);
}

TEST_CASE("reading: a permalink to a comment that is gone says so") {
  HeadlessShell shell;
  answer_page(shell, conversation());

  shell.send(RevealComment{"404"});

  CHECK(shell.announced().back() == "That comment is no longer here.");
}

TEST_CASE("reading: a reader who comes back to where they were is told nothing") {
  HeadlessShell shell;
  shell.send(RevealComment{.comment_id = "gone", .is_marked = false});

  answer_page(shell, page({comment("1", "Ada", "Here.")}));

  CHECK(shell.announced().empty());
}

TEST_CASE("reading: hostile text stays text and inside its own lines") {
  HeadlessShell shell;
  answer_page(shell,
              page({comment("1", "<script>", "<img src=x onerror=alert(1)> %s%n \u202Eevil")}));

  CHECK(shell.says("<img src=x onerror=alert(1)> %s%n"));
  CHECK(shell.find(Role::Article, "Comment by <script>") != nullptr);
}

TEST_CASE("reading: the lines of a text joined are the text, line feeds included") {
  HeadlessShell shell;
  std::string text =
      "One\nTwo words that go on for longer than a line of this page can be, surely\n\nThree";
  for (int i = 0; i < 300; ++i) text += "\n\nagain\nand again";
  answer_page(shell, page({comment("1", "Ana", text)}));

  for (const SemanticNode* node : shell.all(Role::Text)) {
    std::string joined;
    for (const SemanticLine& line : node->lines) joined += line.text;
    if (!node->lines.empty()) CHECK(joined == node->text);
  }
  CHECK(shell.says("One\nTwo"));
}

TEST_CASE("reading: markup is said as spans, links with their address") {
  HeadlessShell shell;
  answer_page(shell,
              page({comment("1", "Ana", "See **this**: [the plan](https://example.org/plan)")}));

  const SemanticNode* text = shell.find(Role::Text, "See this: the plan");
  REQUIRE(text != nullptr);
  REQUIRE(text->spans.size() == 2);
  CHECK(text->text.substr(text->spans[0].begin, text->spans[0].end - text->spans[0].begin) ==
        "this");
  CHECK(text->spans[1].href == "https://example.org/plan");
}

TEST_CASE("reading: quotes and lists are said around what stands in them") {
  HeadlessShell shell;
  answer_page(shell, page({comment("1", "Ana",
                                   "Rosa says:\n\n> Twice:\n> > Once\n> - bread\n>   - rye\n\n"
                                   "and then\n\n1. salt\n2. oil")}));

  const auto around = [&](std::string_view text) {
    std::string roles;
    const SemanticNode* node = nullptr;
    for (const SemanticNode& one : shell.frame().semantics->nodes()) {
      if (one.text == text) node = &one;
    }
    REQUIRE(node != nullptr);
    while (node->role != Role::Article) {
      roles += node->role == Role::Quote  ? "quote "
               : node->role == Role::List ? "list "
               : node->role == Role::Item ? "item" + std::to_string(node->level) + " "
                                          : "text ";
      for (const SemanticNode& one : shell.frame().semantics->nodes()) {
        if (one.id != node->parent) continue;
        node = &one;
        break;
      }
    }
    return roles;
  };

  CHECK(around("Rosa says:") == "text ");
  CHECK(around("Twice:") == "text quote ");
  CHECK(around("Once") == "text quote quote ");
  CHECK(around("• bread") == "item1 list quote ");
  CHECK(around("• rye") == "item2 list quote ");
  CHECK(around("and then") == "text ");
  CHECK(around("1. salt") == "item1 list ");
  CHECK(around("2. oil") == "item1 list ");
  CHECK(shell.all(Role::Quote).size() == 2);
  CHECK(shell.all(Role::List).size() == 2);
}

TEST_CASE("reading: a text with more quotes than can be named is said all the same") {
  HeadlessShell shell;
  std::string text;
  for (int i = 0; i < 100; ++i) text += "> said\n\nanswered " + std::to_string(i) + "\n\n";
  answer_page(shell, page({comment("1", "Ana", text)}));

  CHECK(shell.says("answered 99"));
  CHECK(shell.all(Role::Quote).size() == 32);
}

TEST_CASE("reading: a spoiler is nowhere until it is asked for") {
  HeadlessShell shell;
  answer_page(shell, page({comment("1", "Ana", "It was ||the butler||.")}));
  CHECK_FALSE(shell.says("butler"));
  CHECK(shell.says("[spoiler]"));

  REQUIRE(shell.click(Role::Button, "Show spoiler by Ana"));
  CHECK(shell.says("It was the butler."));
  REQUIRE(shell.click(Role::Button, "Hide spoiler by Ana"));

  CHECK_FALSE(shell.says("butler"));
}

TEST_CASE("reading: right-to-left pages are mirrored") {
  HeadlessShell shell;
  shell.page().is_right_to_left = true;
  answer_page(shell, conversation());

  const SemanticNode* fold = shell.find(Role::Button, "Hide comment by Mei Tanaka");
  const SemanticNode* author = shell.find(Role::Heading, "Mei Tanaka");

  REQUIRE(fold != nullptr);
  REQUIRE(author != nullptr);
  CHECK(fold->rect.x < 50);
  CHECK(author->rect.x > 400);
}

TEST_CASE("reading: the widget's own English keeps its direction on a right-to-left page") {
  HeadlessShell shell;
  shell.page().is_right_to_left = true;
  answer_page(shell, conversation());

  CHECK(shell.find(Role::Heading, "3 comments")->direction == TextDirection::LeftToRight);
  CHECK(shell.find(Role::Time, "2 hours ago")->direction == TextDirection::LeftToRight);
}

TEST_CASE("reading: nothing needs a frame until something changes") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  CHECK_FALSE(shell.widget().needs_frame());

  const Pointed nothing{};
  (void)shell.widget().handle(nothing);

  CHECK_FALSE(shell.widget().needs_frame());
  CHECK(shell.frame().wake_after >= std::chrono::seconds(30));
}

TEST_CASE("reading: says the same whether it is drawn or not") {
  HeadlessShell shell;
  shell.set_drawn(false);
  const int drawn_before = shell.text().rasterised;
  answer_page(shell, conversation());
  struct Said {
    std::string name;
    float x, width, height;
    double y;
    bool operator==(const Said&) const = default;
  };
  const auto everything = [&] {
    std::vector<Said> all;
    for (const SemanticNode& node : shell.frame().semantics->nodes()) {
      const Rect& rect = node.rect;
      all.push_back({std::string(accessible_name(node)), rect.x, rect.width, rect.height, rect.y});
    }
    return all;
  };
  const std::vector<Said> undrawn = everything();
  CHECK(shell.text().rasterised == drawn_before);

  shell.set_drawn(true);
  shell.draw();

  CHECK(shell.text().rasterised > drawn_before);
  CHECK(everything() == undrawn);
}

TEST_CASE("reading: the reader chooses between the drawn and the plain view") {
  HeadlessShell shell;
  CHECK(shell.find(Role::Button, "Plain view") == nullptr);
  answer_page(shell, conversation());
  REQUIRE(shell.find(Role::Button, "Plain view") != nullptr);
  CHECK(shell.find(Role::Button, "Plain view")->pressed == Tristate::No);

  REQUIRE(shell.click(Role::Button, "Plain view"));

  CHECK(shell.storage().at("demo/view") == "plain");
  CHECK(shell.find(Role::Button, "Plain view")->pressed == Tristate::Yes);

  REQUIRE(shell.click(Role::Button, "Plain view"));

  CHECK(shell.storage().count("demo/view") == 0);
  CHECK(shell.find(Role::Button, "Plain view")->pressed == Tristate::No);
}

TEST_CASE("reading: what cannot be understood is left out and counted, its replies stay") {
  HeadlessShell shell;
  shell.answer(
      request(shell, "/comments?").id, 200,
      R"({"thread":{"key":"k","title":"","closed":false,"comments":3,"roots":2},"sort":"votes",)"
      R"("comments":[{"id":"1","author":"Ana","created":5,"text":"Here.","up":1,"down":0},)"
      R"({"id":"2","parent":"1","author":"Bo","created":5,"text":["?"],"up":1,"down":0},)"
      R"({"id":"3","parent":"2","author":"Cy","created":5,"text":"Half: \ud83d","up":1,"down":0}],)"
      R"("next":null})");

  CHECK(shell.articles() == std::vector<std::string>{"Comment by Ana", "Reply by Cy to Ana"});
  CHECK(shell.says("Half: �"));
  CHECK(shell.find(Role::Status, "1 comment could not be shown.") != nullptr);
}

TEST_CASE("reading: a pinned comment says so, and stays first in every order") {
  ThreadPage made = conversation();
  made.comments[1].is_pinned = true;
  std::swap(made.comments[0], made.comments[1]);
  HeadlessShell shell;
  answer_page(shell, made);

  CHECK(shell.articles().front() == "Pinned comment by Rosa Quint");
  CHECK(shell.find(Role::Text, "Pinned") != nullptr);

  REQUIRE(shell.click(Role::Button, "Newest"));
  CHECK(shell.articles().front() == "Pinned comment by Rosa Quint");
  REQUIRE(shell.click(Role::Button, "Hide comment by Rosa Quint"));
  CHECK(shell.find(Role::Text, "1 reply") != nullptr);
}
