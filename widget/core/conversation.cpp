#include "widget/core/conversation.h"

#include <algorithm>

#include "widget/core/limits.h"

namespace parlance {
namespace {

// Whether the comment can be shown; `above` becomes the one that can be read already, if it has
// one.
bool can_show(const Conversation& conversation, CommentIndex index, CommentIndex& above) {
  const Thread& thread = conversation.thread;
  const Thread::Entry& entry = thread.entry(index);
  if (entry.is_listed || entry.is_removed) return false;
  if (entry.comment.status != CommentStatus::Approved) return false;
  above = kNoComment;
  CommentIndex root = index;
  for (CommentIndex at = entry.parent; at != kNoComment; at = thread.entry(at).parent) {
    if (thread.entry(at).is_collapsed) return false;
    if (above == kNoComment && thread.entry(at).is_listed) above = at;
    root = at;
  }
  // Another order may have been begun, with the root on a page to come.
  const std::vector<CommentIndex>& arrived = conversation.arrived;
  return thread.entry(root).is_listed ||
         std::find(arrived.begin(), arrived.end(), root) != arrived.end();
}

}  // namespace

std::string new_comments_text(int count) {
  const bool is_full = count >= static_cast<int>(kMaxArrived);
  return std::to_string(count) + (is_full ? "+" : "") +
         (count == 1 ? " new comment" : " new comments");
}

std::vector<CommentIndex> Conversation::to_show(CommentIndex below) const {
  std::vector<CommentIndex> found;
  for (const CommentIndex index : arrived) {
    CommentIndex above = kNoComment;
    if (!can_show(*this, index, above)) continue;
    if (below == kNoComment || above == below) found.push_back(index);
  }
  return found;
}

}  // namespace parlance
