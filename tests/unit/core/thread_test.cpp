#include "widget/core/thread.h"

#include <doctest/doctest.h>

#include <string>

using namespace parlance;

namespace {

Comment comment(const char* id, const char* parent, UnixSeconds created, int up = 0) {
  return {.id = id, .parent = parent, .author = "A", .text = id, .created = created, .up = up};
}

ThreadPage page(std::vector<Comment> comments, const char* next = "") {
  const auto count = static_cast<int>(comments.size());
  return {.thread = {.key = "t", .comment_count = count},
          .comments = std::move(comments),
          .next_cursor = next};
}

std::string order(const Thread& thread) {
  std::string ids;
  for (const CommentIndex index : thread.reading_order())
    ids += thread.entry(index).comment.id + " ";
  return ids;
}

}  // namespace

TEST_CASE("thread: replies stand under their parent, in the order of the page") {
  Thread thread;

  thread.merge(page({comment("a", "", 1), comment("b", "a", 2), comment("c", "b", 3),
                     comment("d", "a", 4), comment("e", "", 5)}));

  CHECK(order(thread) == "a b c d e ");
  CHECK(thread.entry(0).descendants == 3);
  CHECK(thread.entry(2).depth == 2);
}

TEST_CASE("thread: the next page goes below, and known comments are refreshed in place") {
  Thread thread;
  thread.merge(page({comment("a", "", 1)}, "cursor"));
  REQUIRE(thread.has_more());

  thread.merge(page({comment("a", "", 1, 7), comment("b", "", 2)}));

  CHECK(order(thread) == "a b ");
  CHECK(thread.entry(0).comment.up == 7);
  CHECK_FALSE(thread.has_more());
}

TEST_CASE("thread: a comment whose parent is unknown is passed over") {
  Thread thread;

  thread.merge(page({comment("b", "nowhere", 2), comment("c", "", 3)}));

  CHECK(order(thread) == "c ");
}

TEST_CASE("thread: who answers a comment that is left out answers what that one had answered") {
  const auto bad = [](const char* id, const char* parent) {
    Comment made = comment(id, parent, 0);
    made.is_left_out = true;
    return made;
  };
  Thread thread;

  thread.merge(
      page({comment("a", "", 1), bad("b", "a"), bad("c", "b"), comment("d", "c", 2), bad("e", ""),
            comment("f", "e", 3), bad("", ""), bad("g", "nowhere"), comment("h", "g", 4)}));

  CHECK(order(thread) == "a d f h ");
  CHECK(thread.entry(1).parent == 0);
  CHECK(thread.entry(2).parent == kNoComment);
  CHECK(thread.left_out() == 5);

  // One that was understood before stays as it was.
  thread.merge(page({bad("a", "")}));
  CHECK(order(thread) == "a d f h ");
  thread.start_order(SortOrder::Newest);
  CHECK(thread.left_out() == 0);
}

TEST_CASE("thread: roots sort by votes, newest and oldest; ties by age") {
  Thread thread;
  thread.merge(page({comment("a", "", 1, 5), comment("b", "", 2, 9), comment("r", "b", 9),
                     comment("c", "", 3, 5)}));

  thread.sort_roots(SortOrder::MostVoted);
  CHECK(order(thread) == "b r c a ");
  thread.sort_roots(SortOrder::Newest);
  CHECK(order(thread) == "c b r a ");
  thread.sort_roots(SortOrder::Oldest);
  CHECK(order(thread) == "a b r c ");
}

TEST_CASE("thread: roots sort by how sure it is that they are liked; ties by age") {
  Thread thread;
  Comment hated = comment("a", "", 1);
  hated.up = 40;
  hated.down = 30;
  thread.merge(page({hated, comment("b", "", 2, 9), comment("c", "", 3), comment("d", "", 4)}));

  thread.sort_roots(SortOrder::Best);

  CHECK(order(thread) == "b a d c ");
}

TEST_CASE("thread: votes alone do not move anything") {
  Thread thread;
  thread.merge(page({comment("a", "", 1, 1), comment("b", "", 2, 0)}));

  thread.comment(1).up = 50;

  CHECK(order(thread) == "a b ");
}

TEST_CASE("thread: an own root goes to the top, an own reply below its siblings") {
  Thread thread;
  thread.merge(page({comment("a", "", 1), comment("b", "a", 2), comment("c", "", 3)}));

  thread.insert_own(comment("x", "", 9));
  thread.insert_own(comment("y", "a", 9));

  CHECK(order(thread) == "x a b y c ");
  CHECK(thread.info().comment_count == 5);
}

TEST_CASE("thread: a comment taken back leaves nothing behind") {
  Thread thread;
  thread.merge(page({comment("a", "", 1)}));
  const CommentIndex own = thread.insert_own(comment("local", "a", 9));

  thread.remove(own);

  CHECK(order(thread) == "a ");
  CHECK(thread.entry(0).descendants == 0);
  CHECK(thread.info().comment_count == 1);
  CHECK_FALSE(thread.find("local"));
}

TEST_CASE("thread: a confirmed comment keeps its place under its real id") {
  Thread thread;
  const CommentIndex own = thread.insert_own(comment("local", "", 9));

  thread.replace(own, comment("17", "", 10));

  CHECK(order(thread) == "17 ");
  CHECK(thread.find("17") == own);
}

TEST_CASE("thread: a comment that came in with a page before it was confirmed stands there once") {
  Thread thread;
  const CommentIndex own = thread.insert_own(comment("local", "", 9));
  thread.merge(page({comment("17", "", 10)}));

  thread.replace(own, comment("17", "", 10));

  CHECK(order(thread) == "17 ");
}

TEST_CASE("thread: folding hides what is below, uncovering shows it again") {
  Thread thread;
  thread.merge(page({comment("a", "", 1), comment("b", "a", 2), comment("c", "b", 3)}));

  thread.set_collapsed(0, true);
  CHECK(order(thread) == "a ");
  thread.uncover(2);

  CHECK(order(thread) == "a b c ");
}

TEST_CASE("thread: another order lists only what its pages bring, under the old indices") {
  Thread thread;
  thread.merge(page({comment("a", "", 1), comment("b", "", 2)}, "more"));
  const auto b = thread.find("b");

  thread.start_order(SortOrder::Newest);
  thread.merge(page({comment("b", "", 2)}));

  CHECK(order(thread) == "b ");
  CHECK(thread.find("b") == b);
}

TEST_CASE("thread: a chain of 2,000 replies is walked without running out of stack") {
  Thread thread;
  std::vector<Comment> chain{comment("0", "", 0)};
  for (int i = 1; i < 2'000; ++i)
    chain.push_back(comment(std::to_string(i).c_str(), std::to_string(i - 1).c_str(), i));

  thread.merge(page(std::move(chain)));

  CHECK(thread.reading_order().size() == 2'000);
}
