// Reactions as readers see them, brought to the comments they belong to.
#pragma once

#include <optional>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

// Fills in the reactions to the comments, with those of `guest` marked. Counts every kind, in the
// order of the kinds' names; which of them a site offers is for the reader's widget to look at.
Status add_reactions(Connection& connection, RowId thread, const std::optional<GuestId>& guest,
                     std::vector<Comment>& comments);
Status add_reactions(Connection& connection, Comment& comment);

}  // namespace parlance
