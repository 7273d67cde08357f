// The columns of a comment, and how a row of them is read: for whatever lists comments.
#pragma once

#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

#define COMMENT_COLUMNS                                                                        \
  "id, thread, parent, root, depth, status, created, up, down, living, guest, author, email, " \
  "text, edited, pinned, held, avatar, wilson, "                                               \
  "reports, vouched"

namespace parlance {

// REQUIRES: the statement selects COMMENT_COLUMNS.
CommentRow to_comment_row(const Statement& row);
Status append_comments(Connection& connection, Statement statement,
                       std::vector<CommentRow>& comments);

}  // namespace parlance
