// The orders a reader can choose for the roots of a thread. Replies always stand oldest first
// under their parent, since a conversation only makes sense in the order it was held.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace parlance {

// Best is by how sure it is that readers like a comment (wilson.h), so that a few votes of one kind
// do not outdo many; MostVoted is by the votes for it less those against it.
enum class SortOrder : std::uint8_t { MostVoted, Newest, Oldest, Best };

// "votes", "newest", "oldest", "best": the wire's names.
std::string_view wire_name(SortOrder order);
std::optional<SortOrder> sort_order_from_wire(std::string_view name);

}  // namespace parlance
