// Who is mailed about what. Nothing here proves that a mailbox wants it: `confirmed` says so.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

// The numbers of both are the database's.
enum class MailScope : std::uint8_t { All = 0, Replies = 1 };
enum class MailPace : std::uint8_t { AtOnce = 0, Hourly = 1, Daily = 2 };

struct Subscription {
  RowId id = 0;
  RowId site = 0;
  RowId thread = 0;
  GuestId guest{};
  std::string email;
  MailScope scope = MailScope::All;
  MailPace pace = MailPace::AtOnce;
  UnixSeconds asked = 0;      // When the last confirmation was asked for.
  UnixSeconds confirmed = 0;  // 0: not.
  RowId told = 0;             // Everything announced up to here.
  UnixSeconds mailed = 0;
};

Result<std::optional<Subscription>> find_subscription(Connection& connection, RowId id);
Result<std::optional<Subscription>> find_subscription(Connection& connection,
                                                      const Subscription& like);
// Of one mailbox on one site, by thread.
Result<std::vector<Subscription>> list_subscriptions(Connection& connection, RowId site,
                                                     std::string_view email);
// Its id.
Result<RowId> add_subscription(Connection& connection, const Subscription& row);
// Guest, pace and the time of asking, of one that is there.
Status renew_subscription(Connection& connection, const Subscription& row);
Status set_pace(Connection& connection, RowId id, MailPace pace);
// Mail begins, and there may be something to tell already.
Status confirm_subscription(Connection& connection, RowId id, UnixSeconds now);
Status remove_subscription(Connection& connection, RowId id);
Status remove_subscriptions(Connection& connection, RowId site, std::string_view email);
// Unconfirmed ones that were asked for before.
Status forget_unconfirmed(Connection& connection, UnixSeconds before);

// Mailboxes wait to be confirmed: how many of this one do, on every site.
Result<int> count_unconfirmed(Connection& connection, std::string_view email);
// Whether the guest has shown on the site that the mailbox is theirs.
Result<bool> has_confirmed(Connection& connection, RowId site, const GuestId& guest,
                           std::string_view email);

// A comment can be seen for the first time. Nothing when nobody follows its thread.
Status announce(Connection& connection, RowId thread, RowId comment, UnixSeconds now);
// The latest of the thread; 0: none.
Result<RowId> last_announced(Connection& connection, RowId thread);

// Lets those who follow what was announced become due, at most `most` of each at a time: all at
// once would keep writers waiting. Whether there was anything to do.
Result<bool> spread_announced(Connection& connection, UnixSeconds due, int most);
// Those that are due, the one that waits longest first.
Result<std::vector<Subscription>> list_due(Connection& connection, UnixSeconds now, int most);
Result<bool> has_due_subscriptions(Connection& connection, UnixSeconds now);
// It waits until something is announced again.
Status note_told(Connection& connection, RowId id, RowId told, UnixSeconds mailed);
Status forget_announced(Connection& connection, UnixSeconds before);

// What a subscription has yet to tell, oldest first: approved comments by others.
struct News {
  std::vector<CommentRow> comments;
  RowId told = 0;
  bool has_more = false;  // Beyond `most`.
};
Result<News> news_of(Connection& connection, const Subscription& subscription, int most);

}  // namespace parlance
