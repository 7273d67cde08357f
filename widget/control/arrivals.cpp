#include "widget/control/arrivals.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "widget/core/limits.h"

namespace parlance {
namespace {

// What everybody is told does not say which of it is this reader's.
void keep_own_reactions(const Comment& known, Comment& told) {
  for (Reaction& reaction : told.reactions) {
    reaction.is_own = has_reacted(known, reaction.kind);
  }
}

}  // namespace

Revised Arrivals::take(ThreadChanges changes) {
  Revised revised;
  for (Comment& comment : changes.comments) take(std::move(comment), Eyes::Everybodys, revised);
  for (const Comment& score : changes.scores) take_score(score);
  for (Comment& told : changes.reactions) take_reactions(std::move(told));
  take_info(std::move(changes.thread), Eyes::Everybodys);
  return revised;
}

Revised Arrivals::catch_up(ThreadPage page) {
  Revised revised;
  drop_missing(page, revised);
  for (Comment& comment : page.comments) {
    if (!comment.is_left_out) take(std::move(comment), Eyes::Readers, revised);
  }
  take_info(std::move(page.thread), Eyes::Readers);
  return revised;
}

void Arrivals::take(Comment comment, Eyes eyes, Revised& revised) {
  const auto known = conversation_.thread.find(comment.id);
  if (known) return revise(*known, std::move(comment), eyes, revised);
  // What waits for approval is nobody's business, and what is gone already nobody misses.
  if (comment.status == CommentStatus::Approved) take_new(std::move(comment));
}

void Arrivals::take_new(Comment comment) {
  // Its own answer brings it.
  if (comment.is_own && conversation_.is_sending()) return;
  Thread& thread = conversation_.thread;
  const bool has_place = comment.parent.empty() || thread.find(comment.parent);
  if (!has_place) {
    if (unplaced_.size() >= kMaxArrived) unplaced_.erase(unplaced_.begin());
    unplaced_.push_back(std::move(comment));
  } else if (conversation_.arrived.size() < kMaxArrived) {
    conversation_.arrived.push_back(thread.hold_back(std::move(comment)));
  } else {
    has_missed_ = true;
  }
}

void Arrivals::take_score(const Comment& score) {
  const auto known = conversation_.thread.find(score.id);
  if (!known || conversation_.votes.is_waiting(*known)) return;
  Comment& comment = conversation_.thread.comment(*known);
  comment.up = score.up;
  comment.down = score.down;
}

void Arrivals::take_reactions(Comment told) {
  const auto known = conversation_.thread.find(told.id);
  if (!known || conversation_.reactions.is_waiting(*known)) return;
  Comment& comment = conversation_.thread.comment(*known);
  keep_own_reactions(comment, told);
  comment.reactions = std::move(told.reactions);
}

void Arrivals::revise(CommentIndex index, Comment comment, Eyes eyes, Revised& revised) {
  const bool is_told = comment.status == CommentStatus::Approved ||
                       comment.status == CommentStatus::Deleted || eyes == Eyes::Readers;
  if (!is_told) return;
  const Comment& known = conversation_.thread.entry(index).comment;
  // It stays where it is.
  comment.parent = known.parent;
  if (eyes == Eyes::Everybodys) {
    comment.vote = known.vote;
    comment.is_own = known.is_own;
    comment.is_reported = known.is_reported;
    keep_own_reactions(known, comment);
    comment.editable_until = known.editable_until;
  }
  if (conversation_.votes.is_waiting(index)) {
    comment.vote = known.vote;
    comment.up = known.up;
    comment.down = known.down;
  }
  if (conversation_.reactions.is_waiting(index)) comment.reactions = known.reactions;
  if (comment.status == CommentStatus::Deleted) {
    conversation_.failed_votes.erase(index);
    conversation_.asides.erase(index);
  }
  if (conversation_.thread.revise(index, std::move(comment))) revised.push_back(index);
}

// Everybody's count knows nothing of what only this reader sees: what waits for approval, and what
// is on its way.
void Arrivals::take_info(ThreadInfo info, Eyes eyes) {
  const Thread& thread = conversation_.thread;
  if (eyes == Eyes::Everybodys) info.reactions = thread.info().reactions;
  for (CommentIndex index = 0; index < thread.entry_count(); ++index) {
    const Thread::Entry& entry = thread.entry(index);
    if (!entry.comment.is_own || entry.is_removed) continue;
    const bool is_pending =
        eyes == Eyes::Everybodys && entry.comment.status == CommentStatus::Pending;
    if (!is_pending && !conversation_.is_sending(index)) continue;
    ++info.comment_count;
    if (entry.parent == kNoComment) ++info.root_count;
  }
  conversation_.thread.set_info(std::move(info));
}

void Arrivals::drop_missing(const ThreadPage& page, Revised& revised) {
  std::unordered_set<std::string_view> ids;
  for (const Comment& comment : page.comments) ids.insert(comment.id);
  const Thread& thread = conversation_.thread;
  const bool is_whole = page.next_cursor.empty();
  for (CommentIndex index = 0; index < thread.entry_count(); ++index) {
    const Thread::Entry& entry = thread.entry(index);
    CommentIndex root = index;
    while (thread.entry(root).parent != kNoComment) root = thread.entry(root).parent;
    // All replies stand on the page of their root.
    const bool should_be_there =
        is_whole || (root != index && ids.contains(thread.entry(root).comment.id));
    const bool is_gone = should_be_there && !ids.contains(entry.comment.id);
    if (!is_gone || entry.is_removed || conversation_.is_sending(index)) continue;
    if (entry.comment.status == CommentStatus::Deleted) continue;
    Comment placeholder{.id = entry.comment.id, .created = entry.comment.created};
    placeholder.status = CommentStatus::Deleted;
    revise(index, std::move(placeholder), Eyes::Readers, revised);
  }
}

void Arrivals::find_places() {
  for (Comment& comment : std::exchange(unplaced_, {})) {
    if (!conversation_.thread.find(comment.id)) take_new(std::move(comment));
  }
}

CommentIndex Arrivals::show(CommentIndex below) {
  const std::vector<CommentIndex> shown = conversation_.to_show(below);
  Thread& thread = conversation_.thread;
  thread.bring_in(shown);
  std::erase_if(conversation_.arrived,
                [&](CommentIndex index) { return thread.entry(index).is_listed; });
  for (const CommentIndex index : thread.reading_order()) {
    if (thread.entry(index).is_fresh) return index;
  }
  return kNoComment;
}

}  // namespace parlance
