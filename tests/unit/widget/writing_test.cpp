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

std::string posted(const char* id, const char* text,
                   CommentStatus status = CommentStatus::Approved) {
  Comment made = comment(id, "Ana", text);
  made.is_own = true;
  made.status = status;
  return wire::write_posted(made);
}

constexpr const char* kDraftKey = "demo/draft/harbour/";

}  // namespace

TEST_CASE("writing: a comment shows at once, is sent with a key, and is confirmed") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "I was there."));
  CHECK(shell.storage().at(kDraftKey) == "\nI was there.");

  REQUIRE(shell.click(Role::Button, "Post comment"));
  CHECK(shell.articles().front() == "Comment by Ana");
  CHECK(shell.says("Sending…"));
  CHECK(shell.find(Role::Heading, "4 comments") != nullptr);
  const HttpRequest sent = request(shell, "/comments");
  CHECK(sent.method == HttpMethod::Post);
  CHECK(sent.idempotency_key == "abcdefghijklmnop-1");
  shell.answer(sent.id, 201, posted("77", "I was there."));

  CHECK_FALSE(shell.says("Sending…"));
  CHECK(shell.find(Role::TextArea, "Your comment")->value.empty());
  CHECK_FALSE(shell.storage().contains(kDraftKey));
  CHECK(shell.announced().back() == "Your comment was posted.");
}

TEST_CASE(
    "writing: a failure takes the comment back, says why, keeps the text; the retry has the same "
    "key") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "Do not lose me."));
  REQUIRE(shell.click(Role::Button, "Post comment"));
  const std::string key = request(shell, "/comments").idempotency_key;

  shell.fail(request(shell, "/comments").id, ErrorCode::TimedOut);

  CHECK(shell.articles().size() == 3);
  CHECK(shell.find(Role::TextArea, "Your comment")->value == "Do not lose me.");
  CHECK(shell.find_beginning(Role::Alert, "The server took too long") != nullptr);
  REQUIRE(shell.click(Role::Button, "Post comment"));
  CHECK(request(shell, "/comments").idempotency_key == key);
}

TEST_CASE(
    "writing: drafts come back after a reload, with the key of a post whose answer was lost") {
  HeadlessShell::Options options = with_token();
  {
    HeadlessShell before(options);
    answer_page(before, conversation());
    REQUIRE(before.type("Your comment", "Half a thought"));
    REQUIRE(before.click(Role::Button, "Post comment"));
    options.storage = before.storage();
  }

  options.config.entropy = "another-page-view";
  HeadlessShell shell(options);
  answer_page(shell, conversation());

  CHECK(shell.find(Role::TextArea, "Your comment")->value == "Half a thought");
  REQUIRE(shell.click(Role::Button, "Post comment"));
  CHECK(request(shell, "/comments").idempotency_key == "abcdefghijklmnop-1");
}

TEST_CASE("writing: a reply is written under its parent and comes back after a reload") {
  HeadlessShell::Options options = with_token();
  HeadlessShell shell(options);
  answer_page(shell, conversation());
  REQUIRE(shell.click(Role::Button, "Reply to Idris Vale"));
  const SemanticNode* field = shell.find(Role::TextArea, "Your reply");
  REQUIRE(field != nullptr);
  CHECK(shell.focused() == field->id);
  REQUIRE(shell.type("Your reply", "Mine too."));
  options.storage = shell.storage();

  HeadlessShell later(options);
  answer_page(later, conversation());
  REQUIRE(later.find(Role::TextArea, "Your reply") != nullptr);
  CHECK(later.find(Role::TextArea, "Your reply")->value == "Mine too.");
  REQUIRE(later.click(Role::Button, "Post reply"));
  const HttpRequest sent = request(later, "/comments");
  CHECK(sent.body.find(R"("parent":"2")") != std::string::npos);

  CHECK(later.articles().back() == "Reply by Ana to Idris Vale");
  CHECK(later.find(Role::TextArea, "Your reply") == nullptr);
}

TEST_CASE("writing: what cannot be sent is told before it is sent, at the field it is about") {
  HeadlessShell::Options options;
  options.storage["demo/token"] = "kept";
  HeadlessShell shell(options);
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "No name yet"));

  REQUIRE(shell.click(Role::Button, "Post comment"));

  CHECK(shell.requests().empty());
  CHECK(shell.find(Role::Alert, "Please enter a name.") != nullptr);
  CHECK(shell.find(Role::TextField, "Your name")->is_invalid);
  CHECK(shell.focused() == shell.find(Role::TextField, "Your name")->id);
  CHECK(shell.find(Role::TextArea, "Your comment")->value == "No name yet");
}

TEST_CASE("writing: too long a text says by how much, and is kept") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());

  REQUIRE(shell.type("Your comment", std::string(10'001, 'x')));

  CHECK(shell.says("1 characters too many"));
  REQUIRE(shell.click(Role::Button, "Post comment"));
  CHECK(shell.requests().empty());
  CHECK(shell.find(Role::TextArea, "Your comment")->value.size() == 10'001);
}

TEST_CASE("writing: a comment that waits for approval says so") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "First post"));
  REQUIRE(shell.click(Role::Button, "Post comment"));

  shell.answer(request(shell, "/comments").id, 201,
               posted("77", "First post", CommentStatus::Pending));

  CHECK(shell.says("Waiting for approval"));
  CHECK(shell.announced().back() == "Your comment is waiting for approval.");
}

TEST_CASE("writing: Escape folds the reply box away, the text stays for the next time") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.click(Role::Button, "Reply to Mei Tanaka"));
  REQUIRE(shell.type("Your reply", "Taxpayers, but"));

  REQUIRE(shell.press_escape("Your reply"));
  CHECK(shell.find(Role::TextArea, "Your reply") == nullptr);
  CHECK(shell.focused() == shell.find(Role::Button, "Reply to Mei Tanaka")->id);
  REQUIRE(shell.click(Role::Button, "Reply to Mei Tanaka"));

  CHECK(shell.find(Role::TextArea, "Your reply")->value == "Taxpayers, but");
}

TEST_CASE("writing: the server's refusal names its reason") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "Hello"));
  REQUIRE(shell.press_submit("Your comment"));

  shell.answer(request(shell, "/comments").id, 403, failure(ErrorCode::ThreadClosed));

  CHECK(shell.find(Role::Alert, "Comments are closed.") != nullptr);
  CHECK(shell.find(Role::TextArea, "Your comment")->value == "Hello");
}
