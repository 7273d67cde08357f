#include <algorithm>
#include <chrono>
#include <cmath>

#include "tests/unit/widget/fixture.h"

using namespace parlance;
using namespace parlance::test;

namespace {

ThreadPage long_thread(int count) {
  std::vector<Comment> comments;
  for (int i = 0; i < count; ++i) {
    std::string text;
    for (int word = 0; word < 5 + i * 7 % 60; ++word) text += "wordsandwords ";
    comments.push_back(comment(std::to_string(i), "Author " + std::to_string(i), text));
  }
  return page(std::move(comments));
}

const SemanticNode* first_visible(const HeadlessShell& shell) {
  for (const SemanticNode* article : shell.all(Role::Article)) {
    if (article->rect.y + article->rect.height > shell.scroll_top()) return article;
  }
  return nullptr;
}

const SemanticNode& article_named(const HeadlessShell& shell, NodeId id) {
  const auto articles = shell.all(Role::Article);
  const auto found = std::find_if(articles.begin(), articles.end(),
                                  [&](const SemanticNode* article) { return article->id == id; });
  REQUIRE(found != articles.end());
  return **found;
}

}  // namespace

TEST_CASE("scrolling: of a long thread only what is near the window is said and drawn") {
  HeadlessShell shell;
  answer_page(shell, long_thread(5'000));

  CHECK(shell.articles().size() < 40);
  CHECK(shell.frame().content_height > 200'000);
  CHECK(shell.widget().reading_order().size() == 5'000);
}

TEST_CASE("scrolling: correcting heights above does not move the reader's line") {
  HeadlessShell shell;
  answer_page(shell, long_thread(1'000));
  shell.scroll_to(80'000);

  for (int step = 0; step < 100; ++step) {
    const SemanticNode* before = first_visible(shell);
    REQUIRE(before != nullptr);
    const NodeId id = before->id;
    const double offset = before->rect.y - shell.scroll_top();

    shell.scroll_to(shell.scroll_top() - 300);

    for (const SemanticNode* article : shell.all(Role::Article)) {
      if (article->id == id)
        CHECK(std::abs(article->rect.y - shell.scroll_top() - (offset + 300)) < 1);
    }
  }
}

TEST_CASE("scrolling: nor does a step to comments that nobody has measured") {
  HeadlessShell::Options options;
  options.margin = 40;
  HeadlessShell shell(options);
  answer_page(shell, long_thread(1'000));
  shell.scroll_to(80'000);

  for (int step = 0; step < 100; ++step) {
    const NodeId id = first_visible(shell)->id;
    const double offset = article_named(shell, id).rect.y - shell.scroll_top();

    shell.scroll_to(shell.scroll_top() - 300);

    const double moved = article_named(shell, id).rect.y - shell.scroll_top() - offset;
    CHECK(std::abs(moved - 300) < 1);
  }
}

TEST_CASE(
    "scrolling: a page in motion is left to itself, and the reader's line stays all the same") {
  HeadlessShell shell;
  answer_page(shell, long_thread(1'000));
  shell.scroll_to(80'000);
  const double first = shell.scroll_top();

  for (int step = 1; step <= 100; ++step) {
    const SemanticNode* before = first_visible(shell);
    REQUIRE(before != nullptr);
    const NodeId id = before->id;
    const double offset = before->rect.y - shell.scroll_top();

    shell.scroll_past(first - step * 300);

    CHECK(shell.scroll_top() == first - step * 300);
    const SemanticNode& after = article_named(shell, id);
    CHECK(std::abs(after.rect.y - shell.scroll_top() - (offset + 300)) < 1);
  }
  REQUIRE(shell.frame().owes_scroll);
  const SemanticNode* before = first_visible(shell);
  const NodeId id = before->id;
  const double offset = before->rect.y - shell.scroll_top();

  shell.come_to_rest();

  CHECK_FALSE(shell.frame().owes_scroll);
  CHECK(shell.scroll_top() != first - 100 * 300);
  CHECK(std::abs(article_named(shell, id).rect.y - shell.scroll_top() - offset) < 1);
}

TEST_CASE("scrolling: what is drawn in motion has no gaps") {
  HeadlessShell shell;
  answer_page(shell, long_thread(1'000));
  shell.scroll_to(80'000);

  for (double top = shell.scroll_top(); top > 900; top -= 700) {
    shell.scroll_past(top);

    const auto articles = shell.all(Role::Article);
    CHECK(articles.front()->rect.y <= std::max(0.0, top - 450));
    CHECK(articles.back()->rect.y + articles.back()->rect.height >= top + 900 + 450);
    for (std::size_t i = 1; i < articles.size(); ++i) {
      const Rect& above = articles[i - 1]->rect;
      CHECK(std::abs(above.y + above.height - articles[i]->rect.y) < 1);
    }
  }
}

TEST_CASE("scrolling: the first comment stands below the header however the page came there") {
  HeadlessShell shell;
  answer_page(shell, long_thread(1'000));
  const double top = shell.all(Role::Article).front()->rect.y;
  shell.scroll_to(30'000);

  for (double at = 30'000; at > 0; at -= 500) shell.scroll_past(at);
  shell.scroll_past(0);

  CHECK(shell.all(Role::Article).front()->rect.y == top);
  CHECK_FALSE(shell.frame().owes_scroll);
}

TEST_CASE("scrolling: the next page is asked for once, when the reader comes near the end") {
  HeadlessShell shell;
  ThreadPage first = long_thread(200);
  first.next_cursor = "c1";
  answer_page(shell, first);
  CHECK(shell.requests().empty());

  shell.scroll_to(shell.frame().content_height - 1'000);
  shell.scroll_to(shell.frame().content_height - 900);

  CHECK(shell.requests().size() == 1);
}

TEST_CASE("scrolling: an open reply box stays said wherever the reader goes") {
  HeadlessShell shell;
  answer_page(shell, long_thread(1'000));
  REQUIRE(shell.click(Role::Button, "Reply to Author 0"));

  shell.scroll_to(50'000);

  CHECK(shell.find(Role::TextArea, "Your reply") != nullptr);
}

TEST_CASE("scrolling: every article's parts lie within it") {
  HeadlessShell shell;
  ThreadPage made = long_thread(30);
  for (std::size_t i = 1; i < 12; ++i) made.comments[i].parent = std::to_string(i - 1);
  answer_page(shell, made);

  for (const float width : {280.0f, 320.0f, 480.0f, 720.0f, 1'200.0f}) {
    shell.resize(width);
    const SemanticNode* article = nullptr;
    for (const SemanticNode& node : shell.frame().semantics->nodes()) {
      if (node.role == Role::Article) article = &node;
      if (!is_comment_part(node.id) || node.role == Role::Article) continue;
      CAPTURE(width);
      CAPTURE(std::string(accessible_name(node)));
      CHECK(node.rect.y >= 0);
      CHECK(node.rect.y + node.rect.height <= article->rect.height + 0.5);
      CHECK(node.rect.x + node.rect.width <= width + 0.5f);
      for (const SemanticLine& line : node.lines) CHECK(line.rect.width <= width);
    }
  }
}

TEST_CASE("scrolling: a comment is at most 60 nodes") {
  HeadlessShell shell;
  answer_page(shell, long_thread(50));

  const std::size_t articles = shell.all(Role::Article).size();

  CHECK(shell.frame().semantics->nodes().size() <= 60 * articles);
}

TEST_CASE("scrolling: loads everything in the background when the publisher asks for it") {
  HeadlessShell::Options options;
  options.config.loading = Loading::Everything;
  HeadlessShell shell(options);
  ThreadPage first = long_thread(300);
  first.next_cursor = "c1";

  answer_page(shell, first);

  CHECK(shell.requests().size() == 1);
}

TEST_CASE("scrolling: what has been read is not measured again, nor for another width") {
  HeadlessShell shell;
  answer_page(shell, long_thread(100));
  for (int step = 0; step < 20; ++step) shell.scroll_to(step * 200);
  const int measured = shell.text().measured;

  for (int step = 19; step > 0; --step) shell.scroll_to(step * 200);
  shell.resize(600);
  shell.scroll_to(0);

  CHECK(shell.text().measured == measured);
}

TEST_CASE("scrolling: in plain view, where the page breaks the lines, no text is measured") {
  HeadlessShell shell;
  shell.set_plain(true);
  shell.draw();
  const int measured = shell.text().measured;
  answer_page(shell, long_thread(2'000));

  CHECK(shell.articles().size() == 2'000);
  // Authors, times and counts are, since boxes are as wide as they; 2,000 authors.
  CHECK(shell.text().measured - measured < 5'000);
}
