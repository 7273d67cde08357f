#include "web/server/store/search.h"

#include "web/server/store/comment_rows.h"

namespace parlance {

Result<std::vector<CommentRow>> find_in_thread(Connection& connection, RowId thread,
                                               const std::vector<Term>& terms, int most) {
  std::string search;
  add_to_search(connection, terms, SearchedField::Any, search);
  // SQLite goes through the hits from the newest one down, and only within what the thread spans.
  const char* sql = connection.choose(
      "SELECT " COMMENT_COLUMNS
      " FROM (SELECT rowid AS found FROM comment_words WHERE comment_words MATCH $1"
      " AND rowid >= (SELECT min(id) FROM comment WHERE thread = $2 AND status = 1)"
      " AND rowid <= (SELECT max(id) FROM comment WHERE thread = $2 AND status = 1))"
      " CROSS JOIN comment ON id = found WHERE thread = $2 AND status = 1"
      " ORDER BY found DESC LIMIT $3",
      "SELECT " COMMENT_COLUMNS
      " FROM comment WHERE id IN"
      " (SELECT comment FROM comment_words WHERE words @@ CAST($1::text AS tsquery))"
      " AND thread = $2 AND status = 1 ORDER BY id DESC LIMIT $3");
  std::vector<CommentRow> comments;
  Status listed =
      append_comments(connection, connection.query(sql, search, thread, most), comments);
  if (!listed) return listed.error();
  return comments;
}

Result<std::vector<RowId>> list_above(Connection& connection, RowId comment) {
  std::vector<RowId> path;
  Statement statement = connection.query(
      "WITH RECURSIVE above (id, parent, depth) AS"
      " (SELECT id, parent, depth FROM comment WHERE id = $1"
      " UNION ALL SELECT comment.id, comment.parent, comment.depth"
      " FROM above JOIN comment ON comment.id = above.parent)"
      " SELECT id FROM above WHERE id <> $1 ORDER BY depth",
      comment);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list above");
      case Statement::Step::Done:
        return path;
      case Statement::Step::Row:
        path.push_back(statement.integer(0));
    }
  }
}

}  // namespace parlance
