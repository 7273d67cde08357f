// What readers look for in a thread.
#pragma once

#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"
#include "web/server/store/words.h"

namespace parlance {

// Approved comments of the thread that have all the terms in their author's name or their text:
// the newest first, no more than `most`.
Result<std::vector<CommentRow>> find_in_thread(Connection& connection, RowId thread,
                                               const std::vector<Term>& terms, int most);

// From the root down to the comment's parent.
Result<std::vector<RowId>> list_above(Connection& connection, RowId comment);

}  // namespace parlance
