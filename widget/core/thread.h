// The comments of one thread that have been loaded so far, and the order in which they are read.
//
// A comment gets an index when it first comes in and keeps it for good: indices name comments
// cheaply where ids would be strings. Roots stand in the order they were sorted into; that order
// does not change by itself when votes do, so nothing moves under a reader's eyes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "widget/core/comment.h"
#include "widget/core/sort_order.h"
#include "widget/core/thread_page.h"

namespace parlance {

using CommentIndex = std::uint32_t;
inline constexpr CommentIndex kNoComment = 0xFFFFFFFF;

class Thread {
 public:
  struct Entry {
    Comment comment;
    CommentIndex parent = kNoComment;
    int depth = 0;  // 0 for roots.
    std::vector<CommentIndex> replies;
    int descendants = 0;        // Replies, their replies and so on.
    bool is_collapsed = false;  // Its text and everything below it are folded away.
    bool is_removed = false;  // Taken back before it was ever posted; its index is not used again.
    bool is_listed = false;   // Stands in the current order.
    bool is_fresh = false;    // Brought in by the latest bring_in().
  };

  // Adds a page's comments below those already there, or refreshes what is known of them. Comments
  // whose parent is neither known nor on the page are passed over. Who answers a comment that is
  // left out stands below what that one answers.
  void merge(ThreadPage page);

  // Starts over with another order: nothing is listed until pages in that order are merged.
  // Comments and indices stay.
  void start_order(SortOrder sort);

  // Sorts all listed roots. For when every page is there; otherwise only the backend knows the
  // order.
  void sort_roots(SortOrder sort);

  // A comment that this reader has just written: a root goes to the top, a reply below its
  // siblings.
  CommentIndex insert_own(Comment comment);
  // The backend has answered: the comment gets its real id and everything else the backend says.
  void replace(CommentIndex index, Comment comment);
  void remove(CommentIndex index);

  // A comment that others have written meanwhile: it is known from now on, and not to be read yet.
  // REQUIRES: its parent is known, or it has none.
  CommentIndex hold_back(Comment comment);
  // Lists what was held back, and what stands above it, each at its place: a reply below its
  // siblings, a root where the order has it. In place of the earlier ones these are fresh.
  void bring_in(const std::vector<CommentIndex>& indices);
  // What is known of a comment now, in its place. Returns whether it reads differently.
  bool revise(CommentIndex index, Comment comment);
  void set_info(ThreadInfo info) { info_ = std::move(info); }

  void set_collapsed(CommentIndex index, bool is_collapsed);
  // Unfolds everything above a comment.
  void uncover(CommentIndex index);

  // REQUIRES: index came from this thread.
  const Entry& entry(CommentIndex index) const { return entries_[index]; }
  Comment& comment(CommentIndex index) { return entries_[index].comment; }
  std::size_t entry_count() const { return entries_.size(); }
  std::optional<CommentIndex> find(std::string_view id) const;

  // What is to be read, from the first comment to the last: preorder, without what is folded away.
  const std::vector<CommentIndex>& reading_order() const;
  // Changes whenever reading_order() does.
  std::uint32_t version() const { return version_; }

  // How many roots stand in the current order.
  std::size_t root_count() const { return roots_.size(); }
  const ThreadInfo& info() const { return info_; }
  SortOrder sort() const { return sort_; }
  bool has_more() const { return !next_cursor_.empty(); }
  const std::string& next_cursor() const { return next_cursor_; }
  // Comments of this order's pages that could not be understood.
  int left_out() const { return left_out_count_; }

 private:
  void merge(Comment comment);
  CommentIndex add(Comment comment, CommentIndex parent);
  void list(CommentIndex index);
  void list_in_order(CommentIndex index);
  bool goes_before(CommentIndex one, CommentIndex other) const;
  void count_descendants(CommentIndex index, int by);
  void changed();

  ThreadInfo info_;
  SortOrder sort_ = SortOrder::MostVoted;
  std::string next_cursor_;
  int left_out_count_ = 0;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, CommentIndex> by_id_;
  std::unordered_map<std::string, CommentIndex> left_out_;  // By id: what they answer.
  std::vector<CommentIndex> roots_;
  std::uint32_t version_ = 1;
  mutable std::vector<CommentIndex> order_;
  mutable std::uint32_t order_version_ = 0;
};

}  // namespace parlance
