// Reactions that are on their way: as VoteLedger has it for votes, one for each kind.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "widget/core/comment.h"
#include "widget/core/thread.h"

namespace parlance {

// Whether this reader is among those who have chosen the reaction.
bool has_reacted(const Comment& comment, std::string_view kind);
int reaction_count(const Comment& comment, std::string_view kind);

class ReactionLedger {
 public:
  // The reader wants it the other way round; `comment` is changed to show it. Returns what to send
  // now, or nothing while an earlier change of the same is still on its way.
  std::optional<bool> toggle(CommentIndex index, Comment& comment, const std::string& kind);

  // The backend has confirmed what was sent, and these are all reactions now. Returns what to send
  // next when the reader has changed their mind meanwhile.
  std::optional<bool> confirm(CommentIndex index, Comment& comment, const std::string& kind,
                              std::vector<Reaction> reactions);

  // `comment` shows again what was there before.
  void fail(CommentIndex index, Comment& comment, const std::string& kind);

  bool is_waiting(CommentIndex index) const;

 private:
  struct Waiting {
    CommentIndex index = kNoComment;
    std::string kind;
    bool sent = false;
    bool wanted = false;
  };
  std::vector<Waiting>::iterator find(CommentIndex index, std::string_view kind);

  std::vector<Waiting> waiting_;  // Few.
};

}  // namespace parlance
