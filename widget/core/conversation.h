// Everything that the views show of one thread: what has been loaded, what the reader is writing,
// and what has failed.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "widget/core/aside.h"
#include "widget/core/draft.h"
#include "widget/core/error_code.h"
#include "widget/core/reaction_ledger.h"
#include "widget/core/thread.h"
#include "widget/core/vote_ledger.h"

namespace parlance {

enum class LoadState : std::uint8_t { Idle, Loading, Failed };

// Who wants the page that is loading: nobody in particular, or a reader who has asked for more, or
// once more after a failure. A reader's button stays until the answer is here, and their focus on
// it.
enum class Wanted : std::uint8_t { BySelf, More, Again };

// As a button and an announcement say it.
std::string new_comments_text(int count);

// What becomes of a reader's wish to be mailed.
enum class FollowState : std::uint8_t { Asking, Sending, Asked, Confirmed };

// Whom the page around knows its reader as.
struct Reader {
  std::string name;  // Empty for guests.
  std::string avatar_url;

  bool is_known() const { return !name.empty(); }
};

struct Conversation {
  Thread thread;
  bool has_first_page = false;
  LoadState loading = LoadState::Idle;  // Of the page that comes next, which may be the first one.
  Wanted wanted = Wanted::BySelf;
  std::optional<ErrorCode> load_failure;
  SortOrder wanted_sort =
      SortOrder::MostVoted;  // Differs from thread.sort() until its first page is here.

  VoteLedger votes;
  ReactionLedger reactions;
  std::unordered_map<CommentIndex, ErrorCode>
      failed_votes;  // Shown at the comment until the next try.

  Reader reader;
  std::string author;  // What the reader calls themselves, kept for the next comment.
  std::string email;
  Draft root_draft;
  std::map<CommentId, Draft> reply_drafts;  // By parent; only those that are open or have text.

  std::set<CommentIndex> shown_spoilers;  // Comments whose spoilers the reader has asked to see.

  std::unordered_map<CommentIndex, Aside> asides;  // Only those that differ from an empty one.
  Aside& aside(CommentIndex index) { return asides[index]; }
  const Aside* find_aside(CommentIndex index) const {
    const auto found = asides.find(index);
    return found == asides.end() ? nullptr : &found->second;
  }
  // Null when there is none.
  ReportDraft* report_draft(CommentIndex index) {
    const auto found = asides.find(index);
    return found != asides.end() && found->second.report ? &*found->second.report : nullptr;
  }

  CommentIndex highlighted = kNoComment;  // Where a permalink has led.

  // Following by mail, where the backend sends any.
  bool can_be_followed = false;
  bool is_follow_open = false;
  FollowState follow = FollowState::Asking;
  std::optional<ErrorCode> follow_failure;
  bool wants_replies = false;  // By mail, once what is being written is posted.

  // What others have written since, and what is not shown until the reader asks for it.
  std::vector<CommentIndex> arrived;

  // Those of them that there is a place for now, of all or of those that will stand below one
  // comment: not what is gone again, has come in with a page, or belongs to what is folded away or
  // not loaded.
  std::vector<CommentIndex> to_show(CommentIndex below = kNoComment) const;

  // The draft of a reply to `parent`, or the top-level one for an empty id; null when there is
  // none.
  Draft* find_draft(const CommentId& parent) {
    if (parent.empty()) return &root_draft;
    const auto found = reply_drafts.find(parent);
    return found == reply_drafts.end() ? nullptr : &found->second;
  }
  const Draft* find_draft(const CommentId& parent) const {
    return const_cast<Conversation*>(this)->find_draft(parent);
  }

  // Whether the comment shows in the thread but has not been confirmed yet.
  bool is_sending(CommentIndex index) const {
    if (root_draft.sending == index) return true;
    for (const auto& [parent, draft] : reply_drafts) {
      if (draft.sending == index) return true;
    }
    return false;
  }
  // Whether there is one like that.
  bool is_sending() const {
    if (root_draft.sending != kNoComment) return true;
    for (const auto& [parent, draft] : reply_drafts) {
      if (draft.sending != kNoComment) return true;
    }
    return false;
  }
};

}  // namespace parlance
