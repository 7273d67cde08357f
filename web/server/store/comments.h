// Comments: kept one by one, listed tree by tree.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"
#include "widget/core/sort_order.h"

namespace parlance {

Result<std::optional<CommentRow>> find_comment(Connection& connection, RowId id);

// Adds the comment and keeps the counts of its root and its thread. `id` and `living` of `comment`
// are ignored. REQUIRES: parent, root and depth agree with the parent's row. Answers the comment's
// id.
Result<RowId> add_comment(Connection& connection, const CommentRow& comment);
// The same under an id of its own. REQUIRES: no comment has had it.
Result<RowId> add_comment_as(Connection& connection, RowId id, const CommentRow& comment);

// Gives the comment another text, and keeps the one it had.
Status edit_comment(Connection& connection, const CommentRow& comment, std::string_view text,
                    UnixSeconds now);

// What a comment said before: oldest first.
struct Revision {
  int number = 0;
  UnixSeconds written = 0;
  std::string text;
};
Result<std::vector<Revision>> list_revisions(Connection& connection, RowId comment);

// Gives the comment another status and keeps the counts. Fails with UnknownComment.
Status set_status(Connection& connection, RowId comment, CommentStatus status);

// Where a root stands in the sorted list of its thread.
struct RootPlace {
  std::int64_t score = 0;  // With Best the bound of its score.
  UnixSeconds created = 0;
  RowId id = 0;
};

RootPlace place_of(const CommentRow& root, SortOrder order);

// Whether `a` is listed before `b`. Equal scores: newest first.
bool stands_before(const RootPlace& a, const RootPlace& b, SortOrder order);

struct RootQuery {
  RowId thread = 0;
  SortOrder order = SortOrder::MostVoted;
  std::optional<RootPlace> after;  // The last root of the page before.
  int limit = 0;
};

// Living roots in the order asked for. Costs the same wherever the page is.
Result<std::vector<CommentRow>> list_roots(Connection& connection, const RootQuery& query);

// Living roots that moderators have put first, and list_roots leaves out: the last one pinned
// first.
Result<std::vector<CommentRow>> list_pinned_roots(Connection& connection, RowId thread);
// 0 as the time takes the pin away.
Status pin_comment(Connection& connection, const CommentRow& comment, UnixSeconds when);
Status hold_comment(Connection& connection, RowId comment, Held held);

// Roots that list_roots leaves out and that this guest sees nevertheless: their own that wait for
// approval, and any above their own. In no order; few, since a guest's pending comments are.
Result<std::vector<CommentRow>> list_own_pending_roots(Connection& connection, RowId thread,
                                                       const GuestId& guest);

// Whether a comment of this guest on the site is approved.
Result<bool> has_approved(Connection& connection, RowId site, const GuestId& guest);

// How many comments of this guest wait for approval.
Result<int> count_own_pending(Connection& connection, RowId thread, const GuestId& guest);

// Every reply below one of the roots, of any status, tree by tree in the order of the roots' ids,
// each tree oldest first.
Result<std::vector<CommentRow>> list_replies(Connection& connection, std::span<const RowId> roots);

}  // namespace parlance
