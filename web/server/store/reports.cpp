#include "web/server/store/reports.h"

#include "web/server/store/threads.h"

namespace parlance {
namespace {

// What is known of a guest's report.
enum class Known : std::uint8_t { None, Open, Settled };

Result<Known> find_report(Connection& connection, const GuestId& guest, const CommentRow& comment) {
  Statement statement = connection.query(
      "SELECT settled FROM report WHERE guest = $1 AND thread = $2 AND comment = $3", Bytes(guest),
      comment.thread, comment.id);
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find report");
    case Statement::Step::Done:
      return Known::None;
    case Statement::Step::Row:
      break;
  }
  return statement.integer(0) == 0 ? Known::Open : Known::Settled;
}

Status count_open(Connection& connection, CommentRow& comment, int change) {
  comment.reports += change;
  Status counted =
      connection.run("UPDATE comment SET reports = reports + $1 WHERE id = $2", change, comment.id);
  if (!counted) return counted;
  // Who has reported sees it on the page.
  return touch_thread(connection, comment.thread, 0, 0);
}

}  // namespace

Status put_report(Connection& connection, const GuestId& guest, CommentRow& comment,
                  const ReportRow& row) {
  const auto known = find_report(connection, guest, comment);
  if (!known) return known.error();
  const Status kept = connection.run(
      "INSERT INTO report (guest, thread, comment, reason, text, created, settled)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)"
      " ON CONFLICT (guest, thread, comment) DO UPDATE SET reason = excluded.reason,"
      " text = excluded.text, created = excluded.created, settled = excluded.settled",
      Bytes(guest), comment.thread, comment.id, static_cast<int>(row.report.reason),
      row.report.text, row.created, comment.vouched);
  if (!kept) return kept;
  const int before = *known == Known::Open ? 1 : 0;
  return count_open(connection, comment, (comment.vouched == 0 ? 1 : 0) - before);
}

Status remove_report(Connection& connection, const GuestId& guest, CommentRow& comment) {
  const auto known = find_report(connection, guest, comment);
  if (!known) return known.error();
  if (*known == Known::None) return {};
  const Status removed =
      connection.run("DELETE FROM report WHERE guest = $1 AND thread = $2 AND comment = $3",
                     Bytes(guest), comment.thread, comment.id);
  if (!removed) return removed;
  return count_open(connection, comment, *known == Known::Open ? -1 : 0);
}

Result<std::unordered_set<RowId>> list_reported(Connection& connection, const GuestId& guest,
                                                RowId thread) {
  std::unordered_set<RowId> reported;
  Statement statement = connection.query(
      "SELECT comment FROM report WHERE guest = $1 AND thread = $2", Bytes(guest), thread);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list reported");
      case Statement::Step::Done:
        return reported;
      case Statement::Step::Row:
        reported.insert(statement.integer(0));
    }
  }
}

Result<std::vector<ReportRow>> list_open_reports(Connection& connection, RowId comment, int limit) {
  std::vector<ReportRow> reports;
  Statement statement = connection.query(
      "SELECT reason, text, created FROM report WHERE comment = $1 AND settled = 0"
      " ORDER BY created DESC LIMIT $2",
      comment, limit);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list reports");
      case Statement::Step::Done:
        return reports;
      case Statement::Step::Row:
        reports.push_back(
            {{static_cast<ReportReason>(statement.integer(0) & 3), std::string(statement.text(1))},
             statement.integer(2)});
    }
  }
}

Result<int> count_reported(Connection& connection, RowId site, int most) {
  Statement statement = connection.query(
      "SELECT count(*) FROM (SELECT 1 FROM comment WHERE site = $1 AND status <= 1 AND reports > 0"
      " LIMIT $2) AS counted",
      site, most);
  if (statement.step() != Statement::Step::Row) return connection.error("count reported");
  return statement.count(0);
}

Status vouch_for(Connection& connection, const CommentRow& comment, UnixSeconds when) {
  Status done = connection.run("UPDATE report SET settled = $1 WHERE comment = $2 AND settled = 0",
                               when, comment.id);
  if (!done) return done;
  return connection.run("UPDATE comment SET reports = 0, vouched = $1 WHERE id = $2", when,
                        comment.id);
}

Status unvouch_for(Connection& connection, const CommentRow& comment) {
  if (comment.vouched == 0) return {};
  Status done = connection.run("UPDATE report SET settled = 0 WHERE comment = $1 AND settled = $2",
                               comment.id, comment.vouched);
  if (!done) return done;
  return connection.run(
      "UPDATE comment SET vouched = 0, reports ="
      " (SELECT count(*) FROM report WHERE comment = $1 AND settled = 0) WHERE id = $1",
      comment.id);
}

}  // namespace parlance
