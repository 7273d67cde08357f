#include "widget/core/thread.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "widget/core/wilson.h"

namespace parlance {
namespace {

// Whether `one` stands before `other` among the roots. Ties are broken by age and then by id, as
// the backend does, so that every page agrees with a local sort.
bool stands_before(const Comment& one, const Comment& other, SortOrder sort) {
  const auto newer_first = [&] {
    if (one.created != other.created) return one.created > other.created;
    if (one.id.size() != other.id.size()) return one.id.size() > other.id.size();
    return one.id > other.id;
  };
  switch (sort) {
    case SortOrder::MostVoted:
      if (one.score() != other.score()) return one.score() > other.score();
      return newer_first();
    case SortOrder::Best: {
      const std::int64_t bound = wilson_bound(one.up, one.down);
      const std::int64_t others = wilson_bound(other.up, other.down);
      return bound != others ? bound > others : newer_first();
    }
    case SortOrder::Newest:
      return newer_first();
    case SortOrder::Oldest:
      if (one.id == other.id) return false;
      return !newer_first();
  }
  return false;
}

}  // namespace

void Thread::merge(ThreadPage page) {
  info_ = std::move(page.thread);
  next_cursor_ = std::move(page.next_cursor);
  for (Comment& comment : page.comments) merge(std::move(comment));
  changed();
}

void Thread::merge(Comment comment) {
  const auto known = by_id_.find(comment.id);
  if (known != by_id_.end()) {
    if (comment.is_left_out) return;
    entries_[known->second].comment = std::move(comment);
    list(known->second);
    return;
  }
  CommentIndex parent = kNoComment;
  if (!comment.parent.empty()) {
    if (const auto above = by_id_.find(comment.parent); above != by_id_.end()) {
      parent = above->second;
    } else if (const auto gone = left_out_.find(comment.parent); gone != left_out_.end()) {
      parent = gone->second;
    } else if (!comment.is_left_out) {
      return;
    }
  }
  if (comment.is_left_out) {
    ++left_out_count_;
    left_out_[std::move(comment.id)] = parent;
    return;
  }
  list(add(std::move(comment), parent));
}

void Thread::start_order(SortOrder sort) {
  sort_ = sort;
  next_cursor_.clear();
  left_out_count_ = 0;
  roots_.clear();
  for (Entry& entry : entries_) {
    if (entry.parent == kNoComment) entry.is_listed = false;
  }
  changed();
}

void Thread::sort_roots(SortOrder sort) {
  sort_ = sort;
  std::sort(roots_.begin(), roots_.end(),
            [&](CommentIndex one, CommentIndex other) { return goes_before(one, other); });
  changed();
}

// Pinned ones stay first, in the order that the backend has them in.
bool Thread::goes_before(CommentIndex one, CommentIndex other) const {
  const Comment& a = entries_[one].comment;
  const Comment& b = entries_[other].comment;
  if (a.is_pinned && b.is_pinned) return one < other;
  return a.is_pinned || (!b.is_pinned && stands_before(a, b, sort_));
}

CommentIndex Thread::insert_own(Comment comment) {
  const std::optional<CommentIndex> parent =
      comment.parent.empty() ? std::nullopt : find(comment.parent);
  const CommentIndex index = add(std::move(comment), parent.value_or(kNoComment));
  if (parent) {
    list(index);
  } else {
    entries_[index].is_listed = true;
    roots_.insert(roots_.begin(), index);
    ++info_.root_count;
  }
  ++info_.comment_count;
  changed();
  return index;
}

void Thread::replace(CommentIndex index, Comment comment) {
  assert(index < entries_.size());
  // The same comment may have come in with a page in the meantime: what stands in the thread stays
  // one.
  const auto known = by_id_.find(comment.id);
  if (known != by_id_.end() && known->second != index) remove(known->second);
  by_id_.erase(entries_[index].comment.id);
  by_id_[comment.id] = index;
  comment.parent = entries_[index].comment.parent;
  entries_[index].comment = std::move(comment);
  changed();
}

void Thread::remove(CommentIndex index) {
  assert(index < entries_.size());
  Entry& entry = entries_[index];
  if (entry.is_removed) return;
  entry.is_removed = true;
  by_id_.erase(entry.comment.id);
  std::vector<CommentIndex>& siblings =
      entry.parent == kNoComment ? roots_ : entries_[entry.parent].replies;
  std::erase(siblings, index);
  if (entry.is_listed) count_descendants(entry.parent, -(1 + entry.descendants));
  --info_.comment_count;
  if (entry.parent == kNoComment) --info_.root_count;
  changed();
}

CommentIndex Thread::hold_back(Comment comment) {
  const std::optional<CommentIndex> parent =
      comment.parent.empty() ? std::nullopt : find(comment.parent);
  return add(std::move(comment), parent.value_or(kNoComment));
}

void Thread::bring_in(const std::vector<CommentIndex>& indices) {
  for (Entry& entry : entries_) entry.is_fresh = false;
  for (const CommentIndex index : indices) {
    entries_[index].is_fresh = true;
    list_in_order(index);
  }
  changed();
}

bool Thread::revise(CommentIndex index, Comment comment) {
  Comment& known = entries_[index].comment;
  const bool reads_differently = known.text != comment.text || known.author != comment.author ||
                                 known.status != comment.status;
  known = std::move(comment);
  if (reads_differently) changed();
  return reads_differently;
}

void Thread::set_collapsed(CommentIndex index, bool is_collapsed) {
  if (entries_[index].is_collapsed == is_collapsed) return;
  entries_[index].is_collapsed = is_collapsed;
  changed();
}

void Thread::uncover(CommentIndex index) {
  set_collapsed(index, false);
  for (CommentIndex above = entries_[index].parent; above != kNoComment;
       above = entries_[above].parent) {
    set_collapsed(above, false);
  }
}

std::optional<CommentIndex> Thread::find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  if (found == by_id_.end()) return std::nullopt;
  return found->second;
}

const std::vector<CommentIndex>& Thread::reading_order() const {
  if (order_version_ == version_) return order_;
  order_version_ = version_;
  order_.clear();
  order_.reserve(entries_.size());
  // Depth can be as large as a hostile backend likes, so the walk keeps its own stack.
  std::vector<CommentIndex> stack(roots_.rbegin(), roots_.rend());
  while (!stack.empty()) {
    const CommentIndex index = stack.back();
    stack.pop_back();
    order_.push_back(index);
    const Entry& entry = entries_[index];
    if (entry.is_collapsed) continue;
    stack.insert(stack.end(), entry.replies.rbegin(), entry.replies.rend());
  }
  return order_;
}

CommentIndex Thread::add(Comment comment, CommentIndex parent) {
  const auto index = static_cast<CommentIndex>(entries_.size());
  Entry& entry = entries_.emplace_back();
  entry.comment = std::move(comment);
  entry.parent = parent;
  entry.depth = parent == kNoComment ? 0 : entries_[parent].depth + 1;
  by_id_[entry.comment.id] = index;
  return index;
}

void Thread::list(CommentIndex index) {
  Entry& entry = entries_[index];
  if (entry.is_listed) return;
  entry.is_listed = true;
  if (entry.parent == kNoComment) {
    roots_.push_back(index);
    return;
  }
  entries_[entry.parent].replies.push_back(index);
  count_descendants(entry.parent, 1);
}

// Votes that came in since may have left the roots in another order than the one that is asked for:
// a new one stands below all that go before it.
void Thread::list_in_order(CommentIndex index) {
  const Entry& entry = entries_[index];
  if (entry.is_listed) return;
  if (entry.parent != kNoComment) {
    // As deep as replies go, which is bounded where they are held back.
    list_in_order(entry.parent);
    return list(index);
  }
  const auto place = std::find_if(roots_.rbegin(), roots_.rend(),
                                  [&](CommentIndex root) { return goes_before(root, index); });
  roots_.insert(place.base(), index);
  entries_[index].is_listed = true;
}

void Thread::count_descendants(CommentIndex index, int by) {
  for (; index != kNoComment; index = entries_[index].parent) entries_[index].descendants += by;
}

void Thread::changed() { ++version_; }

}  // namespace parlance
