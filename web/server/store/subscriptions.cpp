#include "web/server/store/subscriptions.h"

#include <algorithm>

#include "web/server/store/comment_rows.h"

namespace parlance {
namespace {

#define SUBSCRIPTION_COLUMNS \
  "id, site, thread, guest, email, scope, pace, asked, confirmed, told, mailed"

// A pace lets a mail go so long after the last one.
#define SECONDS_OF_PACE "(CASE pace WHEN 1 THEN 3600 WHEN 2 THEN 86400 ELSE 0 END)"

Subscription to_subscription(const Statement& row) {
  Subscription found;
  found.id = row.integer(0);
  found.site = row.integer(1);
  found.thread = row.integer(2);
  const Bytes guest = row.blob(3);
  std::copy_n(guest.begin(), std::min(guest.size(), found.guest.size()), found.guest.begin());
  found.email = row.text(4);
  found.scope = row.integer(5) == 1 ? MailScope::Replies : MailScope::All;
  found.pace = static_cast<MailPace>(std::clamp<std::int64_t>(row.integer(6), 0, 2));
  found.asked = row.integer(7);
  found.confirmed = row.integer(8);
  found.told = row.integer(9);
  found.mailed = row.integer(10);
  return found;
}

Result<std::vector<Subscription>> read_rows(Connection& connection, Statement statement) {
  std::vector<Subscription> rows;
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("read subscriptions");
      case Statement::Step::Done:
        return rows;
      case Statement::Step::Row:
        rows.push_back(to_subscription(statement));
    }
  }
}

Result<std::optional<Subscription>> first_row(Connection& connection, Statement statement) {
  auto rows = read_rows(connection, std::move(statement));
  if (!rows) return rows.error();
  if (rows->empty()) return std::optional<Subscription>();
  return std::optional(std::move(rows->front()));
}

Result<std::int64_t> read_number(Connection& connection, Statement statement) {
  if (statement.step() != Statement::Step::Row) return connection.error("count subscriptions");
  return statement.integer(0);
}

Result<bool> is_there(Connection& connection, Statement statement) {
  const Statement::Step step = statement.step();
  if (step == Statement::Step::Failed) return connection.error("look for subscriptions");
  return step == Statement::Step::Row;
}

struct Unspread {
  RowId id = 0;
  RowId thread = 0;
  std::string answered;  // The guest; empty: nobody who is known.
};

Result<std::vector<Unspread>> list_unspread(Connection& connection) {
  std::vector<Unspread> rows;
  Statement statement = connection.query(
      "SELECT announced.id, announced.thread, parent.guest FROM announced"
      " JOIN comment ON comment.id = announced.comment"
      " LEFT JOIN comment parent ON parent.id = comment.parent"
      " WHERE announced.spread = 0 ORDER BY announced.id LIMIT 100");
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list announced");
      case Statement::Step::Done:
        return rows;
      case Statement::Step::Row:
        rows.push_back(
            {statement.integer(0), statement.integer(1), std::string(statement.text(2))});
    }
  }
}

Result<int> make_due(Connection& connection, const Unspread& row, UnixSeconds due, int most) {
  Statement made = connection.query(
      "UPDATE subscription SET due = CASE WHEN mailed + " SECONDS_OF_PACE
      " > $1 THEN mailed + " SECONDS_OF_PACE
      " ELSE $1 END WHERE id IN (SELECT id FROM subscription WHERE thread = $2"
      " AND (scope = 0 OR guest = $3) AND confirmed > 0 AND due = 0 AND told < $4 LIMIT $5)"
      " RETURNING 1",
      due, row.thread, bytes_of(row.answered), row.id, most);
  for (int count = 0;; ++count) {
    const Statement::Step step = made.step();
    if (step == Statement::Step::Failed) return connection.error("make subscriptions due");
    if (step == Statement::Step::Done) return count;
  }
}

}  // namespace

Result<std::optional<Subscription>> find_subscription(Connection& connection, RowId id) {
  return first_row(
      connection,
      connection.query("SELECT " SUBSCRIPTION_COLUMNS " FROM subscription WHERE id = $1", id));
}

Result<std::optional<Subscription>> find_subscription(Connection& connection,
                                                      const Subscription& like) {
  return first_row(connection,
                   connection.query("SELECT " SUBSCRIPTION_COLUMNS " FROM subscription"
                                    " WHERE thread = $1 AND email = $2 AND scope = $3",
                                    like.thread, like.email, static_cast<int>(like.scope)));
}

Result<std::vector<Subscription>> list_subscriptions(Connection& connection, RowId site,
                                                     std::string_view email) {
  return read_rows(connection, connection.query("SELECT " SUBSCRIPTION_COLUMNS " FROM subscription"
                                                " WHERE site = $1 AND email = $2"
                                                " ORDER BY thread, scope LIMIT 500",
                                                site, email));
}

Result<RowId> add_subscription(Connection& connection, const Subscription& row) {
  return read_number(
      connection,
      connection.query("INSERT INTO subscription (site, thread, guest, email, scope, pace, asked,"
                       " confirmed, told) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
                       row.site, row.thread, Bytes(row.guest), row.email,
                       static_cast<int>(row.scope), static_cast<int>(row.pace), row.asked,
                       row.confirmed, row.told));
}

Status renew_subscription(Connection& connection, const Subscription& row) {
  return connection.run("UPDATE subscription SET guest = $1, pace = $2, asked = $3 WHERE id = $4",
                        Bytes(row.guest), static_cast<int>(row.pace), row.asked, row.id);
}

Status set_pace(Connection& connection, RowId id, MailPace pace) {
  return connection.run("UPDATE subscription SET pace = $1 WHERE id = $2", static_cast<int>(pace),
                        id);
}

Status confirm_subscription(Connection& connection, RowId id, UnixSeconds now) {
  return connection.run(
      "UPDATE subscription SET confirmed = $1, due = $1 WHERE id = $2 AND confirmed = 0", now, id);
}

Status remove_subscription(Connection& connection, RowId id) {
  return connection.run("DELETE FROM subscription WHERE id = $1", id);
}

Status remove_subscriptions(Connection& connection, RowId site, std::string_view email) {
  return connection.run("DELETE FROM subscription WHERE site = $1 AND email = $2", site, email);
}

Status forget_unconfirmed(Connection& connection, UnixSeconds before) {
  return connection.run("DELETE FROM subscription WHERE confirmed = 0 AND asked < $1", before);
}

Result<int> count_unconfirmed(Connection& connection, std::string_view email) {
  const auto count = read_number(
      connection,
      connection.query("SELECT count(*) FROM subscription WHERE confirmed = 0 AND email = $1",
                       email));
  if (!count) return count.error();
  return static_cast<int>(*count);
}

Result<bool> has_confirmed(Connection& connection, RowId site, const GuestId& guest,
                           std::string_view email) {
  return is_there(connection,
                  connection.query("SELECT 1 FROM subscription WHERE site = $1 AND email = $2"
                                   " AND guest = $3 AND confirmed > 0 LIMIT 1",
                                   site, email, Bytes(guest)));
}

Status announce(Connection& connection, RowId thread, RowId comment, UnixSeconds now) {
  return connection.run(
      "INSERT INTO announced (thread, comment, made) SELECT $1, $2, $3"
      " WHERE EXISTS (SELECT 1 FROM subscription WHERE thread = $1)"
      " ON CONFLICT (comment) DO NOTHING",
      thread, comment, now);
}

Result<RowId> last_announced(Connection& connection, RowId thread) {
  return read_number(connection,
                     connection.query("SELECT max(id) FROM announced WHERE thread = $1", thread));
}

Result<bool> spread_announced(Connection& connection, UnixSeconds due, int most) {
  const auto rows = list_unspread(connection);
  if (!rows) return rows.error();
  for (const Unspread& row : *rows) {
    const auto made = make_due(connection, row, due, most);
    if (!made) return made.error();
    if (*made == most) return true;
    Status done = connection.run("UPDATE announced SET spread = 1 WHERE id = $1", row.id);
    if (!done) return done.error();
  }
  return !rows->empty();
}

Result<std::vector<Subscription>> list_due(Connection& connection, UnixSeconds now, int most) {
  return read_rows(connection, connection.query("SELECT " SUBSCRIPTION_COLUMNS " FROM subscription"
                                                " WHERE due > 0 AND due <= $1 AND confirmed > 0"
                                                " ORDER BY due, id LIMIT $2",
                                                now, most));
}

Result<bool> has_due_subscriptions(Connection& connection, UnixSeconds now) {
  return is_there(
      connection,
      connection.query("SELECT 1 WHERE EXISTS (SELECT 1 FROM announced WHERE spread = 0)"
                       " OR EXISTS (SELECT 1 FROM subscription WHERE due > 0 AND due <= $1)",
                       now));
}

Status note_told(Connection& connection, RowId id, RowId told, UnixSeconds mailed) {
  return connection.run(
      "UPDATE subscription SET told = $1, due = 0,"
      " mailed = CASE WHEN $2 > 0 THEN $2 ELSE mailed END WHERE id = $3",
      told, mailed, id);
}

Status forget_announced(Connection& connection, UnixSeconds before) {
  return connection.run("DELETE FROM announced WHERE made < $1", before);
}

Result<News> news_of(Connection& connection, const Subscription& subscription, int most) {
  News news;
  const auto last = last_announced(connection, subscription.thread);
  if (!last) return last.error();
  news.told = std::max(*last, subscription.told);
  Statement found = connection.query(
      "SELECT " COMMENT_COLUMNS
      " FROM comment WHERE id IN (SELECT announced.comment"
      " FROM announced JOIN comment told ON told.id = announced.comment"
      " LEFT JOIN comment parent ON parent.id = told.parent"
      " WHERE announced.thread = $1 AND announced.id > $2 AND told.status = 1"
      " AND (told.guest IS NULL OR told.guest <> $3) AND ($4 = 0 OR parent.guest = $3)"
      " ORDER BY announced.id LIMIT $5) ORDER BY id",
      subscription.thread, subscription.told, Bytes(subscription.guest),
      static_cast<int>(subscription.scope), most + 1);
  Status read = append_comments(connection, std::move(found), news.comments);
  if (!read) return read.error();
  news.has_more = news.comments.size() > static_cast<std::size_t>(most);
  if (news.has_more) news.comments.pop_back();
  return news;
}

}  // namespace parlance
