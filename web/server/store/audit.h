// What moderators have done, and whom they have shut out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

// What of its subject an act has changed. The numbers are the database's.
enum class Aspect : std::uint8_t {
  Status = 0,
  Pin = 1,
  Ban = 2,
  Thread = 3,
  Rules = 4,
  Reports = 5,
  Team = 6
};

struct AuditItem {
  RowId comment = 0;
  std::string before;
  std::string after;
};

struct AuditRow {
  RowId id = 0;
  RowId site = 0;
  RowId account = 0;
  std::string name;  // The account's, which may be gone by now.
  std::string action;
  Aspect aspect = Aspect::Status;
  std::string subject;  // The thread's key, or the moderator's name, where it is about one.
  std::string reason;
  std::string before;  // Of a thread or the site; of comments it stands in the items.
  std::string after;
  UnixSeconds made = 0;
  RowId undone = 0;  // The act that undid it; 0: none.
  std::vector<AuditItem> items;
};

// Adds the act with its items and answers its id.
Result<RowId> add_audit(Connection& connection, const AuditRow& act);
// Without its items.
Result<std::optional<AuditRow>> find_audit(Connection& connection, RowId site, RowId id);
Status mark_undone(Connection& connection, RowId id, RowId by);
// Newest first, without their items.
Result<std::vector<AuditRow>> list_audit(Connection& connection, RowId site, RowId before,
                                         int limit);
Result<std::vector<AuditItem>> list_audit_items(Connection& connection, RowId audit);
// What was done to a comment, newest first; each act has this one item.
Result<std::vector<AuditRow>> list_audit_of(Connection& connection, RowId comment);

struct Ban {
  UnixSeconds until = 0;  // 0: for good.
  std::string reason;
};
// Nothing when there is none, or it is over.
Result<std::optional<Ban>> find_ban(Connection& connection, RowId site, const GuestId& guest,
                                    UnixSeconds now);
Status put_ban(Connection& connection, RowId site, const GuestId& guest, const Ban& ban);
Status remove_ban(Connection& connection, RowId site, const GuestId& guest);

}  // namespace parlance
