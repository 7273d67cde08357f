// Votes that are on their way. A vote shows at once; the ledger remembers what the backend last
// confirmed, so that a failure can put it back, and sends only the last of several quick changes.
#pragma once

#include <optional>
#include <unordered_map>

#include "widget/core/comment.h"
#include "widget/core/thread.h"

namespace parlance {

// A comment's counts with this reader's vote moved from one choice to another.
void apply_vote(Comment& comment, Vote vote);

class VoteLedger {
 public:
  // The reader wants `vote`; `comment` is changed to show it. Returns what to send now, or nothing
  // while an earlier vote on the same comment is still on its way.
  std::optional<Vote> cast(CommentIndex index, Comment& comment, Vote vote);

  // The backend has confirmed `confirmed` with these counts. Returns what to send next when the
  // reader has changed their mind meanwhile; then `comment` goes on showing that.
  std::optional<Vote> confirm(CommentIndex index, Comment& comment, Vote confirmed, int up,
                              int down);

  // The backend has refused or could not be reached: `comment` shows again what was last confirmed.
  void fail(CommentIndex index, Comment& comment);

  bool is_waiting(CommentIndex index) const { return waiting_.contains(index); }

 private:
  struct Waiting {
    Vote confirmed = Vote::None;
    int up = 0;
    int down = 0;
    Vote sent = Vote::None;
  };
  std::unordered_map<CommentIndex, Waiting> waiting_;
};

}  // namespace parlance
