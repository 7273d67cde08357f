#include "tests/unit/widget/fixture.h"

using namespace parlance;
using namespace parlance::test;

namespace {

constexpr float kFinger = 44;

bool is_control(const SemanticNode& node) {
  return node.role == Role::Button || node.role == Role::TextField || node.role == Role::TextArea;
}

// Links can stand in the text of comments.
bool is_text(const SemanticNode& node) { return node.role == Role::Text && !node.lines.empty(); }

// Where everything stands that can be activated, in the widget.
struct Target {
  bool is_control = false;
  std::string name;
  Rect rect;
};

std::vector<Target> targets(const HeadlessShell& shell) {
  std::vector<Target> found;
  const std::vector<SemanticNode>& nodes = shell.frame().semantics->nodes();
  for (const SemanticNode& node : nodes) {
    if (!is_control(node) && !is_text(node)) continue;
    Rect rect = node.rect;
    for (const SemanticNode& article : nodes) {
      const bool is_in = article.role == Role::Article && is_comment_part(node.id) &&
                         comment_of(node.id) == comment_of(article.id);
      if (is_in) rect.y += article.rect.y;
    }
    found.push_back({is_control(node), std::string(accessible_name(node)), rect});
  }
  return found;
}

bool do_overlap(const Rect& one, const Rect& other) {
  constexpr double kRounding = 0.01;
  return one.x + one.width > other.x + kRounding && other.x + other.width > one.x + kRounding &&
         one.y + one.height > other.y + kRounding && other.y + other.height > one.y + kRounding;
}

void check_targets(const HeadlessShell& shell) {
  const std::vector<Target> all = targets(shell);
  REQUIRE(all.size() > 10);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(all[i].name);
    CHECK((all[i].rect.width >= kFinger || !all[i].is_control));
    CHECK((all[i].rect.height >= kFinger || !all[i].is_control));
    for (std::size_t k = 0; k < i; ++k) {
      CAPTURE(all[k].name);
      CHECK_FALSE(do_overlap(all[i].rect, all[k].rect));
    }
  }
}

// Replies down to where they are no longer indented, with all that a comment can have.
ThreadPage deep_thread() {
  std::vector<Comment> comments;
  for (int i = 0; i < 8; ++i) {
    const std::string parent = i == 0 ? "" : std::to_string(i - 1);
    comments.push_back(comment(std::to_string(i), "Rosa Quint", "The end is ||late||.", parent));
  }
  comments.push_back(comment("folded", "Mei Tanaka", "Folded away."));
  comments.push_back(comment("after", "Mei Tanaka", "Below it."));
  return page(std::move(comments));
}

}  // namespace

TEST_CASE("touch: every control is large enough for a finger, and none lies over another") {
  for (const float width : {280.0f, 360.0f, 800.0f}) {
    for (const float size : {12.0f, 16.0f, 24.0f}) {
      CAPTURE(width);
      CAPTURE(size);
      HeadlessShell shell({.width = width, .window_height = 6000});
      shell.page().font_size = size;
      shell.page().has_coarse_pointer = true;
      answer_page(shell, deep_thread());
      check_targets(shell);

      REQUIRE(shell.click(Role::Button, "Hide comment by Mei Tanaka"));
      REQUIRE(shell.click(Role::Button, "Reply to Rosa Quint"));
      REQUIRE(shell.type("Your reply", "Half a thought"));
      REQUIRE(shell.type("Your comment", "Half a thought"));
      REQUIRE(shell.click(Role::Button, "Preview"));
      REQUIRE(shell.click(Role::Button, "Post comment"));
      check_targets(shell);
    }
  }
}

TEST_CASE("touch: a thread for fingers is hardly taller than one for a mouse") {
  HeadlessShell mouse({.width = 360});
  answer_page(mouse, conversation());
  HeadlessShell touch({.width = 360});
  touch.page().has_coarse_pointer = true;
  answer_page(touch, conversation());

  CHECK(touch.frame().content_height > mouse.frame().content_height);
  CHECK(touch.frame().content_height < mouse.frame().content_height * 1.12);
}

TEST_CASE("touch: a mouse, too, finds every button of a narrow thread inside of it") {
  HeadlessShell shell({.width = 280, .window_height = 6000});
  answer_page(shell, deep_thread());

  for (const SemanticNode* button : shell.all(Role::Button)) {
    CAPTURE(accessible_name(*button));
    CHECK(button->rect.x + button->rect.width <= 280 + 8);
  }
}
