#include "widget/core/vote_ledger.h"

#include <doctest/doctest.h>

using namespace parlance;

TEST_CASE("vote ledger: a vote counts at once and is sent") {
  VoteLedger ledger;
  Comment comment{.id = "1", .up = 3, .down = 1};

  const auto sent = ledger.cast(0, comment, Vote::Up);

  CHECK(sent == Vote::Up);
  CHECK(comment.up == 4);
  CHECK(comment.vote == Vote::Up);
}

TEST_CASE("vote ledger: switching sides moves both counts") {
  Comment comment{.id = "1", .up = 4, .down = 1, .vote = Vote::Up};

  apply_vote(comment, Vote::Down);

  CHECK(comment.up == 3);
  CHECK(comment.down == 2);
}

TEST_CASE("vote ledger: of several quick changes only the last one is sent after the first") {
  VoteLedger ledger;
  Comment comment{.id = "1", .up = 3};
  REQUIRE(ledger.cast(0, comment, Vote::Up) == Vote::Up);
  CHECK_FALSE(ledger.cast(0, comment, Vote::None));
  CHECK_FALSE(ledger.cast(0, comment, Vote::Down));

  const auto next = ledger.confirm(0, comment, Vote::Up, 4, 0);

  CHECK(next == Vote::Down);
  CHECK(comment.vote == Vote::Down);
  CHECK(comment.up == 3);
  CHECK(comment.down == 1);
  CHECK_FALSE(ledger.confirm(0, comment, Vote::Down, 3, 1));
  CHECK_FALSE(ledger.is_waiting(0));
}

TEST_CASE("vote ledger: a failure puts back what was last confirmed") {
  VoteLedger ledger;
  Comment comment{.id = "1", .up = 3, .down = 2, .vote = Vote::Down};
  (void)ledger.cast(0, comment, Vote::Up);

  ledger.fail(0, comment);

  CHECK(comment.vote == Vote::Down);
  CHECK(comment.up == 3);
  CHECK(comment.down == 2);
}
