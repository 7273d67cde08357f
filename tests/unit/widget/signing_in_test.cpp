#include "tests/unit/widget/fixture.h"

using namespace parlance;
using namespace parlance::test;

namespace {

constexpr SignedIn kAda{.token = "eyJ-ada", .name = "Ada Lane"};

// Rosa's comment as Ada sees it, who has voted for it, and one of Ada's own that waits.
ThreadPage as_ada_sees_it() {
  ThreadPage made = conversation();
  made.comments[1].vote = Vote::Up;
  Comment own = comment("9", "Ada Lane", "Mine is still waiting.");
  own.status = CommentStatus::Pending;
  own.is_own = true;
  made.comments.push_back(own);
  return made;
}

void open_composer(HeadlessShell& shell) {
  shell.focus_on(shell.find(Role::TextArea, "Your comment")->id);
}

}  // namespace

TEST_CASE("signing in: whom the page knows is not asked for a name, and writes under theirs") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  shell.send(kAda);
  answer_page(shell, as_ada_sees_it());

  open_composer(shell);
  CHECK(shell.says("Writing as Ada Lane"));
  CHECK(shell.find(Role::TextField, "Your name") == nullptr);
  CHECK(shell.find(Role::TextField, "Your e-mail (optional)") == nullptr);
  REQUIRE(shell.type("Your comment", "Hear, hear."));
  REQUIRE(shell.click(Role::Button, "Post comment"));

  const HttpRequest sent = request(shell, "/comments");
  CHECK(sent.method == HttpMethod::Post);
  CHECK(sent.token == "eyJ-ada");
  CHECK(shell.articles().front() == "Comment by Ada Lane");
}

TEST_CASE("signing in: a page that is known before is read once, in the reader's name") {
  HeadlessText text;
  Widget widget({.site = "demo", .thread = "harbour", .entropy = "abcdefghijklmnop"}, text);
  CHECK(widget.handle(kAda).empty());

  const Effects effects = widget.handle(Started{});

  REQUIRE(effects.size() == 1);
  CHECK(std::get<HttpRequest>(effects.front()).token == "eyJ-ada");
}

TEST_CASE(
    "signing in: who turns out to be known later sees the page first, then their own part of it") {
  HeadlessShell shell;
  shell.send(kAda);
  CHECK(shell.requests().size() == 1);
  answer_page(shell, conversation());
  CHECK(shell.articles().size() == 3);
  REQUIRE(shell.requests().size() == 1);
  CHECK(shell.requests().front().token == "eyJ-ada");

  answer_page(shell, as_ada_sees_it());

  CHECK(shell.articles().size() == 4);
  CHECK(shell.says("Waiting for approval"));
  CHECK(shell.find(Role::Button, "Upvote comment by Rosa Quint")->pressed == Tristate::Yes);
  CHECK(shell.requests().empty());
}

TEST_CASE(
    "signing in: a token that is refused is asked for anew, once, and comments show meanwhile") {
  HeadlessShell shell;
  shell.send(kAda);
  answer_page(shell, conversation());
  shell.answer(request(shell, "/comments?").id, 401, failure(ErrorCode::TokenExpired));
  CHECK(shell.articles().size() == 3);

  answer_guest(shell);
  for (const HttpRequest& waiting : std::vector(shell.requests()))
    shell.answer(waiting.id, 401, failure(ErrorCode::TokenExpired));

  CHECK(shell.articles().size() == 3);
  for (const HttpRequest& waiting : shell.requests()) CHECK(waiting.token.empty());
}

TEST_CASE(
    "signing in: who signs out is a guest again, with the name they had and without its votes") {
  HeadlessShell shell({.storage = {{"demo/author", "Somebody"}}});
  answer_page(shell, conversation());
  shell.send(kAda);
  answer_page(shell, as_ada_sees_it());

  shell.send(SignedIn{});
  answer_page(shell, conversation());

  open_composer(shell);
  CHECK(shell.find(Role::TextField, "Your name")->value == "Somebody");
  CHECK_FALSE(shell.says("Writing as"));
  CHECK(shell.find(Role::Button, "Upvote comment by Rosa Quint")->pressed == Tristate::No);
  CHECK_FALSE(shell.says("Mine is still waiting."));
}
