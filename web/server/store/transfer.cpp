#include "web/server/store/transfer.h"

#include <algorithm>

#include "web/server/store/comment_rows.h"
#include "web/server/store/threads.h"

namespace parlance {
namespace {

GuestId to_guest(Bytes blob) {
  GuestId guest{};
  std::copy_n(blob.begin(), std::min(blob.size(), guest.size()), guest.begin());
  return guest;
}

// Every row of the statement as `to_row` reads it.
template <typename Row, typename ToRow>
Result<std::vector<Row>> read_all(Connection& connection, Statement statement, const char* what,
                                  const ToRow& to_row) {
  std::vector<Row> rows;
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error(what);
      case Statement::Step::Done:
        return rows;
      case Statement::Step::Row:
        rows.push_back(to_row(statement));
    }
  }
}

}  // namespace

Result<std::vector<ThreadRow>> list_threads(Connection& connection, RowId site, RowId after,
                                            int limit) {
  auto ids = read_all<RowId>(
      connection,
      connection.query("SELECT id FROM thread WHERE site = $1 AND id > $2 ORDER BY id LIMIT $3",
                       site, after, limit),
      "list threads", [](const Statement& row) { return row.integer(0); });
  if (!ids) return ids.error();
  std::vector<ThreadRow> threads;
  for (const RowId id : *ids) {
    auto thread = find_thread(connection, id);
    if (!thread) return thread.error();
    if (thread->has_value()) threads.push_back(std::move(**thread));
  }
  return threads;
}

Result<std::vector<CommentRow>> list_comments(Connection& connection, RowId site, RowId after,
                                              int limit) {
  std::vector<CommentRow> comments;
  Status listed = append_comments(
      connection,
      connection.query("SELECT " COMMENT_COLUMNS
                       " FROM comment WHERE site = $1 AND id > $2 ORDER BY id LIMIT $3",
                       site, after, limit),
      comments);
  if (!listed) return listed.error();
  return comments;
}

Result<std::vector<VoteRow>> list_votes_of_site(Connection& connection, RowId site,
                                                const VoteRow& after, int limit) {
  return read_all<VoteRow>(
      connection,
      connection.query("SELECT guest, thread, comment, value FROM vote"
                       " WHERE (guest, thread, comment) > ($1, $2, $3)"
                       " AND thread IN (SELECT id FROM thread WHERE site = $4)"
                       " ORDER BY guest, thread, comment LIMIT $5",
                       Bytes(after.guest), after.thread, after.comment, site, limit),
      "list votes", [](const Statement& row) {
        return VoteRow{to_guest(row.blob(0)), row.integer(1), row.integer(2), row.count(3)};
      });
}

Result<std::vector<KnownPerson>> list_people(Connection& connection, RowId site,
                                             const GuestId& after, int limit) {
  return read_all<KnownPerson>(
      connection,
      connection.query("SELECT guest, subject, name, avatar, seen FROM person"
                       " WHERE site = $1 AND guest > $2 ORDER BY guest LIMIT $3",
                       site, Bytes(after), limit),
      "list people", [](const Statement& row) {
        return KnownPerson{
            to_guest(row.blob(0)),
            {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))},
            row.integer(4)};
      });
}

Result<std::vector<KnownBan>> list_bans(Connection& connection, RowId site, const GuestId& after,
                                        int limit) {
  return read_all<KnownBan>(
      connection,
      connection.query("SELECT guest, until, reason FROM ban"
                       " WHERE site = $1 AND guest > $2 ORDER BY guest LIMIT $3",
                       site, Bytes(after), limit),
      "list bans", [](const Statement& row) {
        return KnownBan{to_guest(row.blob(0)), {row.integer(1), std::string(row.text(2))}};
      });
}

Status add_counted_vote(Connection& connection, const VoteRow& vote) {
  return connection.run(
      "INSERT INTO vote (guest, thread, comment, value) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (guest, thread, comment) DO NOTHING",
      Bytes(vote.guest), vote.thread, vote.comment, vote.value);
}

Status add_revision(Connection& connection, RowId comment, int number, UnixSeconds written,
                    std::string_view text) {
  return connection.run(
      "INSERT INTO revision (comment, number, written, text) VALUES ($1, $2, $3, $4)", comment,
      number, written, text);
}

Status mark_edited(Connection& connection, RowId comment, UnixSeconds edited) {
  return connection.run("UPDATE comment SET edited = $1 WHERE id = $2", edited, comment);
}

Status begin_earlier(Connection& connection, RowId thread, UnixSeconds created) {
  return connection.run("UPDATE thread SET created = $1 WHERE id = $2 AND created > $1", created,
                        thread);
}

Status skip_used_ids(Connection& connection) {
  // SQLite does so by itself.
  if (connection.engine() == Connection::Engine::Sqlite) return {};
  return connection.run(
      "SELECT setval(pg_get_serial_sequence('comment', 'id'),"
      " greatest((SELECT coalesce(max(id), 0) FROM comment),"
      " nextval(pg_get_serial_sequence('comment', 'id'))))");
}

Result<std::optional<RowId>> find_imported(Connection& connection, const Origin& origin) {
  Statement statement = connection.query(
      "SELECT comment FROM imported WHERE site = $1 AND source = $2 AND original = $3", origin.site,
      origin.source, origin.original);
  const Statement::Step step = statement.step();
  if (step == Statement::Step::Failed) return connection.error("find imported");
  if (step == Statement::Step::Done) return std::optional<RowId>();
  return std::optional(statement.integer(0));
}

Status put_imported(Connection& connection, const Origin& origin, RowId comment) {
  return connection.run(
      "INSERT INTO imported (site, source, original, comment) VALUES ($1, $2, $3, $4)", origin.site,
      origin.source, origin.original, comment);
}

Result<bool> put_waiting(Connection& connection, const Origin& origin, std::string_view parent,
                         std::string_view comment) {
  Statement kept = connection.query(
      "INSERT INTO import_waiting (site, source, original, parent, comment)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (site, source, original) DO NOTHING RETURNING 1",
      origin.site, origin.source, origin.original, parent, comment);
  const Statement::Step step = kept.step();
  if (step == Statement::Step::Failed) return connection.error("put waiting");
  return step == Statement::Step::Row;
}

Result<std::vector<WaitingComment>> list_waiting(Connection& connection, const Origin& source,
                                                 Waiting which, int limit) {
  return read_all<WaitingComment>(
      connection,
      connection.query("SELECT original, comment FROM import_waiting"
                       " WHERE site = $1 AND source = $2 AND ($3 = 1 OR EXISTS"
                       " (SELECT 1 FROM imported WHERE imported.site = import_waiting.site"
                       " AND imported.source = import_waiting.source"
                       " AND imported.original = import_waiting.parent))"
                       " ORDER BY original LIMIT $4",
                       source.site, source.source, which == Waiting::Any, limit),
      "list waiting", [](const Statement& row) {
        return WaitingComment{std::string(row.text(0)), std::string(row.text(1))};
      });
}

Status remove_waiting(Connection& connection, const Origin& origin) {
  return connection.run(
      "DELETE FROM import_waiting WHERE site = $1 AND source = $2 AND original = $3", origin.site,
      origin.source, origin.original);
}

Status remove_all_waiting(Connection& connection, const Origin& source) {
  return connection.run("DELETE FROM import_waiting WHERE site = $1 AND source = $2", source.site,
                        source.source);
}

}  // namespace parlance
