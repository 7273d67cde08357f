// Everything that belongs to one person on a site.
#pragma once

#include <string_view>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/people.h"
#include "web/server/store/records.h"

namespace parlance {

// The writers who gave this address, each once.
Result<std::vector<GuestId>> list_guests_of_email(Connection& connection, RowId site,
                                                  std::string_view email);

// Comments that the guest wrote, or that came with the address and have no writer; of either in the
// order of their ids, from `after` on.
Result<std::vector<CommentRow>> list_comments_of_guest(Connection& connection, RowId site,
                                                       const GuestId& guest, RowId after,
                                                       int limit);
Result<std::vector<CommentRow>> list_comments_of_email(Connection& connection, RowId site,
                                                       std::string_view email, RowId after,
                                                       int limit);

struct CastVote {
  RowId thread = 0;
  RowId comment = 0;
  int value = 0;
};
Result<std::vector<CastVote>> list_votes_of_guest(Connection& connection, const GuestId& guest,
                                                  int limit);

// Takes the name, the addresses, the picture and the writer from the comment, gives it this text,
// and forgets what it said before. Its status stays.
Status make_anonymous(Connection& connection, const CommentRow& comment, std::string_view author,
                      std::string_view text);

// What else is known of the guest: who they are to their publisher, what they have sent, how they
// reacted, what they reported, what they follow, and the mail to them that has not gone out.
Status forget_guest(Connection& connection, RowId site, const GuestId& guest);
// What would be sent to the address: mail that has not gone out, and what it follows.
Status forget_email(Connection& connection, RowId site, std::string_view email);

}  // namespace parlance
