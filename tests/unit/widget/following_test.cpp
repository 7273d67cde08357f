#include "tests/unit/widget/fixture.h"

using namespace parlance;
using namespace parlance::test;

namespace {

HeadlessShell::Options with_token() {
  HeadlessShell::Options options;
  options.storage["demo/token"] = "kept";
  options.storage["demo/author"] = "Ana";
  return options;
}

ThreadPage followable() {
  ThreadPage made = conversation();
  made.can_be_followed = true;
  return made;
}

constexpr const char* kFollow = "Follow by e-mail";
constexpr const char* kSend = "E-mail me new comments";

}  // namespace

TEST_CASE("following: is offered only where the server sends mail") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  CHECK(shell.find(Role::Button, kFollow) == nullptr);

  HeadlessShell other(with_token());
  answer_page(other, followable());
  REQUIRE(other.find(Role::Button, kFollow) != nullptr);
  CHECK(other.find(Role::Button, kFollow)->expanded == Tristate::No);
}

TEST_CASE("following: a reader gives a mailbox and is told to look into it") {
  HeadlessShell shell(with_token());
  answer_page(shell, followable());
  REQUIRE(shell.click(Role::Button, kFollow));
  CHECK(shell.find(Role::Button, kFollow)->expanded == Tristate::Yes);
  CHECK(shell.focused() == shell.find(Role::TextField, "Your e-mail")->id);
  REQUIRE(shell.type("Your e-mail", "ana@reader.example"));

  REQUIRE(shell.click(Role::Button, kSend));
  CHECK(shell.find(Role::Button, kSend)->is_disabled);
  const HttpRequest sent = request(shell, "/subscriptions");
  CHECK(sent.body == R"({"email":"ana@reader.example","scope":"all"})");
  CHECK(sent.token == "kept");
  shell.answer(sent.id, 202, wire::write_followed(true));

  CHECK(shell.find_beginning(Role::Status, "Check your mail") != nullptr);
  CHECK(shell.find(Role::TextField, "Your e-mail") == nullptr);
  REQUIRE(shell.click(Role::Button, "Close"));
  CHECK(shell.find(Role::Group, kFollow) == nullptr);
  CHECK(shell.focused() == shell.find(Role::Button, kFollow)->id);
}

TEST_CASE("following: what is wrong is said at the field, and the same form sends again") {
  HeadlessShell shell(with_token());
  answer_page(shell, followable());
  REQUIRE(shell.click(Role::Button, kFollow));
  REQUIRE(shell.click(Role::Button, kSend));
  CHECK(shell.find_beginning(Role::Alert, "This does not look like an e-mail") != nullptr);
  CHECK(shell.find(Role::TextField, "Your e-mail")->is_invalid);

  REQUIRE(shell.type("Your e-mail", "ana@reader.example"));
  REQUIRE(shell.click(Role::Button, kSend));
  shell.fail(request(shell, "/subscriptions").id, ErrorCode::NetworkFailed);
  CHECK(shell.find_beginning(Role::Alert, "The server cannot be reached") != nullptr);
  REQUIRE(shell.click(Role::Button, kSend));
  shell.answer(request(shell, "/subscriptions").id, 202, wire::write_followed(false));
  CHECK(shell.find_beginning(Role::Status, "New comments will be e-mailed") != nullptr);
}

TEST_CASE("following: the button has room at every width and lies over nothing") {
  for (float width = 280; width <= 1'200; width += 20) {
    CAPTURE(width);
    HeadlessShell::Options options = with_token();
    options.width = width;
    HeadlessShell shell(options);
    answer_page(shell, followable());
    const Rect follow = shell.find(Role::Button, kFollow)->rect;
    CHECK(follow.x + follow.width <= width + 16);
    for (const Role role : {Role::Button, Role::Heading}) {
      for (const SemanticNode* node : shell.all(role)) {
        if (is_comment_part(node->id) || node->name == kFollow) continue;
        const Rect& box = node->rect;
        const bool is_apart =
            box.x >= follow.x + follow.width - 0.5f || box.x + box.width <= follow.x + 0.5f ||
            box.y >= follow.y + follow.height - 0.5 || box.y + box.height <= follow.y + 0.5;
        CHECK_MESSAGE(is_apart, std::string(accessible_name(*node)));
      }
    }
  }
}

TEST_CASE("following: replies are asked for beside a comment, once there is an e-mail") {
  HeadlessShell shell(with_token());
  answer_page(shell, followable());
  REQUIRE(shell.type("Your comment", "I was there."));
  CHECK(shell.find(Role::Button, "E-mail me replies") == nullptr);
  REQUIRE(shell.type("Your e-mail (optional)", "ana@reader.example"));
  REQUIRE(shell.find(Role::Button, "E-mail me replies") != nullptr);
  CHECK(shell.find(Role::Button, "E-mail me replies")->pressed == Tristate::No);
  REQUIRE(shell.click(Role::Button, "E-mail me replies"));
  CHECK(shell.find(Role::Button, "E-mail me replies")->pressed == Tristate::Yes);
  REQUIRE(shell.click(Role::Button, "Post comment"));
  Comment made = comment("77", "Ana", "I was there.");
  made.is_own = true;
  shell.answer(request(shell, "/comments").id, 201, wire::write_posted(made));

  const HttpRequest sent = request(shell, "/subscriptions");
  CHECK(sent.body == R"({"email":"ana@reader.example","scope":"replies"})");
  shell.answer(sent.id, 202, wire::write_followed(true));
  CHECK(shell.announced().back() == "Check your mail to confirm that you want replies by e-mail.");
}
