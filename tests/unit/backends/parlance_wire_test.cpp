#include "widget/backends/parlance_wire.h"

#include <doctest/doctest.h>

#include <string>

#include "widget/core/limits.h"

using namespace parlance;
using namespace std::string_literals;

namespace {

Comment full_comment() {
  Comment comment;
  comment.id = "c2";
  comment.parent = "c1";
  comment.author = "Ada “Countess” 中";
  comment.avatar_url = "https://example.org/a.png";
  comment.text = "Line one\n\"two\" \\ 😀";
  comment.created = 1'700'000'000;
  comment.up = 12;
  comment.down = 3;
  comment.vote = Vote::Down;
  comment.status = CommentStatus::Pending;
  comment.is_own = true;
  comment.is_pinned = true;
  return comment;
}

Comment plain_comment() {
  Comment comment;
  comment.id = "c1";
  comment.author = "Bo";
  comment.text = "Hi";
  return comment;
}

void check_same(const Comment& a, const Comment& b) {
  CHECK(a.id == b.id);
  CHECK(a.parent == b.parent);
  CHECK(a.author == b.author);
  CHECK(a.avatar_url == b.avatar_url);
  CHECK(a.text == b.text);
  CHECK(a.created == b.created);
  CHECK(a.up == b.up);
  CHECK(a.down == b.down);
  CHECK(a.vote == b.vote);
  CHECK(a.status == b.status);
  CHECK(a.is_own == b.is_own);
  CHECK(a.is_pinned == b.is_pinned);
}

ThreadPage full_page() {
  ThreadPage page;
  page.thread = {"key/1", "A “title”", true, 2, 1};
  page.sort = SortOrder::Oldest;
  page.comments = {plain_comment(), full_comment()};
  page.next_cursor = "abc";
  return page;
}

const std::string kComment = R"({"id":"1","author":"A","created":5,"text":"T","up":1,"down":0})";
const std::string kThread =
    R"("thread":{"key":"k","title":"","closed":false,"comments":1,"roots":1})";

std::string page_of(const std::string& comments, const std::string& rest = "") {
  return "{" + kThread + R"(,"sort":"votes","comments":[)" + comments + R"(],"next":null)" + rest +
         "}";
}

std::string with(const std::string& member) {
  return kComment.substr(0, kComment.size() - 1) + "," + member + "}";
}

}  // namespace

TEST_CASE("wire: changes read back as they were written") {
  ThreadChanges changes;
  changes.thread = {"key/1", "A “title”", true, 2, 1};
  changes.comments = {plain_comment(), full_comment()};
  changes.scores = {{.id = "c9", .up = 4, .down = 1}};

  const auto read = wire::read_changes(wire::write_changes(changes));

  REQUIRE(read.has_value());
  CHECK(read->thread.is_closed);
  CHECK(read->thread.comment_count == 2);
  REQUIRE(read->comments.size() == 2);
  check_same(read->comments[1], full_comment());
  REQUIRE(read->scores.size() == 1);
  check_same(read->scores[0], changes.scores[0]);
}

TEST_CASE("wire: changes that lack something are refused, and pages take no scores") {
  const std::string score = R"({"id":"1","up":2,"down":0})";
  for (const std::string& good :
       {R"("comments":[],"scores":[])" + std::string(), R"("comments":[],"scores":[)" + score + "]",
        R"("scores":[)" + score + R"(],"comments":[)" + kComment + R"(],"new":[{}])"}) {
    CAPTURE(good);
    CHECK(wire::read_changes("{" + kThread + "," + good + "}").has_value());
  }
  for (const std::string& bad :
       {std::string(), R"("comments":[],"scores":[{"id":"1"}])" + std::string(),
        R"("comments":[],"scores":{})" + std::string(), R"("scores":[])" + std::string()}) {
    CAPTURE(bad);
    CHECK_FALSE(
        wire::read_changes("{" + kThread + (bad.empty() ? "" : ",") + bad + "}").has_value());
  }
  const auto partly =
      wire::read_changes("{" + kThread + R"(,"comments":[)" + score + R"(],"scores":[1]})");
  REQUIRE(partly.has_value());
  CHECK(partly->comments.empty());
  CHECK(partly->scores.empty());
  const auto page = wire::read_thread_page(page_of(kComment, R"(,"scores":[1],"event":"db.3")"));
  REQUIRE(page.has_value());
  CHECK(page->last_event == "db.3");
  CHECK_FALSE(wire::read_thread_page(page_of("", R"(,"event":3)")).has_value());
  CHECK_FALSE(wire::read_thread_page(page_of("", R"(,"event":")" + std::string(65, 'x') + "\""))
                  .has_value());
}

TEST_CASE("wire: a page reads back as it was written") {
  const ThreadPage page = full_page();

  const auto read = wire::read_thread_page(wire::write_thread_page(page));

  REQUIRE(read.has_value());
  CHECK(read->thread.key == page.thread.key);
  CHECK(read->thread.title == page.thread.title);
  CHECK(read->thread.is_closed);
  CHECK(read->thread.comment_count == 2);
  CHECK(read->thread.root_count == 1);
  CHECK(read->sort == SortOrder::Oldest);
  CHECK(read->next_cursor == "abc");
  REQUIRE(read->comments.size() == 2);
  check_same(read->comments[0], page.comments[0]);
  check_same(read->comments[1], page.comments[1]);
}

TEST_CASE("wire: usual values of a comment are left out") {
  ThreadPage page;
  page.thread.key = "k";
  page.comments = {plain_comment()};

  CHECK(
      wire::write_thread_page(page) ==
      R"({"thread":{"key":"k","title":"","closed":false,"comments":0,"roots":0},"sort":"votes",)"
      R"("comments":[{"id":"c1","author":"Bo","created":0,"text":"Hi","up":0,"down":0}],"next":null})");
}

TEST_CASE("wire: a page cut anywhere is an error and nothing worse") {
  const std::string json = wire::write_thread_page(full_page());
  for (std::size_t size = 0; size < json.size(); ++size) {
    const auto read = wire::read_thread_page(json.substr(0, size));
    REQUIRE_FALSE(read.has_value());
    REQUIRE(read.error().code == ErrorCode::BadResponse);
  }
}

TEST_CASE("wire: a page with any byte changed is read or refused") {
  const std::string json = wire::write_thread_page(full_page());
  for (std::size_t at = 0; at < json.size(); ++at) {
    for (const char c : "\0\"\\{}[],:0-a\xff\xf0"s) {
      std::string spoilt = json;
      spoilt[at] = c;
      const auto read = wire::read_thread_page(spoilt);
      REQUIRE((read.has_value() || read.error().code == ErrorCode::BadResponse));
    }
  }
}

TEST_CASE("wire: good pages") {
  const std::string rows[] = {
      page_of(""),
      page_of(kComment),
      page_of(kComment + "," + kComment),
      page_of(with(R"("new":{"deep":[1,{"x":null}]},"other":1.5)"), R"(,"later":[{}])"),
      page_of(with(R"("vote":0,"status":"approved","own":false,"parent":"","avatar":"")")),
      page_of(with(R"("text":"\u0041\ud83d\ude00")")),
      // The last of a repeated key counts.
      page_of(with(R"("up":7)"), R"(,"comments":[],"sort":"newest",)" + kThread + R"(,"next":"n")"),
  };
  for (const std::string& row : rows) {
    CAPTURE(row);
    CHECK(wire::read_thread_page(row).has_value());
  }
}

TEST_CASE("wire: the last value of a repeated key counts") {
  const std::string twice =
      page_of(with(R"("up":7,"text":"last")"),
              R"(,"sort":"newest","next":"n","thread":{"key":"k2","comments":3,"roots":2})");

  const auto read = wire::read_thread_page(twice);

  REQUIRE(read.has_value());
  CHECK(read->comments.at(0).up == 7);
  CHECK(read->comments.at(0).text == "last");
  CHECK(read->sort == SortOrder::Newest);
  CHECK(read->next_cursor == "n");
  CHECK(read->thread.key == "k2");

  const auto emptied = wire::read_thread_page(page_of(kComment, R"(,"comments":[])"));
  REQUIRE(emptied.has_value());
  CHECK(emptied->comments.empty());
}

TEST_CASE("wire: bad pages are BadResponse") {
  const std::string long_name(1 << 20, 'x');
  const std::string rows[] = {
      "",
      "null",
      "[]",
      "{}",
      "\"page\"",
      "<html>502</html>",
      std::string(100'000, '['),
      page_of(kComment) + "x",
      page_of(kComment) + "\0"s,
      page_of(kComment).replace(1, 8, "\"thraed\""),
      page_of(kComment, R"(,"comments":{})"),
      page_of(kComment, R"(,"comments":null)"),
      page_of(kComment, R"(,"thread":null)"),
      page_of(kComment, R"(,"thread":{})"),
      page_of(kComment, R"(,"thread":{"key":"k"})"),
      page_of(kComment, R"(,"thread":{"key":1,"comments":1,"roots":1})"),
      page_of(kComment, R"(,"thread":{"key":"k","comments":-1,"roots":1})"),
      page_of(kComment, R"(,"thread":{"key":"k","comments":1e9,"roots":1})"),
      page_of(kComment, R"(,"thread":{"key":"k","comments":99999999999,"roots":1})"),
      page_of(kComment, R"(,"thread":{"key":"k","comments":1,"roots":1,"closed":0})"),
      page_of(kComment, R"(,"sort":"loudest")"),
      page_of(kComment, R"(,"sort":1)"),
      page_of(kComment, R"(,"next":1)"),
      page_of(kComment, R"(,"next":{})"),
      page_of(kComment, R"(,"next":")" + long_name + "\""),
      page_of(with(R"("extra":)" + std::string(20, '[') + std::string(20, ']'))),
      page_of(with(R"("text":"\x41")")),
      page_of(with(R"("created":1e999)")),
  };
  for (const std::string& row : rows) {
    CAPTURE(row.substr(0, 300));
    const auto read = wire::read_thread_page(row);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == ErrorCode::BadResponse);
  }
}

TEST_CASE("wire: a comment that cannot be understood is left out, and no other") {
  const std::string rows[] = {
      "1",
      "null",
      "[]",
      "[[1],{}]",
      "{}",
      R"({"author":"A","created":5,"text":"T","up":1,"down":0})",
      R"({"id":"1","created":5,"text":"T","up":1,"down":0})",
      R"({"id":"1","author":"A","text":"T","up":1,"down":0})",
      R"({"id":"1","author":"A","created":5,"up":1,"down":0})",
      R"({"id":"1","author":"A","created":5,"text":"T","down":0})",
      R"({"id":"1","author":"A","created":5,"text":"T","up":1})",
      with(R"("id":"")"),
      with(R"("id":1)"),
      with(R"("id":null)"),
      with(R"("id":")" + std::string(kMaxIdBytes + 1, 'x') + "\""),
      with(R"("parent":{"id":"2"})"),
      with(R"("parent":null)"),
      with(R"("text":["T"])"),
      with(R"("text":{"text":["T",{"text":"T"}]})"),
      with(R"("created":"yesterday")"),
      with(R"("created":1.5)"),
      with(R"("down":true)"),
      with(R"("vote":"1")"),
      with(R"("status":"gone")"),
      with(R"("status":3)"),
      with(R"("own":1)"),
  };
  const std::string other = R"({"id":"2","author":"B","created":6,"text":"U","up":0,"down":0})";
  for (const std::string& row : rows) {
    CAPTURE(row.substr(0, 300));
    const auto read = wire::read_thread_page(page_of(other + "," + row + "," + other));
    REQUIRE(read.has_value());
    REQUIRE(read->comments.size() == 3);
    CHECK(read->comments[0].text == "U");
    CHECK_FALSE(read->comments[0].is_left_out);
    CHECK(read->comments[1].is_left_out);
    CHECK_FALSE(read->comments[2].is_left_out);
  }
}

TEST_CASE("wire: what is only too much of a comment is brought within its bounds") {
  const auto only = [](const std::string& member) {
    const auto read = wire::read_thread_page(page_of(with(member)));
    REQUIRE(read.has_value());
    REQUIRE(read->comments.size() == 1);
    return read->comments[0];
  };
  const std::string thousand(1'000, 'x');

  CHECK(only(R"("author":")" + thousand + "\"").author ==
        std::string(kMaxAuthorCodePoints * 4, 'x') + "…");
  // Cut between letters, not within one.
  std::string euros;
  for (int i = 0; i < 200; ++i) euros += "€";
  CHECK(only(R"("author":"x)" + euros + "\"").author == "x" + euros.substr(0, 3 * 106) + "…");
  CHECK(only(R"("text":")" + std::string(kMaxTextCodePoints * 4 + 1, 'x') + "\"").text.size() ==
        kMaxTextCodePoints * 4 + 3);
  CHECK(only(R"("avatar":")" + thousand + thousand + "x\"").avatar_url.empty());
  CHECK(only(R"("created":-1)").created == 0);
  CHECK(only(R"("created":9999999999999)").created == 253'402'300'799);
  CHECK(only(R"("up":-1)").up == 0);
  CHECK(only(R"("up":2147483648)").up == 1'000'000'000);
  CHECK(only(R"("vote":2)").vote == Vote::None);
}

TEST_CASE("wire: a name turns around no text that it stands in") {
  const auto read = wire::read_thread_page(page_of(with(R"("author":"a\u202Eb\u2066c\u200F")")));

  REQUIRE(read.has_value());
  REQUIRE(read->comments.size() == 1);
  CHECK(read->comments[0].author == "abc\u200F");
}

TEST_CASE("wire: characters that cannot be are read as U+FFFD") {
  const std::pair<std::string, const char*> rows[] = {
      {R"(half \ud83d)", "half �"},
      {R"(other half \ude00 of)", "other half � of"},
      {R"(\ud83d\ud83d\ude00)", "�😀"},
      {R"(\ud83d\n)", "�\n"},
      {R"(\u0000)", "�"},
      {R"(kept \\ud83d \\ \" \u0041 \ud800)", "kept \\ud83d \\ \" A �"},
      {"\xff", "�"},
      {"a\0b"s, "a�b"},
      {"a\tb", "a�b"},
      {"\xed\xa0\xbd", "���"},
  };
  for (const auto& [json, text] : rows) {
    CAPTURE(json);
    const auto read =
        wire::read_thread_page(page_of(kComment + "," + with("\"text\":\"" + json + "\"")));
    REQUIRE(read.has_value());
    REQUIRE(read->comments.size() == 2);
    CHECK(read->comments[0].text == "T");
    CHECK(read->comments[1].text == text);
    CHECK_FALSE(read->comments[1].is_left_out);
  }
}

TEST_CASE("wire: a page beyond the largest response is refused unread") {
  CHECK_FALSE(
      wire::read_thread_page(page_of("") + std::string(kMaxResponseBytes, ' ')).has_value());
}

TEST_CASE("wire: a posted comment reads back, and nothing less does") {
  const auto read = wire::read_posted(wire::write_posted(full_comment()));
  REQUIRE(read.has_value());
  check_same(*read, full_comment());

  const std::string rows[] = {"",
                              "{}",
                              "[]",
                              R"({"comment":1})",
                              R"({"comment":[]})",
                              R"({"comment":{}})",
                              R"({"comment":{"id":"1"}})",
                              R"({"id":"1"})",
                              R"({"comment":)" + kComment + R"(,"comment":{}})",
                              R"({"comment":{"a":{"id":"1"}}})"};
  for (const std::string& row : rows) {
    CAPTURE(row);
    CHECK_FALSE(wire::read_posted(row).has_value());
  }
  CHECK(wire::read_posted(R"({"comment":{},"x":[],"comment":)" + kComment + "}").has_value());
}

TEST_CASE("wire: a vote's result reads back, and nothing less does") {
  const auto read = wire::read_vote_result(wire::write_vote_result({"c1", 3, 1, Vote::Up}));
  REQUIRE(read.has_value());
  CHECK(read->id == "c1");
  CHECK(read->up == 3);
  CHECK(read->down == 1);
  CHECK(read->vote == Vote::Up);

  for (const char* row :
       {"", "{}", R"({"id":"c","up":1,"down":1})", R"({"id":"c","up":1,"down":1,"vote":2})",
        R"({"id":"c","up":-1,"down":1,"vote":0})", R"({"id":"c","up":1e3,"down":1,"vote":0})",
        R"({"id":1,"up":1,"down":1,"vote":0})",
        R"({"id":"c","up":1,"down":99999999999,"vote":0})"}) {
    CAPTURE(row);
    const auto bad = wire::read_vote_result(row);
    REQUIRE_FALSE(bad.has_value());
    CHECK(bad.error().code == ErrorCode::BadResponse);
  }
}

TEST_CASE("wire: a guest's token reads back, and nothing less does") {
  CHECK(wire::read_guest(wire::write_guest("g1.a.b")).value() == "g1.a.b");
  for (const std::string& row : {"{}"s, R"({"token":""})"s, R"({"token":1})"s, "null"s,
                                 R"({"token":")"s + std::string(kMaxTokenBytes + 1, 'x') + "\"}"}) {
    CAPTURE(row);
    CHECK_FALSE(wire::read_guest(row).has_value());
  }
}

TEST_CASE("wire: counts read back, whatever the threads are called") {
  const std::map<std::string, int> counts = {{"", 1}, {"counts", 2}, {"a/b?\"\\中", 3}};
  CHECK(wire::read_counts(wire::write_counts(counts)).value() == counts);
  CHECK(wire::read_counts(R"({"counts":{"a":1,"a":2}})").value().at("a") == 2);
  CHECK(wire::read_counts(R"({"counts":{"a":1},"counts":{}})").value().empty());

  for (const char* row : {"{}", R"({"counts":[]})", R"({"counts":null})", R"({"counts":{"a":"1"}})",
                          R"({"counts":{"a":-1}})", R"({"counts":{"a":{}}})", R"({"a":1})",
                          R"({"counts":{"a":1.0}})"}) {
    CAPTURE(row);
    CHECK_FALSE(wire::read_counts(row).has_value());
  }
}

TEST_CASE("wire: a failure reads back with its code, text and field") {
  const Error sent{ErrorCode::TextTooLong, "text: too long", "text"};

  const Error read = wire::read_failure(wire::write_failure(sent));

  CHECK(read.code == sent.code);
  CHECK(read.text == sent.text);
  CHECK(read.field == sent.field);
}

TEST_CASE("wire: what is no failure of ours is BadResponse") {
  for (const char* row :
       {"", "{}", "<html>502 Bad Gateway</html>", R"({"error":"no"})", R"({"error":{}})",
        R"({"error":{"code":"no_such_code","message":"x"}})",
        R"({"error":{"code":"network_failed","message":"x"}})",
        R"({"error":{"code":"timed_out","message":"x"}})", R"({"error":{"code":3,"message":"x"}})",
        R"({"code":"internal","message":"x"})"}) {
    CAPTURE(row);
    CHECK(wire::read_failure(row).code == ErrorCode::BadResponse);
  }
}

TEST_CASE("wire: of a failure told twice only the last counts") {
  const Error read = wire::read_failure(
      R"({"error":{"code":"empty_text","message":"a","field":"text"},"error":{"code":"internal","message":"b"}})");

  CHECK(read.code == ErrorCode::Internal);
  CHECK(read.field.empty());
}

TEST_CASE("wire: a new comment reads back, with its page") {
  NewComment comment;
  comment.author = "Ada";
  comment.email = "ada@example.org";
  comment.text = "One\n\"two\" 😀";
  comment.parent = "7";

  const auto read =
      wire::read_post_request(wire::write_new_comment(comment, {"Title", "https://a.example/"}));

  REQUIRE(read.has_value());
  CHECK(read->comment.author == comment.author);
  CHECK(read->comment.email == comment.email);
  CHECK(read->comment.text == comment.text);
  CHECK(read->comment.parent == comment.parent);
  CHECK(read->page.title == "Title");
  CHECK(read->page.url == "https://a.example/");
  CHECK(wire::write_new_comment({"", "A", "", "T"}) == R"({"author":"A","text":"T"})");
}

TEST_CASE("wire: a bad new comment is refused, and the field named") {
  struct Row {
    std::string json;
    ErrorCode code;
    const char* field;
  };
  const Row rows[] = {
      {"", ErrorCode::MalformedJson, ""},
      {"{", ErrorCode::MalformedJson, ""},
      {R"({"author":"A","text":"\ud800"})", ErrorCode::MalformedJson, ""},
      {R"({"author":"A","text":"\u0000"})", ErrorCode::MalformedJson, ""},
      {"{\"author\":\"\xff\",\"text\":\"T\"}", ErrorCode::InvalidUtf8, ""},
      {R"({"author":"A"})", ErrorCode::MissingField, "text"},
      {R"({"text":"T"})", ErrorCode::MissingField, "author"},
      {R"({"author":"A","text":null})", ErrorCode::InvalidField, "text"},
      {R"({"author":1,"text":"T"})", ErrorCode::InvalidField, "author"},
      {R"({"author":"A","text":"T","parent":7})", ErrorCode::InvalidField, "parent"},
      {R"({"author":"A","text":"T","email":[]})", ErrorCode::InvalidField, "email"},
      {R"({"author":"A","text":"T","title":{}})", ErrorCode::InvalidField, "title"},
      {"[]", ErrorCode::InvalidField, ""},
      {"1", ErrorCode::InvalidField, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.json);
    const auto read = wire::read_new_comment(row.json);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == row.code);
    CHECK(read.error().field == row.field);
  }
}

TEST_CASE("wire: a vote request reads back, and nothing else is a vote") {
  for (const Vote vote : {Vote::Up, Vote::None, Vote::Down}) {
    CHECK(wire::read_vote_request(wire::write_vote_request(vote)).value() == vote);
  }
  for (const char* row :
       {R"({"vote":2})", R"({"vote":-2})", R"({"vote":"1"})", R"({"vote":1.0})", R"({"vote":null})",
        R"({"vote":[1]})", R"({"vote":9223372036854775808})"}) {
    CAPTURE(row);
    const auto read = wire::read_vote_request(row);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == ErrorCode::InvalidField);
    CHECK(read.error().field == "vote");
  }
  CHECK(wire::read_vote_request("{}").error().code == ErrorCode::MissingField);
}
