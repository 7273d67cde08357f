#include "tests/unit/widget/fixture.h"
#include "widget/text/markup.h"

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
  CHECK(shell.storage().at(kDraftKey) == "1700000000\n\nI was there.");

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

  CHECK(shell.says("1 character too many"));
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

  CHECK(shell.find_beginning(Role::Alert, "Comments are closed.") != nullptr);
  CHECK(shell.find(Role::TextArea, "Your comment")->value == "Hello");
}

TEST_CASE("writing: every failure says what to do, loses nothing, and the next try can succeed") {
  struct Row {
    int status;
    std::string body;
    const char* told;
  };
  const std::string html = "<html>Not the server you are looking for</html>";
  const Row rows[] = {
      {408, html, "The server took too long to answer. Please try again. Your text is kept."},
      {409, failure(ErrorCode::IdempotencyConflict), "This is posted already, under another name."},
      {413, html, "This is too much to send at once. Please shorten it."},
      {422, failure(ErrorCode::InvalidField), "The server does not accept this."},
      {422, failure(ErrorCode::InvalidParent), "The comment you answer is no longer there."},
      {403, failure(ErrorCode::ThreadClosed), "Comments are closed. Copy your text"},
      {403, failure(ErrorCode::Banned), "A moderator has stopped you from writing"},
      {403, html, "Something went wrong on the server. Please try again. Your text is kept."},
      {429, html, "That was a lot in a short time. Please try again in 7 seconds."},
      {502, html, "The server is busy. Please try again in a moment. Your text is kept."},
      {503, html, "The server is busy."},
      {503, failure(ErrorCode::ReadOnly), "Nothing can be written at the moment."},
      {504, html, "The server is busy."},
      {500, html, "Something went wrong on the server."},
  };
  for (const Row& row : rows) {
    CAPTURE(row.status);
    HeadlessShell shell(with_token());
    answer_page(shell, conversation());
    REQUIRE(shell.type("Your comment", "Keep me."));
    REQUIRE(shell.click(Role::Button, "Post comment"));

    shell.send(HttpResponse{.id = request(shell, "/comments").id,
                            .status = row.status,
                            .retry_after = 7,
                            .body = row.body});
    shell.requests().clear();

    CHECK(shell.find_beginning(Role::Alert, row.told) != nullptr);
    CHECK(shell.find(Role::TextArea, "Your comment")->value == "Keep me.");
    CHECK(shell.articles().size() == 3);
    REQUIRE(shell.click(Role::Button, "Post comment"));
    CHECK(shell.find_beginning(Role::Alert, row.told) == nullptr);
    shell.answer(request(shell, "/comments").id, 201, posted("77", "Keep me."));
    CHECK(shell.articles().front() == "Comment by Ana");
    CHECK(shell.find(Role::TextArea, "Your comment")->value.empty());
  }
}

TEST_CASE("writing: a long wait is told in minutes, one second as one") {
  for (const auto& [seconds, told] :
       {std::pair{1, " in 1 second."}, std::pair{90, " in 90 seconds."},
        std::pair{91, " in 2 minutes."}, std::pair{0, " wait a moment"}}) {
    HeadlessShell shell(with_token());
    answer_page(shell, conversation());
    REQUIRE(shell.type("Your comment", "Again."));
    REQUIRE(shell.click(Role::Button, "Post comment"));
    shell.send(HttpResponse{
        .id = request(shell, "/comments").id, .status = 429, .retry_after = seconds, .body = {}});
    CHECK(shell.says(told));
  }
}

TEST_CASE(
    "writing: a post that the server has under another name is another post when sent again") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "Mine."));
  REQUIRE(shell.click(Role::Button, "Post comment"));
  const HttpRequest first = request(shell, "/comments");
  shell.fail(first.id, ErrorCode::TimedOut);
  REQUIRE(shell.type("Your name", "Ana Moreau"));
  REQUIRE(shell.click(Role::Button, "Post comment"));
  const HttpRequest second = request(shell, "/comments");
  CHECK(second.idempotency_key == first.idempotency_key);

  shell.answer(second.id, 409, failure(ErrorCode::IdempotencyConflict));
  REQUIRE(shell.click(Role::Button, "Post comment"));

  CHECK(request(shell, "/comments").idempotency_key != first.idempotency_key);
}

TEST_CASE("writing: what could not be sent without a network is offered when there is one again") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "From the train."));
  REQUIRE(shell.click(Role::Button, "Post comment"));
  const std::string key = request(shell, "/comments").idempotency_key;
  shell.fail(request(shell, "/comments").id, ErrorCode::Offline);
  CHECK(shell.find_beginning(Role::Alert, "You are offline.") != nullptr);

  shell.send(WentOnline{});

  CHECK(shell.requests().empty());
  CHECK(shell.find_beginning(Role::Alert, "You are offline.") == nullptr);
  CHECK(shell.find(Role::Status, "You are online again. This is not posted yet.") != nullptr);
  CHECK(shell.announced().back() == "You are online again. Your comment is not posted yet.");
  REQUIRE(shell.click(Role::Button, "Post comment"));
  CHECK(shell.find_beginning(Role::Status, "You are online again.") == nullptr);
  CHECK(request(shell, "/comments").idempotency_key == key);
}

TEST_CASE("writing: a network that comes back is no news to who waits for nothing") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "Hello"));

  shell.send(WentOnline{});

  CHECK(shell.announced().empty());
  CHECK(shell.find_beginning(Role::Status, "You are online") == nullptr);
}

TEST_CASE("writing: what pasting brings along unseen is not sent") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", std::string_view("From a\0 file\f.", 15)));

  REQUIRE(shell.click(Role::Button, "Post comment"));

  CHECK(request(shell, "/comments").body.find(R"("text":"From a file.")") != std::string::npos);
}

TEST_CASE("writing: how much room is left is said politely, at the edges only") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  for (const std::size_t size :
       {100, 9'400, 9'500, 9'501, 9'800, 9'950, 9'999, 10'000, 10'001, 10'002})
    REQUIRE(shell.type("Your comment", std::string(size, 'x')));

  CHECK(shell.announced() == std::vector<std::string>{"500 characters left", "50 characters left",
                                                      "1 character too many"});
}

TEST_CASE("writing: what was written before comments were closed can still be read") {
  HeadlessShell::Options options = with_token();
  options.storage["demo/draft/harbour/"] = "1699999000\n\nToo late?";
  HeadlessShell shell(options);
  ThreadPage closed = conversation();
  closed.thread.is_closed = true;

  answer_page(shell, closed);

  REQUIRE(shell.find(Role::TextArea, "Your comment") != nullptr);
  CHECK(shell.find(Role::TextArea, "Your comment")->value == "Too late?");
}

TEST_CASE("writing: the preview shows what is typed as it will be posted") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "**Never** again"));
  const SemanticNode* button = shell.find(Role::Button, "Preview");
  REQUIRE(button != nullptr);
  CHECK(button->expanded == Tristate::No);
  CHECK(shell.find(Role::Group, "Preview") == nullptr);

  REQUIRE(shell.click(Role::Button, "Preview"));
  CHECK(shell.find(Role::Button, "Preview")->expanded == Tristate::Yes);
  const SemanticNode* said = shell.find(Role::Text, "Never again");
  REQUIRE(said != nullptr);
  CHECK(said->parent == shell.find(Role::Group, "Preview")->id);
  REQUIRE(said->spans.size() == 1);
  CHECK(said->spans[0].style == kStrong);

  REQUIRE(shell.type("Your comment",
                     "> Who pays?\n\n- ||nobody||\n- see https://example.org/\n\n```\ncode\n```"));
  CHECK(shell.find(Role::Text, "Never again") == nullptr);
  CHECK(shell.find(Role::Quote, "") != nullptr);
  CHECK(shell.find(Role::Item, "• [spoiler]") != nullptr);
  CHECK(shell.find(Role::Text, "code")->face.family == FaceFamily::Mono);
  // The very same as in the thread.
  const auto texts_from = [&](NodeId first, NodeId last) {
    std::string texts;
    for (const SemanticNode& node : shell.frame().semantics->nodes())
      if (node.id >= first && node.id <= last) (texts += node.text) += '|';
    return texts;
  };
  const std::string previewed = texts_from(208, 239);
  REQUIRE(shell.click(Role::Button, "Post comment"));
  const std::string shown = texts_from(comment_part(3, 64), comment_part(3, 175));
  CHECK(previewed == shown);
}

TEST_CASE("writing: an empty preview says so; it stays with its reply, and goes with it") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.click(Role::Button, "Reply to Mei Tanaka"));
  REQUIRE(shell.click(Role::Button, "Preview"));
  CHECK(shell.says("Nothing to show yet."));

  REQUIRE(shell.type("Your reply", "~~Nobody~~ We do."));
  CHECK(shell.says("Nobody We do."));
  REQUIRE(shell.press_escape("Your reply"));

  CHECK(shell.find(Role::Group, "Preview") == nullptr);
}

TEST_CASE("writing: the preview stands clear of what is around it, at every width") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.click(Role::Button, "Reply to Idris Vale"));
  REQUIRE(shell.click(Role::Button, "Preview"));
  REQUIRE(shell.type("Your reply", "Wordsthatareverylongandhavenospace in **them**, and > more. " +
                                       std::string(300, 'x')));
  for (const float width : {280.0f, 360.0f, 480.0f, 720.0f, 1000.0f}) {
    CAPTURE(width);
    shell.resize(width);
    const Rect box = shell.find(Role::Group, "Preview")->rect;
    const Rect name = shell.find(Role::TextField, "Your name")->rect;
    const Rect field = shell.find(Role::TextArea, "Your reply")->rect;
    const Rect button = shell.find(Role::Button, "Preview")->rect;
    CHECK(button.y >= field.y + field.height);
    CHECK(box.y >= button.y + button.height);
    CHECK(name.y >= box.y + box.height);
    CHECK(button.x + button.width <= field.x + field.width);
    for (const SemanticNode* text : shell.all(Role::Text)) {
      if (text->text.find("verylong") == std::string_view::npos) continue;
      CHECK(text->rect.x > box.x);
      CHECK(text->rect.x + text->rect.width < box.x + box.width);
      CHECK(text->rect.y > box.y);
      CHECK(text->rect.y + text->rect.height < box.y + box.height);
    }
  }
}

TEST_CASE("writing: what Markdown there is is said in as much room as there is") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  shell.focus_on(shell.find(Role::TextArea, "Your comment")->id);
  CHECK(shell.find_beginning(Role::Text, "**bold**") != nullptr);
  CHECK(shell.says("||spoiler||"));

  shell.resize(280);
  CHECK(shell.find_beginning(Role::Text, "**bold**") != nullptr);
  CHECK_FALSE(shell.says("||spoiler||"));

  REQUIRE(shell.type("Your comment", std::string(9'700, 'x')));
  CHECK(shell.find_beginning(Role::Text, "**bold**") == nullptr);
  CHECK(shell.says("300 characters left"));
}

TEST_CASE("writing: fields say who fills them in, and the letters are never too small for phones") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  shell.focus_on(shell.find(Role::TextArea, "Your comment")->id);

  CHECK(shell.find(Role::TextField, "Your name")->autocomplete == "name");
  CHECK(shell.find(Role::TextField, "Your e-mail (optional)")->autocomplete == "email");
}

TEST_CASE("writing: the box grows with the text up to a bound, and opens no box that was closed") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  const auto height_after = [&](float natural) {
    const SemanticNode* field = shell.find(Role::TextArea, "Your comment");
    shell.send(SemanticAction{.node = field->id,
                              .kind = ActionKind::SetText,
                              .value = "Some text",
                              .natural_height = natural});
    return shell.find(Role::TextArea, "Your comment")->rect.height;
  };

  const float least = height_after(10);
  CHECK(height_after(200) == 200);
  const float most = height_after(5'000);
  CHECK(most > 300);
  CHECK(most < 600);
  CHECK(height_after(10) == least);

  REQUIRE(shell.press_escape("Your comment"));
  height_after(300);
  CHECK(shell.find(Role::Button, "Post comment") == nullptr);
}

TEST_CASE("writing: two clicks on Post send once") {
  HeadlessShell shell(with_token());
  answer_page(shell, conversation());
  REQUIRE(shell.type("Your comment", "Once."));
  const NodeId post = shell.find(Role::Button, "Post comment")->id;

  for (int click = 0; click < 2; ++click)
    shell.send(SemanticAction{.node = post, .kind = ActionKind::Activate});

  CHECK(shell.requests().size() == 1);
  CHECK(shell.find_beginning(Role::Alert, "Please") == nullptr);
}
