#include "widget/views/thread_layout.h"

#include <algorithm>

#include "widget/views/comment_view.h"

namespace parlance {

void ThreadLayout::update(const Thread& thread, const Look& look, bool has_new_look) {
  if (version_ == thread.version() && !has_new_look) return;
  version_ = thread.version();
  order_ = thread.reading_order();
  known_.resize(thread.entry_count());
  positions_.assign(thread.entry_count(), order_.size());
  for (std::size_t position = 0; position < order_.size(); ++position) {
    const CommentIndex index = order_[position];
    positions_[index] = position;
    const Thread::Entry& entry = thread.entry(index);
    Known& known = known_[index];
    const bool is_known =
        known.is_measured && !has_new_look && known.was_collapsed == entry.is_collapsed;
    if (is_known ||
        (known.height > 0 && !has_new_look && known.was_collapsed == entry.is_collapsed))
      continue;
    if (!known.is_weighed) known.weight = weigh(entry.comment.text);
    known.is_weighed = true;
    known.is_measured = false;
    known.was_collapsed = entry.is_collapsed;
    known.height = estimated_comment_height(entry, known.weight, look);
  }
  tops_.assign(order_.size() + 1, 0);
  first_changed_ = 0;
  settle();
}

std::size_t ThreadLayout::position_of(CommentIndex index) const {
  return index < positions_.size() ? positions_[index] : order_.size();
}

std::size_t ThreadLayout::first_below(double y) const {
  if (tops_.empty()) return 0;
  // A comment ends where the next one begins.
  const auto end = std::upper_bound(tops_.begin() + 1, tops_.end(), y);
  return static_cast<std::size_t>(end - tops_.begin()) - 1;
}

void ThreadLayout::set_height(std::size_t position, float height) {
  Known& known = known_[order_[position]];
  known.is_measured = true;
  if (known.height == height) return;
  known.height = height;
  first_changed_ = std::min(first_changed_, position);
}

bool ThreadLayout::settle() {
  if (first_changed_ >= order_.size()) return false;
  double top = tops_[first_changed_];
  for (std::size_t position = first_changed_; position < order_.size(); ++position) {
    tops_[position] = top;
    top += known_[order_[position]].height;
  }
  tops_[order_.size()] = top;
  first_changed_ = order_.size();
  return true;
}

}  // namespace parlance
