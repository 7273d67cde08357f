#include "tests/unit/widget/fixture.h"

using namespace parlance;
using namespace parlance::test;

namespace {

// What has the focus, as assistive technology would call it.
std::string focused(const HeadlessShell& shell) {
  for (const SemanticNode& node : shell.frame().semantics->nodes()) {
    if (node.id == shell.focused()) return std::string(accessible_name(node));
  }
  return {};
}

void focus_on(HeadlessShell& shell, Role role, std::string_view name) {
  const SemanticNode* const node = shell.find(role, name);
  REQUIRE(node != nullptr);
  shell.focus_on(node->id);
}

bool is_in_window(const HeadlessShell& shell) {
  for (const SemanticNode* article : shell.all(Role::Article)) {
    if (article->id != shell.focused()) continue;
    return article->rect.y >= shell.scroll_top() &&
           article->rect.y + article->rect.height <= shell.scroll_top() + 900;
  }
  return false;
}

ThreadPage many(int from, int count, std::string next = {}) {
  std::vector<Comment> comments;
  for (int i = from; i < from + count; ++i)
    comments.push_back(comment(std::to_string(i), "Author " + std::to_string(i), "Words."));
  return page(std::move(comments), std::move(next));
}

}  // namespace

TEST_CASE("keyboard: J and K go from comment to comment, replies included") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  focus_on(shell, Role::Button, "Newest");

  shell.press_j();
  CHECK(focused(shell) == "Comment by Mei Tanaka");
  shell.press_j();
  CHECK(focused(shell) == "Comment by Rosa Quint");
  shell.press_j();
  CHECK(focused(shell) == "Reply by Idris Vale to Rosa Quint");
  shell.press_j();
  CHECK(focused(shell) == "Reply by Idris Vale to Rosa Quint");
  shell.press_k();
  shell.press_k();
  CHECK(focused(shell) == "Comment by Mei Tanaka");
  shell.press_k();

  CHECK(focused(shell) == "Comment by Mei Tanaka");
}

TEST_CASE("keyboard: every control above the comments leads to the first of them") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  std::vector<NodeId> above;
  for (const SemanticNode* button : shell.all(Role::Button)) {
    if (!is_comment_part(button->id)) above.push_back(button->id);
  }
  REQUIRE(above.size() > 3);

  for (const NodeId id : above) {
    shell.focus_on(id);
    shell.press_j();
    CHECK(focused(shell) == "Comment by Mei Tanaka");
  }
}

TEST_CASE("keyboard: J pressed twice before a frame is drawn goes two comments further") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  const NodeId from = shell.find(Role::Button, "Newest")->id;
  Widget& widget = shell.widget();

  for (int i = 0; i < 2; ++i) {
    const Effects asked = widget.handle(SemanticAction{.node = from, .kind = ActionKind::Next});
    REQUIRE(asked.size() == 1);
  }
  shell.send(SemanticAction{.node = from, .kind = ActionKind::Next});

  CHECK(focused(shell) == "Reply by Idris Vale to Rosa Quint");
}

TEST_CASE("keyboard: from a comment's control the way goes on from that comment") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  focus_on(shell, Role::Button, "Reply to Rosa Quint");

  shell.press_k();

  CHECK(focused(shell) == "Comment by Mei Tanaka");
}

TEST_CASE("keyboard: a comment that is far away is brought into view before it has the focus") {
  HeadlessShell shell;
  answer_page(shell, many(0, 300));
  focus_on(shell, Role::Button, "Reply to Author 3");
  shell.scroll_to(12'000);

  shell.press_j();

  CHECK(focused(shell) == "Comment by Author 4");
  CHECK(is_in_window(shell));
  for (int i = 0; i < 40; ++i) shell.press_j();
  CHECK(focused(shell) == "Comment by Author 44");
  CHECK(is_in_window(shell));
}

TEST_CASE("keyboard: the comment that has the focus is not marked as a permalink's") {
  HeadlessShell shell;
  answer_page(shell, many(0, 300));
  shell.send(RevealComment{"200"});
  focus_on(shell, Role::Button, "Reply to Author 200");
  shell.press_k();
  shell.press_j();

  CHECK(focused(shell) == "Comment by Author 200");
}

TEST_CASE("keyboard: the last comment that is loaded asks for the next ones") {
  HeadlessShell shell;
  answer_page(shell, many(0, 200, "c1"));
  REQUIRE(shell.requests().empty());
  shell.send(RevealComment{"199"});
  shell.requests().clear();
  focus_on(shell, Role::Button, "Reply to Author 199");

  shell.press_j();

  CHECK(focused(shell) == "Reply to Author 199");
}

TEST_CASE("keyboard: who asks for more comments gets to the first of them") {
  HeadlessShell shell;
  shell.set_plain(true);
  answer_page(shell, many(0, 3, "c1"));
  focus_on(shell, Role::Button, "Load more comments");

  REQUIRE(shell.click(Role::Button, "Load more comments"));
  const SemanticNode* const waiting = shell.find(Role::Button, "Load more comments");
  REQUIRE(waiting != nullptr);
  CHECK(waiting->is_disabled);
  answer_page(shell, many(3, 3, "c2"));

  CHECK(focused(shell) == "Comment by Author 3");
  CHECK_FALSE(shell.find(Role::Button, "Load more comments")->is_disabled);
}

TEST_CASE("keyboard: who has gone elsewhere while comments were loading stays there") {
  HeadlessShell shell;
  shell.set_plain(true);
  answer_page(shell, many(0, 3, "c1"));
  focus_on(shell, Role::Button, "Load more comments");
  REQUIRE(shell.click(Role::Button, "Load more comments"));

  focus_on(shell, Role::Button, "Reply to Author 1");
  answer_page(shell, many(3, 3));

  CHECK(focused(shell) == "Reply to Author 1");
}

TEST_CASE("keyboard: the button that tries again stays until the answer is here") {
  HeadlessShell shell;
  shell.fail(request(shell, "/comments?").id, ErrorCode::NetworkFailed);
  focus_on(shell, Role::Button, "Try again");

  REQUIRE(shell.click(Role::Button, "Try again"));
  REQUIRE(shell.find(Role::Button, "Try again") != nullptr);
  CHECK(shell.find(Role::Button, "Try again")->is_disabled);
  answer_page(shell, conversation());

  CHECK(shell.find(Role::Button, "Try again") == nullptr);
  CHECK(focused(shell) == "Comment by Mei Tanaka");
}

TEST_CASE("keyboard: Escape in any part of a reply's box folds it, and leads back to its button") {
  for (const char* name : {"Cancel", "Post reply"}) {
    HeadlessShell shell;
    answer_page(shell, conversation());
    REQUIRE(shell.click(Role::Button, "Reply to Mei Tanaka"));
    const SemanticNode* const button = shell.find(Role::Button, name);
    REQUIRE(button != nullptr);
    shell.focus_on(button->id);

    shell.send(SemanticAction{.node = shell.focused(), .kind = ActionKind::Cancel});

    CHECK(shell.find(Role::TextArea, "Your reply") == nullptr);
    CHECK(focused(shell) == "Reply to Mei Tanaka");
  }
}

TEST_CASE("keyboard: Escape where nothing is open changes nothing") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  focus_on(shell, Role::Button, "Upvote comment by Mei Tanaka");

  shell.send(SemanticAction{.node = shell.focused(), .kind = ActionKind::Cancel});

  CHECK(focused(shell) == "Upvote comment by Mei Tanaka");
}

TEST_CASE("keyboard: the box for a comment stays folded when the focus comes back to its field") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  focus_on(shell, Role::TextArea, "Your comment");
  focus_on(shell, Role::Button, "Cancel");

  REQUIRE(shell.click(Role::Button, "Cancel"));
  CHECK(focused(shell) == "Your comment");
  CHECK(shell.find(Role::Button, "Cancel") == nullptr);
  focus_on(shell, Role::Button, "Newest");
  focus_on(shell, Role::TextArea, "Your comment");

  CHECK(shell.find(Role::Button, "Cancel") != nullptr);
}

TEST_CASE("keyboard: who has posted a comment is at it, and at its text if it cannot be posted") {
  HeadlessShell::Options options;
  options.storage = {{"demo/token", "kept"}, {"demo/author", "Ana"}};
  HeadlessShell shell(options);
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "Mine."));
  focus_on(shell, Role::Button, "Post comment");

  REQUIRE(shell.click(Role::Button, "Post comment"));

  CHECK(focused(shell) == "Comment by Ana");
  shell.fail(request(shell, "/comments").id, ErrorCode::NetworkFailed);

  CHECK(focused(shell) == "Your comment");
  CHECK(shell.find(Role::TextArea, "Your comment")->value == "Mine.");
}
