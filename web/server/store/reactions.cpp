#include "web/server/store/reactions.h"

#include "web/server/store/threads.h"

namespace parlance {
namespace {

Result<std::vector<ReactionRow>> read_rows(Connection& connection, Statement statement) {
  std::vector<ReactionRow> rows;
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list reactions");
      case Statement::Step::Done:
        return rows;
      case Statement::Step::Row:
        rows.push_back({statement.integer(0), std::string(statement.text(1)), statement.count(2)});
    }
  }
}

Result<bool> has_reaction(Connection& connection, const GuestId& guest, const CommentRow& comment,
                          std::string_view kind) {
  Statement statement = connection.query(
      "SELECT 1 FROM reaction WHERE guest = $1 AND thread = $2 AND comment = $3 AND kind = $4",
      Bytes(guest), comment.thread, comment.id, kind);
  const Statement::Step step = statement.step();
  if (step == Statement::Step::Failed) return connection.error("find reaction");
  return step == Statement::Step::Row;
}

}  // namespace

Status put_reaction(Connection& connection, const GuestId& guest, const CommentRow& comment,
                    std::string_view kind, bool is_there) {
  const auto was_there = has_reaction(connection, guest, comment, kind);
  if (!was_there) return was_there.error();
  if (*was_there == is_there) return {};
  const Status kept =
      is_there ? connection.run(
                     "INSERT INTO reaction (guest, thread, comment, kind) VALUES ($1, $2, $3, $4)",
                     Bytes(guest), comment.thread, comment.id, kind)
               : connection.run(
                     "DELETE FROM reaction WHERE guest = $1 AND thread = $2 AND comment = $3"
                     " AND kind = $4",
                     Bytes(guest), comment.thread, comment.id, kind);
  if (!kept) return kept;
  const Status counted = connection.run(
      "INSERT INTO reaction_count (comment, kind, count) VALUES ($1, $2, $3)"
      " ON CONFLICT (comment, kind) DO UPDATE SET count = reaction_count.count + excluded.count",
      comment.id, kind, is_there ? 1 : -1);
  if (!counted) return counted;
  return touch_thread(connection, comment.thread, 0, 0);
}

Result<std::vector<ReactionRow>> list_reaction_counts(Connection& connection,
                                                      std::span<const RowId> comments) {
  if (comments.empty()) return std::vector<ReactionRow>();
  const std::string list = connection.list_of(comments);
  return read_rows(
      connection,
      connection.query(
          connection.choose("SELECT comment, kind, count FROM reaction_count"
                            " WHERE comment IN (SELECT value FROM json_each($1)) AND count > 0",
                            "SELECT comment, kind, count FROM reaction_count"
                            " WHERE comment = ANY (CAST($1 AS bigint[])) AND count > 0"),
          list));
}

Result<std::vector<ReactionRow>> list_own_reactions(Connection& connection, const GuestId& guest,
                                                    RowId thread) {
  return read_rows(
      connection,
      connection.query("SELECT comment, kind, 1 FROM reaction WHERE guest = $1 AND thread = $2",
                       Bytes(guest), thread));
}

}  // namespace parlance
