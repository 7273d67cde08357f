#include "web/server/store/outbox.h"

namespace parlance {
namespace {

#define OUTBOX_COLUMNS "id, webhook, name, payload, created, tries, due, ended, outcome"

Result<std::vector<OutboxRow>> read_rows(Connection& connection, Statement statement) {
  std::vector<OutboxRow> rows;
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("read outbox");
      case Statement::Step::Done:
        return rows;
      case Statement::Step::Row:
        rows.push_back({.id = statement.integer(0),
                        .webhook = statement.integer(1),
                        .name = std::string(statement.text(2)),
                        .payload = std::string(statement.text(3)),
                        .created = statement.integer(4),
                        .tries = statement.count(5),
                        .due = statement.integer(6),
                        .ended = statement.integer(7),
                        .outcome = std::string(statement.text(8))});
    }
  }
}

// A webhook that rests, or takes nothing any more, has nothing due.
constexpr const char* kMailIsDue =
    "SELECT 1 FROM outbox WHERE ended = 0 AND due <= $1 AND webhook IS NULL LIMIT 1";
constexpr const char* kWebhookIsDue =
    "SELECT 1 FROM outbox JOIN webhook ON webhook.id = outbox.webhook"
    " WHERE ended = 0 AND due <= $1 AND rests_until <= $1 AND disabled = 0 LIMIT 1";
constexpr const char* kClaimMail =
    "UPDATE outbox SET due = $1, tries = tries + 1 WHERE id IN"
    " (SELECT id FROM outbox WHERE ended = 0 AND due <= $2 AND webhook IS NULL"
    "  ORDER BY due, id LIMIT 1) RETURNING " OUTBOX_COLUMNS;
constexpr const char* kClaimWebhooks =
    "UPDATE outbox SET due = $1, tries = tries + 1 WHERE id IN"
    " (SELECT outbox.id FROM outbox JOIN webhook ON webhook.id = outbox.webhook"
    "  WHERE ended = 0 AND due <= $2 AND rests_until <= $2 AND disabled = 0"
    "  ORDER BY due, outbox.id LIMIT 1) RETURNING " OUTBOX_COLUMNS;

}  // namespace

Status add_outbox(Connection& connection, const OutboxRow& row, UnixSeconds now) {
  const std::optional<RowId> webhook = row.webhook == 0 ? std::nullopt : std::optional(row.webhook);
  return connection.run(
      "INSERT INTO outbox (webhook, name, payload, created, due) VALUES ($1, $2, $3, $4, $4)",
      webhook, row.name, row.payload, now);
}

Result<bool> has_due(Connection& connection, Outgoing kind, UnixSeconds now) {
  Statement found = kind == Outgoing::Mail ? connection.query(kMailIsDue, now)
                                           : connection.query(kWebhookIsDue, now);
  const Statement::Step step = found.step();
  if (step == Statement::Step::Failed) return connection.error("look into the outbox");
  return step == Statement::Step::Row;
}

Result<std::optional<OutboxRow>> claim_outbox(Connection& connection, Outgoing kind,
                                              UnixSeconds now, UnixSeconds until) {
  const char* sql = kind == Outgoing::Mail ? kClaimMail : kClaimWebhooks;
  auto rows = read_rows(connection, connection.query(sql, until, now));
  if (!rows) return rows.error();
  if (rows->empty()) return std::optional<OutboxRow>();
  return std::optional(std::move(rows->front()));
}

Status remove_outbox(Connection& connection, RowId id) {
  return connection.run("DELETE FROM outbox WHERE id = $1", id);
}

Status put_off(Connection& connection, RowId id, UnixSeconds due, std::string_view outcome) {
  return connection.run("UPDATE outbox SET due = $1, outcome = $2 WHERE id = $3", due, outcome, id);
}

Status give_up(Connection& connection, RowId id, UnixSeconds now, std::string_view outcome) {
  return connection.run("UPDATE outbox SET ended = $1, outcome = $2 WHERE id = $3", now, outcome,
                        id);
}

Result<OutboxCounts> count_outbox(Connection& connection) {
  Statement counted = connection.query(
      "SELECT (SELECT count(*) FROM outbox WHERE ended = 0),"
      " (SELECT count(*) FROM outbox WHERE ended > 0 AND outcome <> ''),"
      " (SELECT min(created) FROM outbox WHERE ended = 0)");
  if (counted.step() != Statement::Step::Row) return connection.error("count outbox");
  return OutboxCounts{counted.integer(0), counted.integer(1), counted.integer(2)};
}

Status tidy_outbox(Connection& connection, UnixSeconds before, UnixSeconds now, int most) {
  Status done = connection.run("DELETE FROM outbox WHERE ended > 0 AND ended < $1", before);
  if (!done) return done;
  return connection.run(
      "UPDATE outbox SET ended = $1, outcome = 'too many are waiting' WHERE ended = 0"
      " AND webhook IS NOT NULL AND id <= (SELECT newer.id FROM outbox newer WHERE"
      " newer.ended = 0 AND newer.webhook = outbox.webhook ORDER BY newer.id DESC"
      " LIMIT 1 OFFSET $2)",
      now, most);
}

Result<std::vector<OutboxRow>> list_ended_mail(Connection& connection, int most) {
  return read_rows(connection, connection.query("SELECT " OUTBOX_COLUMNS
                                                " FROM outbox WHERE ended > 0 AND webhook IS NULL"
                                                " ORDER BY ended DESC, id DESC LIMIT $1",
                                                most));
}

}  // namespace parlance
