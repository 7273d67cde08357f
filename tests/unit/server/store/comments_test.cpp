#include "web/server/store/comments.h"

#include <algorithm>

#include "tests/unit/server/store/temporary_store.h"
#include "web/server/store/threads.h"
#include "web/server/store/votes.h"
#include "widget/core/wilson.h"

using namespace parlance;

namespace {

// A thread that a test fills and looks at, all in one change.
struct ThreadFixture {
  ThreadFixture() {
    site = files.add_site("news").id;
    auto begun = files.store->change();
    REQUIRE(begun.has_value());
    change.emplace(std::move(*begun));
    ThreadRow row;
    row.site = site;
    row.key = "t";
    thread = add_thread(connection(), row, 1).value().id;
  }

  Connection& connection() { return change->connection(); }

  RowId add(UnixSeconds created, int up = 0, RowId parent = 0,
            CommentStatus status = CommentStatus::Approved) {
    CommentRow row;
    row.thread = thread;
    row.created = created;
    row.up = up;
    row.status = status;
    row.guest = guest;
    row.author = "A";
    row.text = "T";
    if (parent != 0) {
      const auto above = find_comment(connection(), parent).value().value();
      row.parent = parent;
      row.root = above.root == 0 ? above.id : above.root;
      row.depth = above.depth + 1;
    }
    return add_comment(connection(), row).value();
  }

  ThreadRow now() { return find_thread(connection(), site, "t").value().value(); }

  std::vector<RowId> roots(SortOrder order, int limit = 100,
                           std::optional<RootPlace> after = std::nullopt) {
    std::vector<RowId> ids;
    const RootQuery query{thread, order, after, limit};
    const auto listed = list_roots(connection(), query);
    REQUIRE(listed.has_value());
    for (const CommentRow& root : *listed) ids.push_back(root.id);
    return ids;
  }

  TemporaryStore files;
  RowId site = 0;
  RowId thread = 0;
  GuestId guest = {7};
  std::optional<Store::Change> change;
};

}  // namespace

TEST_CASE("comments: a kept comment reads back whole") {
  ThreadFixture fixture;
  const RowId root = fixture.add(100, 5);
  const RowId reply = fixture.add(200, 0, root, CommentStatus::Pending);

  const CommentRow read = find_comment(fixture.connection(), reply).value().value();

  CHECK(read.id == reply);
  CHECK(read.thread == fixture.thread);
  CHECK(read.parent == root);
  CHECK(read.root == root);
  CHECK(read.depth == 1);
  CHECK(read.status == CommentStatus::Pending);
  CHECK(read.created == 200);
  CHECK(read.guest == fixture.guest);
  CHECK_FALSE(find_comment(fixture.connection(), 999).value().has_value());
}

TEST_CASE("comments: roots are listed in every order, ties included") {
  ThreadFixture fixture;
  const RowId old = fixture.add(100, 5);
  const RowId liked = fixture.add(200, 9);
  const RowId twin = fixture.add(300, 5);
  const RowId same_second = fixture.add(300, 5);

  CHECK(fixture.roots(SortOrder::MostVoted) == std::vector{liked, same_second, twin, old});
  CHECK(fixture.roots(SortOrder::Newest) == std::vector{same_second, twin, liked, old});
  CHECK(fixture.roots(SortOrder::Oldest) == std::vector{old, liked, twin, same_second});
}

TEST_CASE("comments: a list goes on after any of its roots") {
  ThreadFixture fixture;
  for (int i = 0; i < 12; ++i) fixture.add(100 + i / 3, i % 4);
  for (const SortOrder order :
       {SortOrder::Best, SortOrder::MostVoted, SortOrder::Newest, SortOrder::Oldest}) {
    const std::vector<RowId> whole = fixture.roots(order);
    for (std::size_t i = 0; i < whole.size(); ++i) {
      const auto last = find_comment(fixture.connection(), whole[i]).value().value();
      const std::vector<RowId> rest = fixture.roots(order, 100, place_of(last, order));
      CHECK(rest == std::vector<RowId>(whole.begin() + static_cast<long>(i) + 1, whole.end()));
      CHECK(fixture.roots(order, 2, place_of(last, order)).size() ==
            std::min<std::size_t>(2, rest.size()));
    }
  }
}

TEST_CASE("comments: the database's order is the one the service merges by") {
  ThreadFixture fixture;
  for (int i = 0; i < 20; ++i) fixture.add(100 + i % 5, i % 3);
  for (const SortOrder order :
       {SortOrder::Best, SortOrder::MostVoted, SortOrder::Newest, SortOrder::Oldest}) {
    const auto roots = list_roots(fixture.connection(), {fixture.thread, order, {}, 100}).value();
    CHECK(std::is_sorted(roots.begin(), roots.end(), [&](const auto& a, const auto& b) {
      return stands_before(place_of(a, order), place_of(b, order), order);
    }));
  }
}

TEST_CASE("comments: an edit keeps what was said before, as often as there are edits") {
  ThreadFixture fixture;
  Connection& connection = fixture.connection();
  const RowId id = fixture.add(100);
  const std::int64_t version = fixture.now().version;
  CHECK(list_revisions(connection, id).value().empty());

  for (const auto& [text, at] : {std::pair("second", 150), std::pair("third", 170)}) {
    const CommentRow row = find_comment(connection, id).value().value();
    REQUIRE(edit_comment(connection, row, text, at).has_value());
  }

  const CommentRow row = find_comment(connection, id).value().value();
  CHECK(row.text == "third");
  CHECK(row.edited == 170);
  CHECK(row.created == 100);
  CHECK(fixture.now().version > version);
  const auto revisions = list_revisions(connection, id).value();
  REQUIRE(revisions.size() == 2);
  CHECK(revisions[0].number == 1);
  CHECK(revisions[0].text == "T");
  CHECK(revisions[0].written == 100);
  CHECK(revisions[1].number == 2);
  CHECK(revisions[1].text == "second");
  CHECK(revisions[1].written == 150);
}

TEST_CASE("comments: counts follow every change of status") {
  ThreadFixture fixture;
  const RowId root = fixture.add(100);
  const RowId reply = fixture.add(200, 0, root);
  CHECK(fixture.now().comments == 2);
  CHECK(fixture.now().roots == 1);

  REQUIRE(set_status(fixture.connection(), root, CommentStatus::Deleted).has_value());
  CHECK(fixture.now().comments == 1);
  CHECK(fixture.now().roots == 1);  // A reply lives.
  CHECK(fixture.roots(SortOrder::Newest) == std::vector{root});

  REQUIRE(set_status(fixture.connection(), reply, CommentStatus::Spam).has_value());
  CHECK(fixture.now().comments == 0);
  CHECK(fixture.now().roots == 0);
  CHECK(fixture.roots(SortOrder::Newest).empty());

  REQUIRE(set_status(fixture.connection(), reply, CommentStatus::Approved).has_value());
  REQUIRE(set_status(fixture.connection(), reply, CommentStatus::Approved).has_value());
  CHECK(fixture.now().comments == 1);
  CHECK(fixture.now().roots == 1);
  CHECK(set_status(fixture.connection(), 999, CommentStatus::Spam).error().code ==
        ErrorCode::UnknownComment);
}

TEST_CASE("comments: what waits is not listed, but found for its author") {
  ThreadFixture fixture;
  const RowId waiting = fixture.add(100, 0, 0, CommentStatus::Pending);
  const RowId below = fixture.add(200, 0, waiting, CommentStatus::Pending);
  const RowId living = fixture.add(300);
  fixture.add(400, 0, living, CommentStatus::Pending);
  CHECK(below > waiting);

  CHECK(fixture.now().comments == 1);
  CHECK(fixture.roots(SortOrder::Newest) == std::vector{living});
  Connection& connection = fixture.connection();
  const auto own = list_own_pending_roots(connection, fixture.thread, fixture.guest).value();
  REQUIRE(own.size() == 1);
  CHECK(own[0].id == waiting);
  CHECK(count_own_pending(connection, fixture.thread, fixture.guest).value() == 3);
  const GuestId other = {8};
  CHECK(list_own_pending_roots(connection, fixture.thread, other).value().empty());
  CHECK(count_own_pending(connection, fixture.thread, other).value() == 0);
}

TEST_CASE("comments: every change makes another version of the thread") {
  ThreadFixture fixture;
  std::int64_t version = fixture.now().version;
  const auto has_grown = [&] {
    const std::int64_t before = version;
    version = fixture.now().version;
    return version > before;
  };
  const RowId root = fixture.add(100);
  CHECK(has_grown());
  fixture.add(200, 0, root, CommentStatus::Pending);
  CHECK(has_grown());
  const CommentRow row = find_comment(fixture.connection(), root).value().value();
  REQUIRE(put_vote(fixture.connection(), fixture.guest, row, Vote::Up).has_value());
  CHECK(has_grown());
  REQUIRE(put_vote(fixture.connection(), fixture.guest, row, Vote::Up).has_value());
  CHECK_FALSE(has_grown());
  REQUIRE(close_thread(fixture.connection(), fixture.thread, true).has_value());
  CHECK(has_grown());
  CHECK(fixture.now().is_closed);
}

TEST_CASE("votes: count once for each guest, switch and go") {
  ThreadFixture fixture;
  Connection& connection = fixture.connection();
  const RowId id = fixture.add(100, 5);
  const CommentRow comment = find_comment(connection, id).value().value();
  const auto counts = [&] {
    const CommentRow row = find_comment(connection, id).value().value();
    return std::pair(row.up, row.down);
  };
  const GuestId other = {8};
  const auto vote = [&](const GuestId& guest, Vote value) {
    REQUIRE(put_vote(connection, guest, comment, value).has_value());
  };

  vote(fixture.guest, Vote::Up);
  vote(fixture.guest, Vote::Up);
  CHECK(counts() == std::pair(6, 0));
  vote(other, Vote::Down);
  CHECK(counts() == std::pair(6, 1));
  vote(fixture.guest, Vote::Down);
  CHECK(counts() == std::pair(5, 2));
  CHECK(list_votes(connection, fixture.guest, fixture.thread).value().at(id) == Vote::Down);
  vote(fixture.guest, Vote::None);
  vote(other, Vote::None);
  CHECK(counts() == std::pair(5, 0));
  CHECK(list_votes(connection, fixture.guest, fixture.thread).value().empty());
  CHECK(find_vote(connection, other, comment).value() == Vote::None);
}

TEST_CASE("answered posts: are found until they are forgotten") {
  ThreadFixture fixture;
  Connection& connection = fixture.connection();
  const RowId id = fixture.add(100);
  REQUIRE(put_answered_post(connection, fixture.guest, "key", {"hash", id}, 1'000).has_value());

  const auto found = find_answered_post(connection, fixture.guest, "key").value();
  REQUIRE(found.has_value());
  CHECK(found->request_hash == "hash");
  CHECK(found->comment == id);
  CHECK_FALSE(find_answered_post(connection, {8}, "key").value().has_value());
  CHECK_FALSE(find_answered_post(connection, fixture.guest, "other").value().has_value());

  REQUIRE(forget_answered_posts(connection, 1'000).has_value());
  CHECK(find_answered_post(connection, fixture.guest, "key").value().has_value());
  REQUIRE(forget_answered_posts(connection, 1'001).has_value());
  CHECK_FALSE(find_answered_post(connection, fixture.guest, "key").value().has_value());
}

TEST_CASE("comments: the database's bound of a score is the widget's, whatever the votes") {
  ThreadFixture fixture;
  const RowId id = fixture.add(100);
  Connection& connection = fixture.connection();
  for (int up = 0; up <= 60; ++up) {
    for (const int down : {0, 1, 2, 3, 7, 29, 1'000, 1'000'000'000}) {
      const int votes = up * up * up;
      REQUIRE(connection.run("UPDATE comment SET up = $1, down = $2 WHERE id = $3", votes, down, id)
                  .has_value());
      const CommentRow row = find_comment(connection, id).value().value();
      CAPTURE(votes);
      CAPTURE(down);
      REQUIRE(row.wilson == wilson_bound(votes, down));
    }
  }
}
