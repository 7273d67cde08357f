// What readers say to a comment with a single emoji. Each kind is a row of its own, and
// reaction_count agrees with them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

struct ReactionRow {
  RowId comment = 0;
  std::string kind;
  int count = 0;
};

// Whether the guest reacts to the comment in this way. The same again changes nothing.
Status put_reaction(Connection& connection, const GuestId& guest, const CommentRow& comment,
                    std::string_view kind, bool is_there);

// How many react to the comments, and in which way. In no order.
Result<std::vector<ReactionRow>> list_reaction_counts(Connection& connection,
                                                      std::span<const RowId> comments);

// What the guest has said in a thread, each with a count of 1.
Result<std::vector<ReactionRow>> list_own_reactions(Connection& connection, const GuestId& guest,
                                                    RowId thread);

}  // namespace parlance
