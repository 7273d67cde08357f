// Drafts in a storage that tabs share, that is refused, and that fills up.
#include "tests/unit/widget/fixture.h"
#include "widget/core/draft.h"

using namespace parlance;
using namespace parlance::test;

namespace {

constexpr const char* kKey = "demo/draft/harbour/";
constexpr const char* kNewer = "A newer draft of this was written in another tab.";
constexpr const char* kAnother = "Another draft of this is kept.";

HeadlessShell::Options reader(std::map<std::string, std::string> storage = {},
                              const char* entropy = "first-tab-entropy") {
  HeadlessShell::Options options;
  options.config.entropy = entropy;
  options.storage = std::move(storage);
  options.storage["demo/token"] = "kept";
  options.storage["demo/author"] = "Ana";
  return options;
}

// Two tabs of one browser, which hear of what the other one saves.
struct Tabs {
  HeadlessShell one{reader()};
  HeadlessShell other{reader({}, "other-tab-entropy")};

  Tabs() {
    answer_page(one, conversation());
    answer_page(other, conversation());
  }
  void hear() {
    for (bool has_more = true; has_more;) {
      const std::vector<Save> from_one = one.take_saved();
      const std::vector<Save> from_other = other.take_saved();
      for (const Save& save : from_one) other.saved_elsewhere(save);
      for (const Save& save : from_other) one.saved_elsewhere(save);
      has_more = !from_one.empty() || !from_other.empty();
    }
  }
  void type(HeadlessShell& tab, std::string_view text) {
    REQUIRE(tab.type("Your comment", text));
    hear();
  }
  void click(HeadlessShell& tab, std::string_view button) {
    tab.focus_on(tab.find(Role::TextArea, "Your comment")->id);
    REQUIRE(tab.click(Role::Button, button));
    hear();
  }
};

std::string_view text_of(HeadlessShell& shell) {
  return shell.find(Role::TextArea, "Your comment")->value;
}

bool offers(HeadlessShell& shell) { return shell.find(Role::Button, "Use it") != nullptr; }

// What a tab that is opened now shows, and whether it offers another draft.
struct Reopened {
  std::string text;
  bool offers = false;
};
Reopened reopened(const HeadlessShell& tab) {
  HeadlessShell fresh(reader(tab.storage(), "a-third-tab-entropy"));
  answer_page(fresh, conversation());
  return {std::string(text_of(fresh)), offers(fresh)};
}

std::string posted_text(const char* text) {
  Comment made = comment("77", "Ana", text);
  made.is_own = true;
  return wire::write_posted(made);
}

}  // namespace

TEST_CASE("drafts: a tab in which nobody has written shows what is written in the other one") {
  Tabs tabs;

  tabs.type(tabs.one, "Half a");
  CHECK(text_of(tabs.other) == "Half a");
  tabs.type(tabs.one, "Half a thought");

  CHECK(text_of(tabs.other) == "Half a thought");
  CHECK_FALSE(offers(tabs.other));
}

TEST_CASE(
    "drafts: what is written on elsewhere is offered where it was begun, and written over "
    "nowhere") {
  Tabs tabs;
  tabs.type(tabs.one, "Half a thought");

  tabs.one.set_now(1'700'000'060);
  tabs.other.set_now(1'700'000'060);
  tabs.other.draw();
  tabs.type(tabs.other, "Half a thought, and a half");

  CHECK(text_of(tabs.one) == "Half a thought");
  CHECK(tabs.one.find(Role::Status, kNewer) != nullptr);
  CHECK(tabs.one.announced().back() == kAnother);
  CHECK_FALSE(offers(tabs.other));
}

TEST_CASE("drafts: what the other tab writes within the same second is the newer one, too") {
  Tabs tabs;
  tabs.type(tabs.one, "Half a thought");

  tabs.type(tabs.other, "Half a thought, and a half");

  CHECK(tabs.one.find(Role::Status, kNewer) != nullptr);
}

TEST_CASE("drafts: the reader takes the other tab's, and it goes on from there") {
  Tabs tabs;
  tabs.type(tabs.one, "One");
  tabs.type(tabs.other, "One two");
  REQUIRE(offers(tabs.one));

  tabs.click(tabs.one, "Use it");

  CHECK(text_of(tabs.one) == "One two");
  CHECK(tabs.one.focused() == tabs.one.find(Role::TextArea, "Your comment")->id);
  CHECK_FALSE(offers(tabs.one));
  CHECK_FALSE(offers(tabs.other));
  tabs.type(tabs.other, "One two three");
  CHECK(text_of(tabs.one) == "One two three");
  CHECK(reopened(tabs.one).text == "One two three");
  CHECK_FALSE(reopened(tabs.one).offers);
}

TEST_CASE("drafts: the reader keeps their own, and the other tab is offered it") {
  Tabs tabs;
  tabs.type(tabs.one, "One");
  tabs.type(tabs.other, "Two");

  tabs.click(tabs.one, "Keep mine");

  CHECK(text_of(tabs.one) == "One");
  CHECK_FALSE(offers(tabs.one));
  CHECK(text_of(tabs.other) == "Two");
  CHECK(offers(tabs.other));
  CHECK(reopened(tabs.one).text == "One");
}

TEST_CASE("drafts: two tabs that both write lose nothing, even when both are closed") {
  Tabs tabs;
  tabs.type(tabs.one, "One");
  tabs.type(tabs.other, "Two");
  tabs.one.set_now(1'700'000'060);
  tabs.one.draw();
  tabs.type(tabs.one, "One, written on");
  REQUIRE(offers(tabs.one));
  REQUIRE(offers(tabs.other));

  HeadlessShell fresh(reader(tabs.one.storage(), "a-third-tab-entropy"));
  answer_page(fresh, conversation());

  CHECK(text_of(fresh) == "One, written on");
  CHECK(fresh.find(Role::Status, kAnother) != nullptr);
  REQUIRE(fresh.click(Role::Button, "Use it"));
  CHECK(text_of(fresh) == "Two");
}

TEST_CASE("drafts: each tab has the last words of its own") {
  Tabs tabs;
  tabs.type(tabs.one, "One");
  tabs.type(tabs.other, "Two");
  for (int turn = 0; turn < 3; ++turn) {
    tabs.type(tabs.one, "One " + std::to_string(turn));
    tabs.type(tabs.other, "Two " + std::to_string(turn));
  }

  CHECK(text_of(tabs.one) == "One 2");
  CHECK(text_of(tabs.other) == "Two 2");
  int kept = 0;
  for (const auto& [key, value] : tabs.one.storage()) kept += key.starts_with(kKey) ? 1 : 0;
  CHECK(kept == 2);
}

TEST_CASE("drafts: a post empties the other tab's box when it holds the same text") {
  Tabs tabs;
  tabs.type(tabs.one, "The same");
  REQUIRE(text_of(tabs.other) == "The same");
  tabs.click(tabs.one, "Post comment");
  CHECK(text_of(tabs.other) == "The same");

  tabs.one.answer(request(tabs.one, "/comments").id, 201, posted_text("The same"));
  tabs.hear();

  CHECK(text_of(tabs.other).empty());
  CHECK(reopened(tabs.other).text.empty());
}

TEST_CASE("drafts: a post leaves another text in the other tab alone") {
  Tabs tabs;
  tabs.type(tabs.one, "One");
  tabs.type(tabs.other, "Two");
  tabs.click(tabs.one, "Post comment");

  tabs.one.answer(request(tabs.one, "/comments").id, 201, posted_text("One"));
  tabs.hear();

  CHECK(text_of(tabs.other) == "Two");
  CHECK_FALSE(offers(tabs.other));
  CHECK(reopened(tabs.other).text == "Two");
}

TEST_CASE("drafts: posted from both tabs it is one post") {
  Tabs tabs;
  tabs.type(tabs.one, "Twice?");
  tabs.click(tabs.one, "Post comment");
  tabs.click(tabs.other, "Post comment");

  CHECK(request(tabs.one, "/comments").idempotency_key ==
        request(tabs.other, "/comments").idempotency_key);
}

TEST_CASE("drafts: what is deleted in one tab is not deleted in the other that has it open") {
  Tabs tabs;
  tabs.type(tabs.one, "Mine");
  tabs.type(tabs.other, "");

  CHECK(text_of(tabs.one) == "Mine");
  CHECK(text_of(tabs.other).empty());
  CHECK_FALSE(offers(tabs.other));
}

TEST_CASE("drafts: a post that fails in one tab goes on in both") {
  Tabs tabs;
  tabs.type(tabs.one, "Try");
  tabs.click(tabs.one, "Post comment");
  const std::string key = request(tabs.one, "/comments").idempotency_key;
  tabs.one.fail(request(tabs.one, "/comments").id, ErrorCode::NetworkFailed);
  tabs.hear();

  CHECK(text_of(tabs.one) == "Try");
  tabs.click(tabs.other, "Post comment");
  CHECK(request(tabs.other, "/comments").idempotency_key == key);
}

TEST_CASE("drafts: replies are kept apart from comments, threads from threads") {
  HeadlessShell shell(reader({{"demo/draft/harbour/3", "1699999000\n\nA reply"},
                              {"demo/draft/harbour/2\nslot-1", "1699999000\n\nAnother reply"},
                              {"demo/draft/lighthouse/", "1699999000\n\nElsewhere"},
                              {"other/draft/harbour/", "1699999000\n\nOther site"}}));
  answer_page(shell, conversation());

  CHECK(text_of(shell).empty());
  std::vector<std::string> replies;
  for (const SemanticNode* node : shell.all(Role::TextArea))
    if (!node->value.empty()) replies.emplace_back(node->value);
  CHECK(replies.size() == 2);
}

TEST_CASE("drafts: old ones go after thirty days, and too many go oldest first") {
  const auto day = 24 * 3'600;
  const auto now = 1'700'000'000;
  std::map<std::string, std::string> storage = {
      {"demo/draft/harbour/", std::to_string(now - 31 * day) + "\n\nLong ago"},
      {"demo/draft/quay/", std::to_string(now - 29 * day) + "\n\nNot so long ago"},
      {"demo/draft/pier/", "\n\nNobody knows when"}};
  HeadlessShell shell(reader(storage));
  answer_page(shell, conversation());
  CHECK(text_of(shell).empty());
  CHECK_FALSE(shell.storage().contains("demo/draft/harbour/"));
  CHECK(shell.storage().contains("demo/draft/quay/"));
  CHECK(shell.storage().contains("demo/draft/pier/"));

  for (int i = 0; i < 60; ++i)
    storage["demo/draft/t" + std::to_string(i) + "/"] = std::to_string(now - i) + "\n\nOne of many";
  HeadlessShell many(reader(storage));
  int kept = 0;
  for (const auto& [key, value] : many.storage()) kept += key.starts_with("demo/draft/") ? 1 : 0;
  CHECK(kept == 50);
  CHECK(many.storage().contains("demo/draft/t0/"));
  CHECK_FALSE(many.storage().contains("demo/draft/t59/"));
  CHECK_FALSE(many.storage().contains("demo/draft/quay/"));
}

TEST_CASE("drafts: a storage that is refused costs only the keeping, and is told once") {
  constexpr const char* kTold =
      "Your browser does not keep drafts. Post this before you leave the page.";
  HeadlessShell::Options options = reader();
  options.refuses_storage = true;
  HeadlessShell shell(options);
  answer_page(shell, conversation());
  CHECK(shell.find(Role::Status, kTold) == nullptr);

  REQUIRE(shell.type("Your comment", "Not kept"));
  CHECK(shell.find(Role::Status, kTold) != nullptr);
  REQUIRE(shell.type("Your comment", "Not kept either"));
  CHECK(shell.find(Role::Status, kTold) != nullptr);
  REQUIRE(shell.click(Role::Button, "Post comment"));
  shell.answer(request(shell, "/comments").id, 201, posted_text("Not kept either"));
  CHECK(shell.articles().front() == "Comment by Ana");

  REQUIRE(shell.type("Your comment", "A second one"));
  CHECK(shell.find(Role::Status, kTold) == nullptr);
}

TEST_CASE("drafts: what nobody could post any more is not kept, and says so") {
  HeadlessShell shell(reader());
  answer_page(shell, conversation());

  REQUIRE(shell.type("Your comment", std::string(kMaxKeptDraftBytes + 1, 'x')));

  CHECK_FALSE(shell.storage().contains(kKey));
  CHECK(shell.find_beginning(Role::Status, "Your browser does not keep") != nullptr);
}
