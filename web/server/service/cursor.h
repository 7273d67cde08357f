// Where the next page of a thread starts, as an opaque word:
// base64url("<order>.<score>.<created>.<id>"). It names the last root of the page before, so pages
// stay right while comments come and go.
#pragma once

#include <string>
#include <string_view>

#include "web/server/store/comments.h"

namespace parlance {

std::string to_cursor(SortOrder order, const RootPlace& place);

// Fails with InvalidCursor, also when the cursor was made for another order.
Result<RootPlace> from_cursor(SortOrder order, std::string_view cursor);

}  // namespace parlance
