// What is still to be sent: mail, and what webhooks are told. A row is written in the transaction
// that causes it, and goes when somebody has taken it; so everything is sent at least once, and
// what is sent again has the same name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

// The key under which everything about the outbox, subscriptions and webhooks is written but for
// new rows: what is claimed in it nobody else claims, in any process.
constexpr std::string_view kOutboxLane = "outbox";

struct OutboxRow {
  RowId id = 0;
  RowId webhook = 0;  // 0: mail.
  std::string name;   // The same with each try, and nobody else's.
  std::string payload;
  UnixSeconds created = 0;
  int tries = 0;  // With the one that begins now.
  UnixSeconds due = 0;
  UnixSeconds ended = 0;  // 0: it waits.
  std::string outcome;    // Why it was given up.
};

Status add_outbox(Connection& connection, const OutboxRow& row, UnixSeconds now);

enum class Outgoing : std::uint8_t { Mail, Webhooks };

// Whether something is due.
Result<bool> has_due(Connection& connection, Outgoing kind, UnixSeconds now);
// The next row that is due. It is due again at `until`, for whoever claims then: a process that has
// died meanwhile loses nothing. REQUIRES: the turn of kOutboxLane.
Result<std::optional<OutboxRow>> claim_outbox(Connection& connection, Outgoing kind,
                                              UnixSeconds now, UnixSeconds until);

Status remove_outbox(Connection& connection, RowId id);
Status put_off(Connection& connection, RowId id, UnixSeconds due, std::string_view outcome);
// It is tried no more; the row says why until it is forgotten.
Status give_up(Connection& connection, RowId id, UnixSeconds now, std::string_view outcome);

struct OutboxCounts {
  std::int64_t waiting = 0;
  std::int64_t failed = 0;
  UnixSeconds oldest = 0;  // When the oldest that waits was written; 0: none.
};
Result<OutboxCounts> count_outbox(Connection& connection);

// Forgets what has ended before, and gives up what a webhook has waiting beyond the newest `most`.
Status tidy_outbox(Connection& connection, UnixSeconds before, UnixSeconds now, int most);

// Mail that has ended, the latest first: that of a mailbox for development.
Result<std::vector<OutboxRow>> list_ended_mail(Connection& connection, int most);

}  // namespace parlance
