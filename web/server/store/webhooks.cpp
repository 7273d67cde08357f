#include "web/server/store/webhooks.h"

namespace parlance {
namespace {

#define WEBHOOK_COLUMNS "id, url, secret, failing_since, failures, disabled"

WebhookRow to_webhook(const Statement& row) {
  return {.id = row.integer(0),
          .url = std::string(row.text(1)),
          .secret = std::string(row.text(2)),
          .failing_since = row.integer(3),
          .failures = row.count(4),
          .disabled = row.integer(5)};
}

}  // namespace

Result<std::vector<WebhookRow>> list_webhooks(Connection& connection, RowId site) {
  std::vector<WebhookRow> rows;
  Statement statement =
      connection.query("SELECT " WEBHOOK_COLUMNS " FROM webhook WHERE site = $1 ORDER BY id", site);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list webhooks");
      case Statement::Step::Done:
        return rows;
      case Statement::Step::Row:
        rows.push_back(to_webhook(statement));
    }
  }
}

Result<std::optional<WebhookRow>> find_webhook(Connection& connection, RowId id) {
  Statement statement =
      connection.query("SELECT " WEBHOOK_COLUMNS " FROM webhook WHERE id = $1", id);
  const Statement::Step step = statement.step();
  if (step == Statement::Step::Failed) return connection.error("find webhook");
  if (step == Statement::Step::Done) return std::optional<WebhookRow>();
  return std::optional(to_webhook(statement));
}

Status put_webhook(Connection& connection, RowId site, const WebhookRow& row, UnixSeconds now) {
  return connection.run(
      "INSERT INTO webhook (site, url, secret, created) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (site, url) DO UPDATE SET secret = excluded.secret, failing_since = 0,"
      " failures = 0, rests_until = 0, disabled = 0",
      site, row.url, row.secret, now);
}

Result<bool> remove_webhook(Connection& connection, RowId site, std::string_view url) {
  Statement removed =
      connection.query("DELETE FROM webhook WHERE site = $1 AND url = $2 RETURNING 1", site, url);
  const Statement::Step step = removed.step();
  if (step == Statement::Step::Failed) return connection.error("remove webhook");
  return step == Statement::Step::Row;
}

Status note_webhook_success(Connection& connection, RowId id) {
  return connection.run(
      "UPDATE webhook SET failing_since = 0, failures = 0, rests_until = 0"
      " WHERE id = $1 AND failures > 0",
      id);
}

Status note_webhook_failure(Connection& connection, const WebhookRow& row, UnixSeconds now,
                            UnixSeconds rests_until) {
  const UnixSeconds since = row.failing_since == 0 ? now : row.failing_since;
  return connection.run(
      "UPDATE webhook SET failing_since = $1, failures = $2, rests_until = $3 WHERE id = $4", since,
      row.failures + 1, rests_until, row.id);
}

Status disable_webhook(Connection& connection, RowId id, UnixSeconds now) {
  Status done = connection.run("UPDATE webhook SET disabled = $1 WHERE id = $2", now, id);
  if (!done) return done;
  return connection.run(
      "UPDATE outbox SET ended = $1, outcome = 'the webhook was disabled'"
      " WHERE webhook = $2 AND ended = 0",
      now, id);
}

}  // namespace parlance
