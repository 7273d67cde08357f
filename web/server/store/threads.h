// Threads: one for each article page somebody has written on.
#pragma once

#include <optional>
#include <string_view>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

Result<std::optional<ThreadRow>> find_thread(Connection& connection, RowId site,
                                             std::string_view key);
Result<std::optional<ThreadRow>> find_thread(Connection& connection, RowId id);

// Adds a thread without comments. Only site, key, title and url of `thread` count. Fails when the
// site has the key already.
Result<ThreadRow> add_thread(Connection& connection, const ThreadRow& thread, UnixSeconds now);

// Says that what a page of the thread shows has changed, and by how many approved comments and
// living roots.
Status touch_thread(Connection& connection, RowId thread, int comments, int roots);

// Keeps what is set by hand: whether it is closed or kept open, and its approval.
Status set_thread(Connection& connection, const ThreadRow& thread);

Status close_thread(Connection& connection, RowId thread, bool is_closed);

// The number of approved comments; 0 when there is no such thread.
Result<int> count_comments(Connection& connection, RowId site, std::string_view key);

}  // namespace parlance
