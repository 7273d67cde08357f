#include "web/server/service/seed.h"

#include "tests/unit/server/store/temporary_store.h"
#include "web/server/service/service.h"
#include "web/server/store/comments.h"
#include "web/server/store/threads.h"

using namespace parlance;

namespace {

constexpr const char* kSeed = R"({
  "site": {"id": "demo", "name": "Demo", "origins": ["*"]},
  "threads": [{"key": "t", "url": "/t.html", "title": "T", "comments": [
    {"key": "a", "parent": null, "author": "A", "minutes_ago": 10, "up": 3, "down": 1, "text": "One"},
    {"key": "b", "parent": "a", "author": "B", "minutes_ago": 5, "up": 0, "down": 0, "text": "Two"}
  ]}],
  "generated": [{"key": "g", "url": "/g.html", "title": "G", "count": 500, "seed": 7}]
})";
constexpr UnixSeconds kNow = 1'700'000'000;

std::vector<Comment> page_of(Store& store, const std::string& thread) {
  auto service = Service::open(store, {}).value();
  PageQuery query;
  query.thread = thread;
  query.limit = kMaxPageRoots;
  return service->page(service->site("demo").value(), query, {}).value().page.comments;
}

}  // namespace

TEST_CASE("seed: fills an empty database") {
  TemporaryStore files;

  const auto report = seed(*files.store, kSeed, kNow);

  REQUIRE(report.has_value());
  CHECK(report->threads == 2);
  CHECK(report->comments == 502);
  const auto comments = page_of(*files.store, "t");
  REQUIRE(comments.size() == 2);
  CHECK(comments[0].text == "One");
  CHECK(comments[0].up == 3);
  CHECK(comments[0].down == 1);
  CHECK(comments[0].created == kNow - 600);
  CHECK(comments[1].parent == comments[0].id);
}

TEST_CASE("seed: what it makes up is the same every time, and a lively conversation") {
  TemporaryStore files;
  TemporaryStore again;
  REQUIRE(seed(*files.store, kSeed, kNow).has_value());
  REQUIRE(seed(*again.store, kSeed, kNow).has_value());

  const auto comments = page_of(*files.store, "g");
  const auto same = page_of(*again.store, "g");

  REQUIRE(comments.size() == 500);
  REQUIRE(same.size() == 500);
  int roots = 0;
  int deepest = 0;
  std::map<CommentId, int> depths;
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const Comment& comment = comments[i];
    CHECK(comment.text == same[i].text);
    CHECK(comment.score() == same[i].score());
    roots += comment.parent.empty() ? 1 : 0;
    const int depth = comment.parent.empty() ? 0 : depths.at(comment.parent) + 1;
    depths[comment.id] = depth;
    deepest = std::max(deepest, depth);
    CHECK(comment.created <= kNow);
  }
  CHECK(roots > 150);
  CHECK(roots < 280);
  CHECK(deepest == 6);
}

TEST_CASE("seed: done again it leaves every thread alone") {
  TemporaryStore files;
  REQUIRE(seed(*files.store, kSeed, kNow).has_value());

  const auto again = seed(*files.store, kSeed, kNow + 1'000);

  REQUIRE(again.has_value());
  CHECK(again->threads == 0);
  CHECK(again->threads_left_alone == 2);
  CHECK(page_of(*files.store, "t").size() == 2);
  CHECK(page_of(*files.store, "t")[0].created == kNow - 600);
}

TEST_CASE("seed: a bad file changes nothing") {
  const char* const rows[] = {
      "",
      "[]",
      "{}",
      R"({"site": {"id": 1}})",
      R"({"site": {"id": "d", "origins": [1]}})",
      R"({"site": {"id": "d"}, "threads": [{"title": "no key"}]})",
      R"({"site": {"id": "d"}, "threads": [1]})",
      R"({"site": {"id": "d"}, "threads": [{"key": "t", "comments": [{"author": "A", "text": ""}]}]})",
      R"({"site": {"id": "d"}, "threads": [{"key": "t", "comments": [1]}]})",
      R"({"site": {"id": "d"}, "threads": [{"key": "t", "comments":
          [{"key": "a", "parent": "z", "author": "A", "text": "T"}]}]})",
  };
  for (const char* row : rows) {
    CAPTURE(row);
    TemporaryStore files;
    CHECK_FALSE(seed(*files.store, row, kNow).has_value());
    auto snapshot = files.store->snapshot();
    REQUIRE(snapshot.has_value());
    CHECK_FALSE(find_site(snapshot->connection(), "d").value().has_value());
  }
}
