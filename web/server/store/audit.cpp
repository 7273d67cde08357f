#include "web/server/store/audit.h"

namespace parlance {
namespace {

#define AUDIT_COLUMNS                                                                           \
  "audit.id, audit.site, audit.account, audit.name, audit.action, audit.aspect, audit.subject," \
  " audit.reason, audit.before, audit.after, audit.made, audit.undone"

constexpr int kAuditColumns = 12;

AuditRow to_audit(const Statement& row) {
  AuditRow act;
  act.id = row.integer(0);
  act.site = row.integer(1);
  act.account = row.integer(2);
  act.name = row.text(3);
  act.action = row.text(4);
  act.aspect = static_cast<Aspect>(row.integer(5));
  act.subject = row.text(6);
  act.reason = row.text(7);
  act.before = row.text(8);
  act.after = row.text(9);
  act.made = row.integer(10);
  act.undone = row.integer(11);
  return act;
}

}  // namespace

Result<RowId> add_audit(Connection& connection, const AuditRow& act) {
  RowId id = 0;
  {
    Statement added = connection.query(
        "INSERT INTO audit"
        " (site, account, name, action, aspect, subject, reason, before, after, made)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        act.site, act.account, act.name, act.action, static_cast<int>(act.aspect), act.subject,
        act.reason, act.before, act.after, act.made);
    if (added.step() != Statement::Step::Row) return connection.error("add audit");
    id = added.integer(0);
  }
  for (const AuditItem& item : act.items) {
    Status kept = connection.run(
        "INSERT INTO audit_item (audit, comment, before, after) VALUES ($1, $2, $3, $4)", id,
        item.comment, item.before, item.after);
    if (!kept) return kept.error();
  }
  return id;
}

Result<std::optional<AuditRow>> find_audit(Connection& connection, RowId site, RowId id) {
  Statement statement =
      connection.query("SELECT " AUDIT_COLUMNS " FROM audit WHERE site = $1 AND id = $2", site, id);
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find audit");
    case Statement::Step::Done:
      return std::optional<AuditRow>();
    case Statement::Step::Row:
      break;
  }
  return std::optional<AuditRow>(to_audit(statement));
}

Status mark_undone(Connection& connection, RowId id, RowId by) {
  return connection.run("UPDATE audit SET undone = $1 WHERE id = $2", by, id);
}

Result<std::vector<AuditRow>> list_audit(Connection& connection, RowId site, RowId before,
                                         int limit) {
  std::vector<AuditRow> acts;
  Statement statement = connection.query("SELECT " AUDIT_COLUMNS
                                         " FROM audit WHERE site = $1 AND id < $2"
                                         " ORDER BY id DESC LIMIT $3",
                                         site, before, limit);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list audit");
      case Statement::Step::Done:
        return acts;
      case Statement::Step::Row:
        acts.push_back(to_audit(statement));
    }
  }
}

Result<std::vector<AuditItem>> list_audit_items(Connection& connection, RowId audit) {
  std::vector<AuditItem> items;
  Statement statement = connection.query(
      "SELECT comment, before, after FROM audit_item WHERE audit = $1 ORDER BY comment", audit);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list audit items");
      case Statement::Step::Done:
        return items;
      case Statement::Step::Row:
        items.push_back(
            {statement.integer(0), std::string(statement.text(1)), std::string(statement.text(2))});
    }
  }
}

Result<std::vector<AuditRow>> list_audit_of(Connection& connection, RowId comment) {
  std::vector<AuditRow> acts;
  Statement statement =
      connection.query("SELECT " AUDIT_COLUMNS
                       ", audit_item.before, audit_item.after FROM audit_item JOIN audit"
                       " ON audit.id = audit_item.audit WHERE audit_item.comment = $1"
                       " ORDER BY audit_item.audit DESC LIMIT 100",
                       comment);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list audit of a comment");
      case Statement::Step::Done:
        return acts;
      case Statement::Step::Row:
        acts.push_back(to_audit(statement));
        acts.back().items.push_back({comment, std::string(statement.text(kAuditColumns)),
                                     std::string(statement.text(kAuditColumns + 1))});
    }
  }
}

#undef AUDIT_COLUMNS

Result<std::optional<Ban>> find_ban(Connection& connection, RowId site, const GuestId& guest,
                                    UnixSeconds now) {
  Statement statement = connection.query(
      "SELECT until, reason FROM ban WHERE site = $1 AND guest = $2", site, Bytes(guest));
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find ban");
    case Statement::Step::Done:
      return std::optional<Ban>();
    case Statement::Step::Row:
      break;
  }
  Ban ban{statement.integer(0), std::string(statement.text(1))};
  if (ban.until != 0 && ban.until <= now) return std::optional<Ban>();
  return std::optional<Ban>(std::move(ban));
}

Status put_ban(Connection& connection, RowId site, const GuestId& guest, const Ban& ban) {
  return connection.run(
      "INSERT INTO ban (site, guest, until, reason) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (site, guest) DO UPDATE SET until = excluded.until, reason = excluded.reason",
      site, Bytes(guest), ban.until, ban.reason);
}

Status remove_ban(Connection& connection, RowId site, const GuestId& guest) {
  return connection.run("DELETE FROM ban WHERE site = $1 AND guest = $2", site, Bytes(guest));
}

}  // namespace parlance
