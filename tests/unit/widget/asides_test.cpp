// What stands beside a comment: more, its link, reports and reactions.
#include "tests/unit/widget/fixture.h"

using namespace parlance;
using namespace parlance::test;

namespace {

const std::string kHeart = "❤️";
const std::string kThumb = "👍";

HeadlessShell::Options as_guest() {
  HeadlessShell::Options options;
  options.storage["demo/token"] = "kept";
  return options;
}

// Rosa's comment has three hearts; a thumb can be chosen, too.
ThreadPage reacted() {
  ThreadPage made = conversation();
  made.thread.reactions = {kHeart, kThumb};
  made.comments[1].reactions = {{kHeart, 3, false}};
  return made;
}

std::string reactions_json(std::vector<Reaction> reactions) {
  Comment comment{.id = "1"};
  comment.reactions = std::move(reactions);
  return wire::write_reactions(comment);
}

const SemanticNode* heart(const HeadlessShell& shell, int count) {
  return shell.find(Role::Button,
                    kHeart + " " + std::to_string(count) + ", react to comment by Rosa Quint");
}

void open_more(HeadlessShell& shell) {
  REQUIRE(shell.click(Role::Button, "More about comment by Rosa Quint"));
}

void open_report(HeadlessShell& shell) {
  open_more(shell);
  REQUIRE(shell.click(Role::Button, "Report comment by Rosa Quint"));
}

}  // namespace

TEST_CASE("more: opens and closes in the comment's row") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  CHECK(shell.find(Role::Button, "Copy link to comment by Rosa Quint") == nullptr);

  open_more(shell);

  const SemanticNode* const more = shell.find(Role::Button, "More about comment by Rosa Quint");
  const SemanticNode* const copy = shell.find(Role::Button, "Copy link to comment by Rosa Quint");
  CHECK(more->expanded == Tristate::Yes);
  REQUIRE(copy != nullptr);
  CHECK(copy->rect.y == more->rect.y);
  CHECK(shell.find(Role::Button, "Copy link to comment by Mei Tanaka") == nullptr);
  open_more(shell);
  CHECK(shell.find(Role::Button, "Copy link to comment by Rosa Quint") == nullptr);
}

TEST_CASE("more: copies the comment's link and says so") {
  HeadlessShell shell;
  answer_page(shell, conversation());
  open_more(shell);

  REQUIRE(shell.click(Role::Button, "Copy link to comment by Rosa Quint"));

  CHECK(shell.copied() == "https://page.example/harbour#comment-1");
  CHECK(shell.announced().back() == "Link copied.");
  CHECK(shell.find(Role::Status, "Link copied.") != nullptr);
}

TEST_CASE("more: shows the link where it cannot be copied") {
  HeadlessShell::Options options;
  options.refuses_clipboard = true;
  HeadlessShell shell(options);
  answer_page(shell, conversation());
  open_more(shell);

  REQUIRE(shell.click(Role::Button, "Copy link to comment by Rosa Quint"));

  CHECK(shell.announced().back() == "The link could not be copied.");
  const SemanticNode* const link = shell.find(Role::TextField, "Link to comment by Rosa Quint");
  REQUIRE(link != nullptr);
  CHECK(link->value == "https://page.example/harbour#comment-1");
}

TEST_CASE("report: is sent with its reason and words, thanked for, and taken back") {
  HeadlessShell shell(as_guest());
  answer_page(shell, conversation());
  open_report(shell);
  CHECK(shell.find(Role::Group, "Report comment by Rosa Quint") != nullptr);
  CHECK(shell.says("Only moderators see this."));
  CHECK(accessible_name(*shell.find(Role::Button, "Spam")) == "Spam");

  REQUIRE(shell.click(Role::Button, "Rude"));
  CHECK(shell.find(Role::Button, "Rude")->pressed == Tristate::Yes);
  REQUIRE(shell.type("Say more (optional)", "The second sentence"));
  REQUIRE(shell.click(Role::Button, "Send report"));
  const HttpRequest sent = request(shell, "/comments/1/report");
  CHECK(sent.method == HttpMethod::Put);
  CHECK(sent.body == R"({"reason":"rude","text":"The second sentence"})");
  CHECK(sent.token == "kept");
  shell.answer(sent.id, 204, "");

  CHECK(shell.find(Role::TextField, "Say more (optional)") == nullptr);
  CHECK(shell.announced().back() == "Thank you. A moderator will look at it.");
  CHECK(shell.find(Role::Status, "Thank you. A moderator will look at it.") != nullptr);
  REQUIRE(shell.click(Role::Button, "Take report back about comment by Rosa Quint"));
  const HttpRequest taken = request(shell, "/comments/1/report");
  CHECK(taken.method == HttpMethod::Delete);
  shell.answer(taken.id, 204, "");
  CHECK(shell.find(Role::Button, "Report comment by Rosa Quint") != nullptr);
}

TEST_CASE("report: without a reason asks for one and sends nothing") {
  HeadlessShell shell(as_guest());
  answer_page(shell, conversation());
  open_report(shell);

  REQUIRE(shell.click(Role::Button, "Send report"));

  CHECK(shell.requests().empty());
  CHECK(shell.find(Role::Alert, "Please choose a reason.") != nullptr);
  CHECK(shell.focused() == shell.find(Role::Button, "Spam")->id);
}

TEST_CASE("report: a failure keeps what was written, and it can be sent again") {
  HeadlessShell shell(as_guest());
  answer_page(shell, conversation());
  open_report(shell);
  REQUIRE(shell.click(Role::Button, "Other"));
  REQUIRE(shell.type("Say more (optional)", "It is copied"));
  REQUIRE(shell.press_submit("Say more (optional)"));

  shell.fail(request(shell, "/report").id, ErrorCode::NetworkFailed);

  CHECK(shell.find_beginning(Role::Alert, "The server cannot be reached.") != nullptr);
  CHECK(shell.find(Role::TextField, "Say more (optional)")->value == "It is copied");
  CHECK(shell.find(Role::Button, "Other")->pressed == Tristate::Yes);
  REQUIRE(shell.click(Role::Button, "Send report"));
  CHECK(request(shell, "/report").body == R"({"reason":"other","text":"It is copied"})");
}

TEST_CASE("report: Escape closes the form and brings the focus back") {
  HeadlessShell shell(as_guest());
  answer_page(shell, conversation());
  open_report(shell);

  REQUIRE(shell.press_escape("Say more (optional)"));

  CHECK(shell.find(Role::TextField, "Say more (optional)") == nullptr);
  CHECK(shell.focused() == shell.find(Role::Button, "Report comment by Rosa Quint")->id);
}

TEST_CASE("report: nobody reports their own comment") {
  HeadlessShell shell;
  ThreadPage made = conversation();
  made.comments[1].is_own = true;
  answer_page(shell, made);

  open_more(shell);

  CHECK(shell.find(Role::Button, "Copy link to comment by Rosa Quint") != nullptr);
  CHECK(shell.find(Role::Button, "Report comment by Rosa Quint") == nullptr);
}

TEST_CASE("reactions: a site without them has none, and no button for them") {
  HeadlessShell shell;
  answer_page(shell, conversation());

  CHECK(shell.find_beginning(Role::Button, "React to") == nullptr);
}

TEST_CASE("reactions: count at once, are confirmed, and are taken back") {
  HeadlessShell shell(as_guest());
  answer_page(shell, reacted());
  CHECK(heart(shell, 3)->pressed == Tristate::No);

  REQUIRE(shell.click(Role::Button, kHeart + " 3, react to comment by Rosa Quint"));
  REQUIRE(heart(shell, 4) != nullptr);
  CHECK(heart(shell, 4)->pressed == Tristate::Yes);
  const HttpRequest sent = request(shell, "/comments/1/reactions/%E2%9D%A4%EF%B8%8F");
  CHECK(sent.method == HttpMethod::Put);
  shell.answer(sent.id, 200, reactions_json({{kHeart, 6, true}}));
  REQUIRE(heart(shell, 6) != nullptr);

  REQUIRE(shell.click(Role::Button, kHeart + " 6, react to comment by Rosa Quint"));
  CHECK(request(shell, "/reactions/").method == HttpMethod::Delete);
  CHECK(heart(shell, 5)->pressed == Tristate::No);
}

TEST_CASE("reactions: those that nobody has chosen wait behind a button") {
  HeadlessShell shell(as_guest());
  answer_page(shell, reacted());
  const std::string thumb = kThumb + ", react to comment by Rosa Quint";
  CHECK(shell.find(Role::Button, thumb) == nullptr);

  REQUIRE(shell.click(Role::Button, "React to comment by Rosa Quint"));
  REQUIRE(shell.click(Role::Button, thumb));

  CHECK(shell.find(Role::Button, kThumb + " 1, react to comment by Rosa Quint") != nullptr);
  CHECK(shell.find(Role::Button, "React to comment by Rosa Quint") == nullptr);
}

TEST_CASE("reactions: a failure puts the count back and says why") {
  HeadlessShell shell(as_guest());
  answer_page(shell, reacted());
  REQUIRE(shell.click(Role::Button, kHeart + " 3, react to comment by Rosa Quint"));

  shell.fail(request(shell, "/reactions/").id, ErrorCode::NetworkFailed);

  REQUIRE(heart(shell, 3) != nullptr);
  CHECK(heart(shell, 3)->pressed == Tristate::No);
  CHECK(shell.find_beginning(Role::Alert, "This was not saved.") != nullptr);
  CHECK(shell.announced().back() == "Your reaction could not be saved.");
}

TEST_CASE("reactions: end with what the reader wanted last, however fast they click") {
  HeadlessShell shell(as_guest());
  answer_page(shell, reacted());
  for (const int count : {3, 4, 3, 4}) {
    REQUIRE(shell.click(Role::Button,
                        kHeart + " " + std::to_string(count) + ", react to comment by Rosa Quint"));
  }
  REQUIRE(shell.requests().size() == 1);

  shell.answer(request(shell, "/reactions/").id, 200, reactions_json({{kHeart, 4, true}}));

  CHECK(heart(shell, 3)->pressed == Tristate::No);
  CHECK(request(shell, "/reactions/").method == HttpMethod::Delete);
}

TEST_CASE("reactions: others' show while they happen, and one's own stay one's own") {
  HeadlessShell shell(as_guest());
  ThreadPage made = reacted();
  made.comments[1].reactions = {{kHeart, 3, true}};
  answer_page(shell, made);
  ThreadChanges changes;
  changes.thread = {.key = "harbour", .title = "", .comment_count = 3};
  changes.reactions = {Comment{.id = "1"}};
  changes.reactions[0].reactions = {{kHeart, 7, false}, {kThumb, 1, false}};

  shell.hear(wire::write_changes(changes));

  REQUIRE(heart(shell, 7) != nullptr);
  CHECK(heart(shell, 7)->pressed == Tristate::Yes);
  CHECK(shell.find(Role::Button, kThumb + " 1, react to comment by Rosa Quint") != nullptr);
}

TEST_CASE("reactions: stay within the row of a phone, whatever is open") {
  HeadlessShell::Options options = as_guest();
  options.width = 280;
  HeadlessShell shell(options);
  ThreadPage made = reacted();
  made.thread.reactions = {kHeart, kThumb, "😂", "🎉", "😢", "🤔"};
  answer_page(shell, made);
  REQUIRE(shell.click(Role::Button, "React to comment by Rosa Quint"));
  open_report(shell);

  int of_rosa = 0;
  for (const SemanticNode* button : shell.all(Role::Button)) {
    if (!accessible_name(*button).ends_with("comment by Rosa Quint")) continue;
    CHECK(button->rect.x >= 0);
    CHECK(button->rect.x + button->rect.width <= 280);
    ++of_rosa;
  }
  CHECK(of_rosa >= 10);
}
