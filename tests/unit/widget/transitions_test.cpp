#include "tests/unit/widget/fixture.h"

using namespace parlance;
using namespace parlance::test;

namespace {

NodeId button(const HeadlessShell& shell, std::string_view name) {
  const SemanticNode* const node = shell.find(Role::Button, name);
  REQUIRE(node != nullptr);
  return node->id;
}

bool fades(const HeadlessShell& shell) { return shell.frame().is_fading; }

}  // namespace

TEST_CASE(
    "transitions: the ground of a button comes and goes with the pointer, and then nothing is "
    "drawn") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  const Rgba ground = shell.frame().palette.hover;
  REQUIRE(shell.ink(ground) == 0);
  REQUIRE_FALSE(fades(shell));

  shell.point_at(button(shell, "Newest"));
  CHECK(fades(shell));
  shell.pass(30);
  CHECK(shell.ink(ground) > 0);
  CHECK(shell.ink(ground) < 255);
  shell.pass(100);
  CHECK(shell.ink(ground) == 255);
  CHECK_FALSE(fades(shell));

  shell.point_at(0);
  shell.pass(30);
  CHECK(shell.ink(ground) > 0);
  shell.pass(100);
  CHECK(shell.ink(ground) == 0);
  CHECK_FALSE(fades(shell));
}

TEST_CASE("transitions: nothing fades for readers who asked for less motion") {
  HeadlessShell shell;
  shell.page().prefers_reduced_motion = true;
  answer_page(shell, conversation());

  shell.point_at(button(shell, "Newest"));
  CHECK(shell.ink(shell.frame().palette.hover) == 255);
  CHECK_FALSE(fades(shell));
  REQUIRE(shell.click(Role::Button, "Reply to Rosa Quint"));
  CHECK_FALSE(fades(shell));
}

TEST_CASE("transitions: plain view has none of them to draw") {
  HeadlessShell shell;
  shell.set_plain(true);
  answer_page(shell, conversation());

  shell.point_at(button(shell, "Newest"));

  CHECK_FALSE(fades(shell));
}

TEST_CASE("touch: what a finger holds shows it, though a finger rests on nothing") {
  HeadlessShell shell;
  shell.page().has_coarse_pointer = true;
  answer_page(shell, conversation());
  const Rgba ground = shell.frame().palette.hover;
  const NodeId reply = button(shell, "Reply to Rosa Quint");

  shell.hold(reply);
  CHECK(shell.ink(ground) == 255);

  shell.hold(0);
  shell.pass(200);
  CHECK(shell.ink(ground) == 0);
}

TEST_CASE("transitions: what is unfolded comes in softly, without a word said twice") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  REQUIRE(shell.click(Role::Button, "Hide comment by Rosa Quint"));
  shell.pass(200);
  REQUIRE_FALSE(shell.says("The night ferry is not a luxury."));

  REQUIRE(shell.click(Role::Button, "Show comment by Rosa Quint"));

  CHECK(fades(shell));
  CHECK(shell.says("The night ferry is not a luxury."));
  shell.pass(150);
  CHECK_FALSE(fades(shell));
}

TEST_CASE("transitions: comments that come when they are asked for have a tint for a moment") {
  HeadlessShell shell;
  ThreadPage first = conversation();
  first.last_event = "ev-1";
  answer_page(shell, first);
  const Rgba tint = shell.frame().palette.highlight;
  REQUIRE(shell.ink(tint) == 0);
  Comment late = comment("9", "Noor Haddad", "Ask the captain.");
  late.created += 60;
  ThreadChanges changes;
  changes.thread = page({late}).thread;
  changes.thread.comment_count = 4;
  changes.comments = {late};
  shell.hear(wire::write_changes(changes));
  REQUIRE(shell.ink(tint) == 0);

  REQUIRE(shell.click(Role::Button, "1 new comment"));
  // The focus has gone there, too.
  shell.pass(150);
  CHECK(shell.ink(tint) == 255);
  CHECK_FALSE(fades(shell));
  REQUIRE(shell.frame().wake_after.has_value());
  CHECK(shell.frame().wake_after->count() < 5000);

  shell.pass(static_cast<double>(shell.frame().wake_after->count()));
  CHECK(fades(shell));
  shell.pass(150);
  CHECK(shell.ink(tint) == 0);
  CHECK(shell.frame().wake_after->count() == 60'000);
}
