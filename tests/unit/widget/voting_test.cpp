#include "tests/unit/widget/fixture.h"

using namespace parlance;
using namespace parlance::test;

namespace {

std::string score_of(const HeadlessShell& shell, std::string_view author) {
  const SemanticNode* button = shell.find(Role::Button, "Upvote comment by " + std::string(author));
  REQUIRE(button != nullptr);
  for (const SemanticNode* text : shell.all(Role::Text)) {
    if (text->parent == button->parent) return std::string(text->text);
  }
  return {};
}

}  // namespace

TEST_CASE("voting: counts at once, gets a token first, and is confirmed") {
  HeadlessShell shell;
  answer_page(shell, conversation());

  REQUIRE(shell.click(Role::Button, "Upvote comment by Rosa Quint"));
  CHECK(score_of(shell, "Rosa Quint") == "4");
  answer_guest(shell);
  const HttpRequest sent = request(shell, "/comments/1/vote");
  CHECK(sent.method == HttpMethod::Put);
  CHECK(sent.body == R"({"vote":1})");
  CHECK(sent.token == "token-1");
  shell.answer(sent.id, 200,
               wire::write_vote_result({.id = "1", .up = 5, .down = 0, .vote = Vote::Up}));

  CHECK(score_of(shell, "Rosa Quint") == "5");
  CHECK(shell.find(Role::Button, "Upvote comment by Rosa Quint")->pressed == Tristate::Yes);
  CHECK(shell.storage().at("demo/token") == "token-1");
}

TEST_CASE("voting: the same button again takes the vote back") {
  HeadlessShell::Options options;
  options.storage["demo/token"] = "kept";
  HeadlessShell shell(options);
  ThreadPage made = conversation();
  made.comments[1].vote = Vote::Up;
  answer_page(shell, made);

  REQUIRE(shell.click(Role::Button, "Upvote comment by Rosa Quint"));

  CHECK(request(shell, "/vote").body == R"({"vote":0})");
  CHECK(score_of(shell, "Rosa Quint") == "2");
}

TEST_CASE("voting: a failure puts the count back and says why") {
  HeadlessShell::Options options;
  options.storage["demo/token"] = "kept";
  HeadlessShell shell(options);
  answer_page(shell, conversation());
  REQUIRE(shell.click(Role::Button, "Downvote comment by Rosa Quint"));
  CHECK(score_of(shell, "Rosa Quint") == "2");

  shell.fail(request(shell, "/vote").id, ErrorCode::NetworkFailed);

  CHECK(score_of(shell, "Rosa Quint") == "3");
  CHECK(shell.find_beginning(Role::Alert, "Your vote was not saved.") != nullptr);
  CHECK(shell.announced().back() == "Your vote could not be saved.");
}

TEST_CASE("voting: a token that is refused is replaced once, then the failure is told") {
  HeadlessShell::Options options;
  options.storage["demo/token"] = "stale";
  HeadlessShell shell(options);
  answer_page(shell, conversation());
  REQUIRE(shell.click(Role::Button, "Upvote comment by Rosa Quint"));

  shell.answer(request(shell, "/vote").id, 401, failure(ErrorCode::TokenInvalid));
  answer_guest(shell);
  CHECK(request(shell, "/vote").token == "token-1");
  shell.answer(request(shell, "/vote").id, 401, failure(ErrorCode::TokenInvalid));

  CHECK(shell.requests().empty());
  CHECK(score_of(shell, "Rosa Quint") == "3");
}

TEST_CASE("voting: nobody can vote on their own comment") {
  HeadlessShell shell;
  ThreadPage made = conversation();
  made.comments[1].is_own = true;
  answer_page(shell, made);

  CHECK_FALSE(shell.click(Role::Button, "Upvote comment by Rosa Quint"));
  CHECK(shell.requests().empty());
}

TEST_CASE("voting: an answer that makes no sense is a failure") {
  HeadlessShell::Options options;
  options.storage["demo/token"] = "kept";
  HeadlessShell shell(options);
  answer_page(shell, conversation());
  REQUIRE(shell.click(Role::Button, "Upvote comment by Rosa Quint"));

  shell.answer(request(shell, "/vote").id, 200, "{\"id\":1}");

  CHECK(score_of(shell, "Rosa Quint") == "3");
}
