// From rows to what one reader may see of them.
#pragma once

#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "web/server/store/records.h"

namespace parlance {

// Who reads, and what they have said. Without a guest there are no votes.
struct Viewer {
  std::optional<GuestId> guest;
  int edit_seconds = 0;  // So long they may edit what they wrote.
  std::unordered_map<RowId, Vote> votes;
  std::unordered_set<RowId> reported;
};

// As this viewer sees it, whatever its status.
Comment to_comment(const CommentRow& row, const Viewer& viewer);

// Who posts spam is not told that it was taken for it.
CommentRow as_told_to_author(CommentRow row);

// What stands in the place of a comment that may not be seen: a deleted one, without author and
// text.
Comment to_placeholder(const CommentRow& row);

// Appends what the viewer may see of a tree, in preorder, siblings in the order they come in.
// A comment that may not be seen but has replies that may is kept in its place as a deleted one,
// without author and text. REQUIRES: rows.front() is the root, and the rest are all of its replies.
void append_visible(const std::vector<CommentRow>& rows, const Viewer& viewer,
                    std::vector<Comment>& comments);

}  // namespace parlance
