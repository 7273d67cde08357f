#include <cmath>

#include "tests/unit/widget/fixture.h"

using namespace parlance;
using namespace parlance::test;

namespace {

constexpr const char* kEvent = "db.41";

// The conversation, on a server that tells what happens.
ThreadPage live_page(ThreadPage made = conversation()) {
  made.last_event = kEvent;
  return made;
}

// What the stream tells: comments, and how many there are with them.
std::string changes(std::vector<Comment> comments, int count, std::vector<Comment> scores = {}) {
  ThreadChanges made;
  made.thread = {.key = "harbour", .title = "Harbour", .comment_count = count, .root_count = 2};
  made.comments = std::move(comments);
  made.scores = std::move(scores);
  return wire::write_changes(made);
}

Comment new_root(std::string id, std::string author = "Ana Moreau") {
  Comment made = comment(std::move(id), std::move(author), "Has anybody asked the crew?");
  made.created += 7'200;
  return made;
}

Comment reply(std::string id, std::string author, std::string parent) {
  Comment made = new_root(std::move(id), std::move(author));
  made.parent = std::move(parent);
  return made;
}

Comment gone(std::string id) {
  Comment made;
  made.id = std::move(id);
  made.status = CommentStatus::Deleted;
  return made;
}

HeadlessShell::Options as_guest() {
  HeadlessShell::Options options;
  options.storage["demo/token"] = "kept";
  return options;
}

// Where the article begins in the window.
double in_window(const HeadlessShell& shell, std::string_view article) {
  const SemanticNode* const node = shell.find(Role::Article, article);
  REQUIRE(node != nullptr);
  return node->rect.y - shell.scroll_top();
}

// Comments by Reader 0 to 59, tall enough to be scrolled through.
ThreadPage long_thread() {
  std::vector<Comment> many;
  for (int i = 0; i < 60; ++i) {
    Comment one = comment("r" + std::to_string(i), "Reader " + std::to_string(i),
                          std::string("Some words about the ferry. ") + std::string(300, 'o'));
    one.up = 100 - i;
    many.push_back(one);
  }
  return live_page(page(many));
}

std::string score_of(HeadlessShell& shell, const std::string& author) {
  const SemanticNode* const group = shell.find(Role::Button, "Upvote comment by " + author);
  REQUIRE(group != nullptr);
  for (const SemanticNode* node : shell.all(Role::Text)) {
    if (node->parent == group->parent) return std::string(node->text);
  }
  return {};
}

}  // namespace

TEST_CASE("live: listens from where the page ends, once") {
  HeadlessShell shell;
  CHECK(shell.stream().path.empty());

  answer_page(shell, live_page());

  CHECK(shell.stream().path == "/v1/sites/demo/threads/harbour/events");
  CHECK(shell.stream().after == kEvent);
}

TEST_CASE("live: asks for no stream where the server tells of none") {
  HeadlessShell shell;

  answer_page(shell, conversation());

  CHECK(shell.stream().path.empty());
}

TEST_CASE("live: a comment that arrives waits behind a button, and nothing moves") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  const double before = in_window(shell, "Comment by Mei Tanaka");

  shell.hear(changes({new_root("9")}, 4));

  CHECK(shell.articles().size() == 3);
  CHECK_FALSE(shell.says("Has anybody asked the crew?"));
  CHECK(shell.find(Role::Heading, "4 comments") != nullptr);
  CHECK(shell.find(Role::Button, "1 new comment") != nullptr);
  CHECK(in_window(shell, "Comment by Mei Tanaka") == before);
  CHECK(shell.announced() == std::vector<std::string>{"1 new comment."});
}

TEST_CASE("live: the button shows what is new in its place, and leads there") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  shell.hear(changes({new_root("9"), reply("10", "Tove Lind", "1")}, 5));

  REQUIRE(shell.click(Role::Button, "2 new comments"));

  CHECK(shell.articles() ==
        std::vector<std::string>{"Comment by Mei Tanaka", "Comment by Rosa Quint",
                                 "Reply by Idris Vale to Rosa Quint",
                                 "Reply by Tove Lind to Rosa Quint", "Comment by Ana Moreau"});
  CHECK(shell.find_beginning(Role::Button, "2 new") == nullptr);
  const SemanticNode* first = shell.find(Role::Article, "Reply by Tove Lind to Rosa Quint");
  CHECK(shell.focused() == first->id);
  CHECK(shell.says("New"));
}

TEST_CASE("live: new comments stand where the order has them") {
  const std::pair<const char*, std::size_t> orders[] = {{"Newest", 0}, {"Oldest", 3}};
  for (const auto& [order, place] : orders) {
    CAPTURE(order);
    HeadlessShell shell;
    answer_page(shell, live_page());
    REQUIRE(shell.click(Role::Button, order));
    shell.hear(changes({new_root("9")}, 4));

    REQUIRE(shell.click(Role::Button, "1 new comment"));

    CHECK(shell.articles()[place] == "Comment by Ana Moreau");
  }
}

TEST_CASE("live: the latest ones shown are marked as new") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  const auto marks = [&] {
    int count = 0;
    for (const SemanticNode* node : shell.all(Role::Text)) count += node->text == "New";
    return count;
  };
  shell.hear(changes({new_root("9"), new_root("10", "Tove Lind")}, 5));
  REQUIRE(shell.click(Role::Button, "2 new comments"));
  CHECK(marks() == 2);

  shell.hear(changes({new_root("11", "Kev Dunmore")}, 6));
  REQUIRE(shell.click(Role::Button, "1 new comment"));

  CHECK(marks() == 1);
}

TEST_CASE("live: a burst is announced once, the next one again") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  for (int i = 0; i < 5; ++i) shell.hear(changes({new_root("n" + std::to_string(i))}, 4 + i));
  CHECK(shell.announced() == std::vector<std::string>{"1 new comment."});
  CHECK(shell.find(Role::Button, "5 new comments") != nullptr);

  shell.set_now(1'700'000'000 + 120);
  shell.send(Woken{});
  shell.hear(changes({new_root("later")}, 9));

  CHECK(shell.announced().back() == "6 new comments.");
  CHECK(shell.announced().size() == 2);
}

TEST_CASE("live: what is told twice is counted and announced once") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  for (int i = 0; i < 3; ++i) shell.hear(changes({new_root("9")}, 4));

  CHECK(shell.find(Role::Button, "1 new comment") != nullptr);
  CHECK(shell.announced().size() == 1);
}

TEST_CASE("live: a reply is said by whom it answers, and at the comment that it answers") {
  HeadlessShell shell;
  answer_page(shell, live_page());

  shell.hear(changes({reply("9", "Tove Lind", "2")}, 4));

  CHECK(shell.announced().back() == "1 new reply to Idris Vale.");
  REQUIRE(shell.click(Role::Button, "1 new reply to Idris Vale"));
  CHECK(shell.articles().back() == "Reply by Tove Lind to Idris Vale");
  CHECK(shell.find_beginning(Role::Button, "1 new") == nullptr);
}

TEST_CASE("live: replies to what waits itself come with it, wherever they were told") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  shell.hear(changes({reply("9", "Tove Lind", "1")}, 4));
  shell.hear(changes({reply("10", "Kev Dunmore", "9")}, 5));

  REQUIRE(shell.click(Role::Button, "2 new replies to Rosa Quint"));

  CHECK(shell.articles().back() == "Reply by Kev Dunmore to Tove Lind");
}

TEST_CASE("live: a reply that is shown moves nothing that is being read") {
  HeadlessShell shell;
  answer_page(shell, long_thread());
  shell.scroll_to(3'000);
  const std::string read = shell.articles()[6];
  const double before = in_window(shell, read);
  shell.hear(changes({new_root("9"), reply("10", "Tove Lind", "r1")}, 62));
  CHECK(in_window(shell, read) == before);

  shell.hear(changes({}, 62, {{.id = "r2", .up = 7, .down = 1}}));

  CHECK(in_window(shell, read) == before);
}

TEST_CASE("live: an edit above the reader moves nothing, and the text is the new one") {
  HeadlessShell shell;
  answer_page(shell, long_thread());
  shell.scroll_to(3'000);
  const std::vector<std::string> drawn = shell.articles();
  const std::string read = drawn[8];
  const double before = in_window(shell, read);
  Comment edited = long_thread().comments[std::stoul(drawn[0].substr(18))];
  edited.text = std::string(2'000, 'x') + " and a new end.";

  shell.hear(changes({edited}, 60));

  CHECK(shell.says("and a new end."));
  CHECK(std::abs(in_window(shell, read) - before) <= 1);
  CHECK(shell.forgotten().size() == 1);
}

TEST_CASE("live: what is deleted above the reader becomes a placeholder, and nothing moves") {
  HeadlessShell shell;
  answer_page(shell, long_thread());
  shell.scroll_to(3'000);
  const std::string read = shell.articles()[8];
  const double before = in_window(shell, read);
  const std::string author = shell.articles()[2].substr(18);

  shell.hear(changes({gone("r" + author)}, 59));

  CHECK(shell.says("This comment was deleted."));
  CHECK_FALSE(shell.find(Role::Article, "Comment by Reader " + author));
  CHECK(std::abs(in_window(shell, read) - before) <= 1);
  CHECK(shell.find(Role::Heading, "59 comments") != nullptr);
}

TEST_CASE("live: when the comment at the window's edge is deleted, the next one stays") {
  HeadlessShell shell;
  answer_page(shell, long_thread());
  const SemanticNode* at_edge = shell.find(Role::Article, "Comment by Reader 3");
  shell.scroll_to(at_edge->rect.y + 40);
  const double before = in_window(shell, "Comment by Reader 4");

  shell.hear(changes({gone("r3")}, 59));

  CHECK(std::abs(in_window(shell, "Comment by Reader 4") - before) <= 1);
}

TEST_CASE("live: an edit keeps what only this reader sees") {
  HeadlessShell shell;
  ThreadPage made = conversation();
  made.comments[0].vote = Vote::Up;
  made.comments[1].is_own = true;
  answer_page(shell, live_page(made));
  Comment mei = made.comments[0];
  mei.vote = Vote::None;
  mei.text = "Who pays for the ferry?";
  Comment rosa = made.comments[1];
  rosa.is_own = false;

  shell.hear(changes({mei, rosa}, 3));

  CHECK(shell.says("Who pays for the ferry?"));
  CHECK(shell.find(Role::Button, "Upvote comment by Mei Tanaka")->pressed == Tristate::Yes);
  CHECK(shell.find(Role::Button, "Upvote comment by Rosa Quint")->is_disabled);
  CHECK(shell.announced().empty());
}

TEST_CASE("live: what goes before it was shown is not counted any more") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  shell.hear(changes({new_root("9"), reply("10", "Tove Lind", "9")}, 5));

  shell.hear(changes({gone("9")}, 4));
  REQUIRE(shell.click(Role::Button, "1 new comment"));

  // Its reply stays, and has to answer something.
  CHECK(shell.articles().back() == "Reply by Tove Lind to Deleted");
}

TEST_CASE("live: comments that nobody may see yet are not shown") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  Comment pending = new_root("9");
  pending.status = CommentStatus::Pending;
  Comment spam = comment("1", "Spammer", "Buy a boat");
  spam.status = CommentStatus::Spam;

  shell.hear(changes({pending, spam, gone("404")}, 3));

  CHECK(shell.articles().size() == 3);
  CHECK(shell.find(Role::Article, "Comment by Rosa Quint") != nullptr);
  CHECK(shell.find_beginning(Role::Button, "1 new") == nullptr);
  CHECK(shell.announced().empty());
}

TEST_CASE("live: scores change in place, but not while a vote waits") {
  HeadlessShell shell(as_guest());
  answer_page(shell, live_page());
  shell.hear(changes({}, 3, {{.id = "1", .up = 20}, {.id = "3", .up = 1}, {.id = "404", .up = 5}}));
  CHECK(score_of(shell, "Rosa Quint") == "20");
  CHECK(score_of(shell, "Mei Tanaka") == "1");
  CHECK(shell.articles().front() == "Comment by Mei Tanaka");

  REQUIRE(shell.click(Role::Button, "Upvote comment by Rosa Quint"));
  CHECK(score_of(shell, "Rosa Quint") == "21");
  shell.hear(changes({}, 3, {{.id = "1", .up = 30}}));
  CHECK(score_of(shell, "Rosa Quint") == "21");
  shell.answer(request(shell, "/vote").id, 200,
               wire::write_vote_result({.id = "1", .up = 31, .down = 0, .vote = Vote::Up}));
  CHECK(score_of(shell, "Rosa Quint") == "31");

  shell.hear(changes({}, 3, {{.id = "1", .up = 32}}));
  CHECK(score_of(shell, "Rosa Quint") == "32");
}

TEST_CASE("live: the reader's own post is there once, whoever tells of it first") {
  for (const bool is_stream_first : {true, false}) {
    CAPTURE(is_stream_first);
    HeadlessShell shell(as_guest());
    answer_page(shell, live_page());
    REQUIRE(shell.type("Your comment", "I asked them."));
    REQUIRE(shell.type("Your name", "Noor Haddad"));
    REQUIRE(shell.click(Role::Button, "Post comment"));
    CHECK(shell.find(Role::Heading, "4 comments") != nullptr);
    Comment posted = comment("77", "Noor Haddad", "I asked them.");
    const std::string told = changes({posted}, 4);
    posted.is_own = true;

    if (is_stream_first) shell.hear(told);
    shell.answer(request(shell, "/comments").id, 201, wire::write_posted(posted));
    if (!is_stream_first) shell.hear(told);

    CHECK(shell.articles().size() == 4);
    CHECK(shell.find(Role::Heading, "4 comments") != nullptr);
    CHECK(shell.find_beginning(Role::Button, "1 new") == nullptr);
    CHECK(shell.announced() == std::vector<std::string>{"Your comment was posted."});
    CHECK(shell.find(Role::Button, "Upvote comment by Noor Haddad")->is_disabled);
  }
}

TEST_CASE("live: what others write while the reader's own is on its way is told after it") {
  HeadlessShell shell(as_guest());
  answer_page(shell, live_page());
  REQUIRE(shell.type("Your comment", "I asked them."));
  REQUIRE(shell.type("Your name", "Noor Haddad"));
  REQUIRE(shell.click(Role::Button, "Post comment"));
  shell.hear(changes({new_root("9")}, 4));

  shell.fail(request(shell, "/comments").id, ErrorCode::NetworkFailed);

  CHECK(shell.find(Role::Button, "1 new comment") != nullptr);
  CHECK(shell.find(Role::Heading, "4 comments") != nullptr);
}

TEST_CASE("live: a post that got through unheard is not there twice when it is sent again") {
  HeadlessShell shell(as_guest());
  answer_page(shell, live_page());
  REQUIRE(shell.type("Your comment", "I asked them."));
  REQUIRE(shell.type("Your name", "Noor Haddad"));
  REQUIRE(shell.click(Role::Button, "Post comment"));
  shell.fail(request(shell, "/comments").id, ErrorCode::TimedOut);
  Comment posted = comment("77", "Noor Haddad", "I asked them.");
  shell.hear(changes({posted}, 4));

  REQUIRE(shell.click(Role::Button, "Post comment"));
  posted.is_own = true;
  shell.answer(request(shell, "/comments").id, 201, wire::write_posted(posted));

  CHECK(shell.articles().size() == 4);
  CHECK(shell.find(Role::Heading, "4 comments") != nullptr);
  CHECK(shell.find_beginning(Role::Button, "1 new") == nullptr);
}

TEST_CASE("live: the count says what the reader sees of their own, too") {
  HeadlessShell shell;
  ThreadPage made = conversation();
  Comment own = comment("8", "Noor Haddad", "Wait for me.");
  own.is_own = true;
  own.status = CommentStatus::Pending;
  made.comments.push_back(own);
  made.thread.comment_count = 4;
  answer_page(shell, live_page(made));

  shell.hear(changes({new_root("9")}, 4));
  CHECK(shell.find(Role::Heading, "5 comments") != nullptr);
  own.status = CommentStatus::Approved;
  own.is_own = false;
  shell.hear(changes({own}, 5));

  CHECK(shell.find(Role::Heading, "5 comments") != nullptr);
  CHECK_FALSE(shell.says("Waiting for approval"));
  CHECK(shell.find(Role::Button, "1 new comment") != nullptr);
}

TEST_CASE("live: what is folded away is not announced, and is there when it is unfolded") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  REQUIRE(shell.click(Role::Button, "Hide comment by Rosa Quint"));

  shell.hear(changes({reply("9", "Tove Lind", "1")}, 4));
  CHECK(shell.find_beginning(Role::Button, "1 new") == nullptr);
  CHECK(shell.announced().empty());
  REQUIRE(shell.click(Role::Button, "Show comment by Rosa Quint"));

  CHECK(shell.find(Role::Button, "1 new comment") != nullptr);
  CHECK(shell.find(Role::Button, "1 new reply to Rosa Quint") != nullptr);
}

TEST_CASE("live: a reply to what is not loaded yet waits for its page") {
  HeadlessShell shell;
  ThreadPage first = conversation();
  first.next_cursor = "c1";
  answer_page(shell, live_page(first));
  shell.hear(changes({reply("9", "Tove Lind", "20"), reply("10", "Kev Dunmore", "21")}, 6));
  CHECK(shell.find_beginning(Role::Button, "1 new") == nullptr);

  // Older than what was told of the first root, and newer than what was told of the second.
  answer_page(shell,
              page({comment("20", "Ana Moreau", "Down here."),
                    comment("21", "Ben Okoro", "And here."), reply("10", "Kev Dunmore", "21")}));

  CHECK(shell.find(Role::Button, "1 new reply to Ana Moreau") != nullptr);
  CHECK(shell.find(Role::Article, "Reply by Kev Dunmore to Ben Okoro") != nullptr);
  CHECK(shell.find(Role::Button, "1 new comment") != nullptr);
}

TEST_CASE("live: a permalink to a comment that waits shows it") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  shell.hear(changes({new_root("9")}, 4));

  shell.send(RevealComment{"9"});

  CHECK(shell.says("Has anybody asked the crew?"));
  CHECK(shell.find_beginning(Role::Button, "1 new") == nullptr);
}

TEST_CASE("live: another order brings what waits with its pages") {
  HeadlessShell shell;
  ThreadPage first = conversation();
  first.next_cursor = "c1";
  answer_page(shell, live_page(first));
  shell.hear(changes({new_root("9"), new_root("10", "Tove Lind")}, 5));
  REQUIRE(shell.find(Role::Button, "2 new comments") != nullptr);

  REQUIRE(shell.click(Role::Button, "Newest"));
  ThreadPage newest = page({new_root("9"), conversation().comments[0]}, "c2");
  newest.sort = SortOrder::Newest;
  shell.answer(request(shell, "sort=newest").id, 200, wire::write_thread_page(newest));

  CHECK(shell.articles().front() == "Comment by Ana Moreau");
  CHECK(shell.find(Role::Button, "1 new comment") != nullptr);
  // Nothing that the new order has not loaded yet can be answered in view.
  shell.hear(changes({reply("11", "Kev Dunmore", "1")}, 6));
  CHECK(shell.find(Role::Button, "1 new comment") != nullptr);
}

TEST_CASE("live: after a reset the page is read again, and what was missed waits") {
  HeadlessShell shell;
  answer_page(shell, live_page());

  shell.hear_reset();
  const HttpRequest asked = request(shell, "sort=votes&limit=50");
  CHECK(shell.articles().size() == 3);
  // What comes meanwhile may be newer than that page.
  shell.hear(changes({new_root("10", "Tove Lind")}, 4));
  ThreadPage now = page({conversation().comments[0], new_root("9")});
  now.comments[0].text = "Who pays for it now?";
  shell.answer(asked.id, 200, wire::write_thread_page(now));

  CHECK(shell.says("Who pays for it now?"));
  CHECK(shell.find(Role::Button, "2 new comments") != nullptr);
  // Rosa's is not on it any more, nor what answered it.
  CHECK(shell.find(Role::Article, "Comment by Rosa Quint") == nullptr);
  CHECK(shell.find(Role::Article, "Reply by Deleted to Deleted") != nullptr);
  CHECK(shell.find(Role::Heading, "4 comments") != nullptr);
  CHECK(shell.announced().back() == "2 new comments.");
}

TEST_CASE("live: a reset keeps the reader's place, their page and what is below it") {
  HeadlessShell shell;
  ThreadPage made = long_thread();
  made.next_cursor = "c1";
  answer_page(shell, made);
  shell.scroll_to(3'000);
  const std::string read = shell.articles()[8];
  const double before = in_window(shell, read);

  shell.hear_reset();
  std::vector<Comment> now(made.comments.begin(), made.comments.begin() + 50);
  now.push_back(new_root("9"));
  shell.answer(request(shell, "sort=votes&limit=60").id, 200,
               wire::write_thread_page(page(now, "c0")));
  shell.answer(request(shell, "sort=newest&limit=50").id, 200,
               wire::write_thread_page(page({new_root("9"), new_root("10")}, "n0")));

  CHECK(in_window(shell, read) == before);
  CHECK(shell.find(Role::Button, "2 new comments") != nullptr);
  shell.scroll_to(100'000);
  CHECK(request(shell, "cursor=c1").path.find("sort=votes") != std::string::npos);
}

TEST_CASE("live: what cannot be understood is missed, and the page is not asked for all the time") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  for (const char* nonsense : {"", "{", "null", "[]", R"({"thread":5})", "{\"comments\":[]}"})
    shell.hear(nonsense);

  CHECK(shell.requests().size() == 1);
  shell.answer(request(shell, "limit=50").id, 200, wire::write_thread_page(conversation()));
  CHECK(shell.requests().empty());
  shell.set_now(1'700'000'000 + 60);
  shell.draw();
  shell.send(Woken{});

  CHECK(shell.requests().size() == 1);
  CHECK(shell.articles().size() == 3);
}

TEST_CASE("live: a catch-up that fails is tried again later") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  shell.hear_reset();
  shell.fail(request(shell, "limit=50").id, ErrorCode::NetworkFailed);
  CHECK(shell.requests().empty());
  CHECK(shell.announced().empty());

  shell.set_now(1'700'000'000 + 60);
  shell.draw();
  shell.send(WentOnline{});

  CHECK(shell.requests().size() == 1);
}

TEST_CASE("live: another thread's events are nothing to this one") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  ThreadChanges made;
  made.thread = {.key = "observatory", .title = "", .comment_count = 90, .root_count = 2};
  made.comments = {new_root("9")};

  shell.hear(wire::write_changes(made));

  CHECK(shell.find(Role::Heading, "3 comments") != nullptr);
  CHECK(shell.find_beginning(Role::Button, "1 new") == nullptr);
}

TEST_CASE("live: a stream that has ended for good is asked for again with the next order") {
  HeadlessShell shell;
  ThreadPage first = conversation();
  first.next_cursor = "c1";
  answer_page(shell, live_page(first));
  shell.send(StreamEnded{});
  CHECK(shell.articles().size() == 3);

  REQUIRE(shell.click(Role::Button, "Oldest"));
  ThreadPage oldest = live_page();
  oldest.last_event = "db.50";
  oldest.sort = SortOrder::Oldest;
  shell.answer(request(shell, "sort=oldest").id, 200, wire::write_thread_page(oldest));

  CHECK(shell.stream().after == "db.50");
}

TEST_CASE("live: a flood is bounded, and nothing of it is lost") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  std::vector<Comment> flood;
  for (int i = 0; i < 700; ++i) flood.push_back(new_root("f" + std::to_string(i)));
  shell.hear(changes(flood, 703));
  CHECK(shell.find(Role::Button, "500+ new comments") != nullptr);
  CHECK(shell.requests().empty());

  REQUIRE(shell.click(Role::Button, "500+ new comments"));

  CHECK(request(shell, "limit=500").path.find("sort=votes") != std::string::npos);
}

TEST_CASE("live: the plain view shows it, too") {
  HeadlessShell shell;
  shell.set_plain(true);
  answer_page(shell, live_page());
  shell.hear(changes({new_root("9")}, 4));

  REQUIRE(shell.click(Role::Button, "1 new comment"));

  CHECK(shell.says("Has anybody asked the crew?"));
}

TEST_CASE("live: the button finds room at every width without moving what is below it") {
  for (const float width : {280.0f, 320.0f, 360.0f, 480.0f, 600.0f, 720.0f, 1'100.0f}) {
    CAPTURE(width);
    HeadlessShell::Options options;
    options.width = width;
    HeadlessShell shell(options);
    ThreadPage made = live_page();
    made.thread.comment_count = 12'345;
    answer_page(shell, made);
    const double before = in_window(shell, "Comment by Mei Tanaka");

    shell.hear(changes({new_root("9"), new_root("10", "Tove Lind")}, 12'347));

    CHECK(in_window(shell, "Comment by Mei Tanaka") == before);
    const SemanticNode* const button = shell.find(Role::Button, "2 new comments");
    REQUIRE(button != nullptr);
    const Rect& box = button->rect;
    CHECK(box.x >= 0);
    CHECK(box.x + box.width <= width);
    for (const char* other : {"Best", "Most voted", "Newest", "Oldest", "Plain view"}) {
      const Rect& there = shell.find(Role::Button, other)->rect;
      const bool is_apart = box.x + box.width <= there.x || there.x + there.width <= box.x ||
                            box.y + box.height <= there.y || there.y + there.height <= box.y;
      CHECK_MESSAGE(is_apart, other);
    }
  }
}

TEST_CASE("live: a thread that is closed meanwhile says so") {
  HeadlessShell shell;
  answer_page(shell, live_page());
  ThreadChanges made;
  made.thread = {.key = "harbour", .title = "", .is_closed = true, .comment_count = 3};

  shell.hear(wire::write_changes(made));

  CHECK(shell.says("Comments are closed."));
}
