#include "web/server/store/threads.h"

#include "web/server/store/sites.h"

namespace parlance {

namespace {

#define THREAD_COLUMNS \
  "id, site, key, title, url, is_closed, version, comments, roots, created, approval"

Result<std::optional<ThreadRow>> first_thread(Connection& connection, Statement statement) {
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find thread");
    case Statement::Step::Done:
      return std::optional<ThreadRow>();
    case Statement::Step::Row:
      break;
  }
  ThreadRow thread;
  thread.id = statement.integer(0);
  thread.site = statement.integer(1);
  thread.key = statement.text(2);
  thread.title = statement.text(3);
  thread.url = statement.text(4);
  thread.is_closed = statement.integer(5) == 1;
  thread.is_kept_open = statement.integer(5) == 2;
  thread.version = statement.integer(6);
  thread.comments = statement.count(7);
  thread.roots = statement.count(8);
  thread.created = statement.integer(9);
  if (!statement.is_null(10)) thread.approval = to_approval(statement.integer(10));
  return std::optional<ThreadRow>(std::move(thread));
}

}  // namespace

Result<std::optional<ThreadRow>> find_thread(Connection& connection, RowId site,
                                             std::string_view key) {
  return first_thread(connection, connection.query("SELECT " THREAD_COLUMNS
                                                   " FROM thread WHERE site = $1 AND key = $2",
                                                   site, key));
}

Result<std::optional<ThreadRow>> find_thread(Connection& connection, RowId id) {
  return first_thread(connection,
                      connection.query("SELECT " THREAD_COLUMNS " FROM thread WHERE id = $1", id));
}

Result<ThreadRow> add_thread(Connection& connection, const ThreadRow& thread, UnixSeconds now) {
  Statement row = connection.query(
      "INSERT INTO thread (site, key, title, url, created) VALUES ($1, $2, $3, $4, $5)"
      " RETURNING id",
      thread.site, thread.key, thread.title, thread.url, now);
  if (row.step() != Statement::Step::Row) return connection.error("add thread");
  ThreadRow added = thread;
  added.id = row.integer(0);
  added.version = 1;
  added.created = now;
  return added;
}

Status touch_thread(Connection& connection, RowId thread, int comments, int roots) {
  return connection.run(
      "UPDATE thread SET version = version + 1, comments = comments + $1, roots = roots + $2"
      " WHERE id = $3",
      comments, roots, thread);
}

Status set_thread(Connection& connection, const ThreadRow& thread) {
  const std::optional<int> approval =
      thread.approval ? std::optional(static_cast<int>(*thread.approval)) : std::nullopt;
  return connection.run(
      "UPDATE thread SET version = version + 1, is_closed = $1, approval = $2 WHERE id = $3",
      thread.is_closed      ? 1
      : thread.is_kept_open ? 2
                            : 0,
      approval, thread.id);
}

Status close_thread(Connection& connection, RowId thread, bool is_closed) {
  return connection.run("UPDATE thread SET version = version + 1, is_closed = $1 WHERE id = $2",
                        is_closed, thread);
}

Result<int> count_comments(Connection& connection, RowId site, std::string_view key) {
  Statement statement =
      connection.query("SELECT comments FROM thread WHERE site = $1 AND key = $2", site, key);
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("count comments");
    case Statement::Step::Done:
      return 0;
    case Statement::Step::Row:
      break;
  }
  return statement.count(0);
}

#undef THREAD_COLUMNS

}  // namespace parlance
