#include "widget/core/vote_ledger.h"

namespace parlance {

void apply_vote(Comment& comment, Vote vote) {
  if (comment.vote == Vote::Up) --comment.up;
  if (comment.vote == Vote::Down) --comment.down;
  if (vote == Vote::Up) ++comment.up;
  if (vote == Vote::Down) ++comment.down;
  comment.vote = vote;
}

std::optional<Vote> VoteLedger::cast(CommentIndex index, Comment& comment, Vote vote) {
  const auto [entry, is_first] =
      waiting_.try_emplace(index, Waiting{comment.vote, comment.up, comment.down, vote});
  apply_vote(comment, vote);
  if (!is_first) return std::nullopt;
  return vote;
}

std::optional<Vote> VoteLedger::confirm(CommentIndex index, Comment& comment, Vote confirmed,
                                        int up, int down) {
  const auto found = waiting_.find(index);
  const Vote wanted = comment.vote;
  comment.up = up;
  comment.down = down;
  comment.vote = confirmed;
  if (found == waiting_.end()) return std::nullopt;
  if (wanted == found->second.sent) {
    waiting_.erase(found);
    return std::nullopt;
  }
  found->second = {confirmed, up, down, wanted};
  apply_vote(comment, wanted);
  return wanted;
}

void VoteLedger::fail(CommentIndex index, Comment& comment) {
  const auto found = waiting_.find(index);
  if (found == waiting_.end()) return;
  comment.vote = found->second.confirmed;
  comment.up = found->second.up;
  comment.down = found->second.down;
  waiting_.erase(found);
}

}  // namespace parlance
