// What goes out of a database as a whole and comes in again: everything of a site in the order of
// its keys, and the comments of other programs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/audit.h"
#include "web/server/store/connection.h"
#include "web/server/store/people.h"
#include "web/server/store/records.h"

namespace parlance {

// Each list goes on after the last one of the list before, and costs the same wherever it is.
Result<std::vector<ThreadRow>> list_threads(Connection& connection, RowId site, RowId after,
                                            int limit);
Result<std::vector<CommentRow>> list_comments(Connection& connection, RowId site, RowId after,
                                              int limit);

struct VoteRow {
  GuestId guest{};
  RowId thread = 0;
  RowId comment = 0;
  int value = 0;
};
Result<std::vector<VoteRow>> list_votes_of_site(Connection& connection, RowId site,
                                                const VoteRow& after, int limit);

struct KnownPerson {
  GuestId guest{};
  Person person;
  UnixSeconds seen = 0;
};
Result<std::vector<KnownPerson>> list_people(Connection& connection, RowId site,
                                             const GuestId& after, int limit);

struct KnownBan {
  GuestId guest{};
  Ban ban;
};
Result<std::vector<KnownBan>> list_bans(Connection& connection, RowId site, const GuestId& after,
                                        int limit);

// A vote that is in the counts already. Does nothing where there is one.
Status add_counted_vote(Connection& connection, const VoteRow& vote);
Status add_revision(Connection& connection, RowId comment, int number, UnixSeconds written,
                    std::string_view text);
Status mark_edited(Connection& connection, RowId comment, UnixSeconds edited);
// Says that the thread was begun earlier than it says, or leaves it.
Status begin_earlier(Connection& connection, RowId thread, UnixSeconds created);
// Comments that are added from now on get ids above all that there are.
Status skip_used_ids(Connection& connection);

// Where a comment came from. A source names one program's file of one site.
struct Origin {
  RowId site = 0;
  std::string_view source;
  std::string_view original;  // Its id there.
};
Result<std::optional<RowId>> find_imported(Connection& connection, const Origin& origin);
Status put_imported(Connection& connection, const Origin& origin, RowId comment);

struct WaitingComment {
  std::string original;
  std::string comment;  // JSON.
};
// Of two with the same id the first one stays. Answers whether it is kept.
Result<bool> put_waiting(Connection& connection, const Origin& origin, std::string_view parent,
                         std::string_view comment);
enum class Waiting : std::uint8_t { Answerable, Any };
// Answerable are those whose parent is there by now.
Result<std::vector<WaitingComment>> list_waiting(Connection& connection, const Origin& source,
                                                 Waiting which, int limit);
Status remove_waiting(Connection& connection, const Origin& origin);
Status remove_all_waiting(Connection& connection, const Origin& source);

}  // namespace parlance
