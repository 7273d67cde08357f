// The small parts of the service: each is its own header, and none needs a database.
#include <doctest/doctest.h>

#include "web/server/service/base64url.h"
#include "web/server/service/comment_tree.h"
#include "web/server/service/cursor.h"
#include "web/server/service/generated_text.h"
#include "web/server/service/rate_limiter.h"
#include "web/server/service/relay.h"
#include "web/server/service/row_id.h"
#include "widget/core/utf8.h"

using namespace parlance;

namespace {

std::string encoded(std::string_view text) {
  return to_base64url({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace

TEST_CASE("base64url: the examples of RFC 4648, without padding") {
  CHECK(encoded("") == "");
  CHECK(encoded("f") == "Zg");
  CHECK(encoded("fo") == "Zm8");
  CHECK(encoded("foo") == "Zm9v");
  CHECK(encoded("foob") == "Zm9vYg");
  CHECK(encoded("\xfb\xff\xfe") == "-__-");
}

TEST_CASE("base64url: reads back what it wrote, and no second spelling of it") {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    CHECK(from_base64url(encoded(bytes)) == bytes);
    bytes.push_back(static_cast<char>(i * 7));
  }
  for (const char* text : {"Zg==", "Z", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "é"}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64url(text).has_value());
  }
}

TEST_CASE("cursor: leads back to its place, in its own order only") {
  const RootPlace place{-3, 1'700'000'000, 42};
  for (const SortOrder order :
       {SortOrder::Best, SortOrder::MostVoted, SortOrder::Newest, SortOrder::Oldest}) {
    const auto read = from_cursor(order, to_cursor(order, place));
    REQUIRE(read.has_value());
    CHECK(read->score == place.score);
    CHECK(read->created == place.created);
    CHECK(read->id == place.id);
  }
  CHECK_FALSE(from_cursor(SortOrder::Newest, to_cursor(SortOrder::Oldest, place)).has_value());
  for (const char* text :
       {"", "votes", "votes.", "votes.1", "votes.1.2", "votes.1.2.3.4", "votes.1.2.x", "votes.1.2.",
        "votes 1.2.3", "votes.1.2.3 ", "votes.99999999999999999999.2.3"}) {
    CAPTURE(text);
    CHECK_FALSE(from_cursor(SortOrder::MostVoted, encoded(text)).has_value());
  }
  CHECK(from_cursor(SortOrder::MostVoted, encoded("votes.1.2.3")).has_value());
}

TEST_CASE("row id: has one spelling") {
  CHECK(row_id_from("1") == 1);
  CHECK(row_id_from("9223372036854775807") == INT64_MAX);
  for (const char* text :
       {"", "0", "-1", "+1", "01", " 1", "1 ", "1.0", "0x1", "abc", "9223372036854775808"}) {
    CAPTURE(text);
    CHECK_FALSE(row_id_from(text).has_value());
  }
}

TEST_CASE("rate limiter: a burst, then an even allowance") {
  RateLimiter limiter;
  const Rate rate{.count = 10, .seconds = 100};
  for (int i = 0; i < 10; ++i) CHECK(limiter.take("a", rate, 1'000));
  CHECK_FALSE(limiter.take("a", rate, 1'000));
  CHECK(limiter.take("b", rate, 1'000));
  CHECK_FALSE(limiter.take("a", rate, 1'009));
  CHECK(limiter.take("a", rate, 1'010));
  CHECK_FALSE(limiter.take("a", rate, 1'010));
  // A clock that goes backwards neither gives nor takes.
  CHECK_FALSE(limiter.take("a", rate, 500));
}

TEST_CASE("rate limiter: a clock set back does not give the time twice") {
  RateLimiter limiter;
  const Rate rate{.count = 1, .seconds = 100};
  CHECK(limiter.take("a", rate, 1'000));
  CHECK_FALSE(limiter.take("a", rate, 900));
  CHECK_FALSE(limiter.take("a", rate, 999));
}

TEST_CASE("rate limiter: forgets, rather than grow without bound") {
  RateLimiter limiter(100);
  const Rate rate{.count = 1};
  for (int i = 0; i < 10'000; ++i) limiter.take(std::to_string(i), rate, 1'000 + i);
  CHECK(limiter.bucket_count() <= 100);
}

TEST_CASE("rate limiter: what was taken at one counts at another that has the same secret") {
  RateLimiter here(100, "secret");
  RateLimiter there(100, "secret");
  here.share();
  const Rate rate{.count = 5};
  for (int i = 0; i < 4; ++i) REQUIRE(here.take("a", rate, 1'000));
  REQUIRE(here.take("b", rate, 1'000));

  const auto taken = here.taken(1);
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].count == 4);
  there.hear(taken[0], 1'000);

  CHECK(there.take("a", rate, 1'000));
  CHECK_FALSE(there.take("a", rate, 1'000));
  CHECK(there.take("b", rate, 1'000));
  CHECK(here.taken(10).empty());
}

TEST_CASE(
    "rate limiter: whatever another one tells, nobody is locked out for longer than a while") {
  RateLimiter limiter(100, "secret");
  limiter.share();
  const Rate rate{.count = 10, .seconds = 100};
  REQUIRE(limiter.take("a", rate, 1'000));
  auto taken = limiter.taken(1).front();
  taken.count = 1'000'000;
  limiter.hear(taken, 1'000);

  CHECK_FALSE(limiter.take("a", rate, 1'001));
  CHECK(limiter.take("a", rate, 1'000 + 2 * rate.seconds));
}

TEST_CASE("relay: a change's notice reads back, and what is none is passed over") {
  const ChangeNotice change{7, 41, 42, ThreadEvent::What::Score, 99, true, "a thread: r t 1"};

  const auto read = change_from_notice(to_notice(change));

  REQUIRE(read.has_value());
  CHECK(read->site == 7);
  CHECK(read->before == 41);
  CHECK(read->version == 42);
  CHECK(read->what == ThreadEvent::What::Score);
  CHECK(read->comment == 99);
  CHECK(read->is_aged);
  CHECK(read->thread == "a thread: r t 1");
  for (const char* other : {"", "t", "t ", "t 1 2 3 4", "t 1 2 3 9 5 x", "t 1 2 3 -1 5 x", "r x",
                            "t a 2 3 1 5 x", "t 99999999999999999999 2 3 1 5 x"}) {
    CAPTURE(other);
    CHECK_FALSE(change_from_notice(other).has_value());
  }
}

TEST_CASE("comment tree: a thousand levels are no deeper than one") {
  std::vector<CommentRow> rows(1'000);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].id = static_cast<RowId>(i) + 1;
    rows[i].parent = static_cast<RowId>(i);
    rows[i].status = i + 1 < rows.size() ? CommentStatus::Deleted : CommentStatus::Approved;
  }
  std::vector<Comment> comments;

  append_visible(rows, {}, comments);

  REQUIRE(comments.size() == rows.size());
  CHECK(comments.front().status == CommentStatus::Deleted);
  CHECK(comments.back().status == CommentStatus::Approved);
}

TEST_CASE("comment tree: children may stand before their parents") {
  std::vector<CommentRow> rows(4);
  const RowId ids[] = {1, 4, 3, 2};
  const RowId parents[] = {0, 3, 2, 1};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].id = ids[i];
    rows[i].parent = parents[i];
  }
  std::vector<Comment> comments;

  append_visible(rows, {}, comments);

  REQUIRE(comments.size() == 4);
  for (std::size_t i = 0; i < comments.size(); ++i) CHECK(comments[i].id == std::to_string(i + 1));
}

TEST_CASE("generated text: the same seed says the same, in valid text of the right length") {
  SeededNumbers numbers(7);
  SeededNumbers again(7);
  for (int i = 0; i < 2'000; ++i) {
    const std::string text = generated_text(numbers);
    CHECK(text == generated_text(again));
    CHECK(is_valid_utf8(text));
    CHECK(count_code_points(text) > 30);
    CHECK(count_code_points(text) < 800);
    CHECK_FALSE(generated_author(numbers).empty());
    generated_author(again);
  }
}
