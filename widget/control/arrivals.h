// What others do in a thread while it is read, brought into the conversation without moving
// anything: new comments wait until the reader asks for them, known ones change in their place.
#pragma once

#include <utility>
#include <vector>

#include "widget/core/conversation.h"
#include "widget/core/thread_page.h"

namespace parlance {

// The comments that read differently now.
using Revised = std::vector<CommentIndex>;

class Arrivals {
 public:
  // `conversation` must live longer.
  explicit Arrivals(Conversation& conversation) : conversation_(conversation) {}

  Revised take(ThreadChanges changes);

  // The thread's beginning as it is now, after changes were missed. What is no longer on it, where
  // it would have to be, is gone.
  Revised catch_up(ThreadPage page);

  // To be called when a page has been merged: there may be a place now for what had none.
  void find_places();

  // Shows what has arrived, or what of it stands below one comment. Returns the first of it in
  // reading order.
  CommentIndex show(CommentIndex below = kNoComment);

  // Whether more has arrived than is kept, since the last call.
  bool take_missed() { return std::exchange(has_missed_, false); }

 private:
  // Whose eyes a comment is told for: everybody's tell nothing of this reader's vote.
  enum class Eyes : std::uint8_t { Everybodys, Readers };
  void take(Comment comment, Eyes eyes, Revised& revised);
  void take_new(Comment comment);
  void take_score(const Comment& score);
  void take_reactions(Comment told);
  void revise(CommentIndex index, Comment comment, Eyes eyes, Revised& revised);
  void take_info(ThreadInfo info, Eyes eyes);
  void drop_missing(const ThreadPage& page, Revised& revised);

  Conversation& conversation_;
  std::vector<Comment> unplaced_;  // Replies to what is not loaded yet, the oldest first.
  bool has_missed_ = false;
};

}  // namespace parlance
