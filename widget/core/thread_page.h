// One page of a thread: some of its roots in the order asked for, each followed by all of its
// replies in preorder (a parent stands before its replies, siblings oldest first).
#pragma once

#include <string>
#include <vector>

#include "widget/core/comment.h"
#include "widget/core/sort_order.h"

namespace parlance {

struct ThreadInfo {
  std::string key;
  std::string title;
  bool is_closed = false;  // Nobody can comment or vote any more.
  int comment_count = 0;   // All that this reader can see, on every page.
  int root_count = 0;
  std::vector<std::string> reactions;  // What readers can react with: emoji. Only a page tells.
};

struct ThreadPage {
  ThreadInfo thread;
  SortOrder sort = SortOrder::MostVoted;
  std::vector<Comment> comments;  // With those that are left out, since others may answer them.
  std::string next_cursor;        // Opaque. Empty on the last page.
  std::string last_event;  // Opaque: whatever happens after it comes as ThreadChanges. Empty when
                           // the backend tells of nothing by itself.
  bool can_be_followed = false;  // By mail.
};

// What has happened in a thread since it was last told of. Each comment comes as it is now, so it
// does no harm to hear of it twice.
struct ThreadChanges {
  ThreadInfo thread;
  std::vector<Comment> comments;   // New or changed, in the order in which that happened.
  std::vector<Comment> scores;     // Only id, up and down: nothing else has changed.
  std::vector<Comment> reactions;  // Only id and reactions: the same.
};

}  // namespace parlance
