#include "web/server/store/queue.h"

#include "web/server/store/comment_rows.h"
#include "web/server/store/words.h"

namespace parlance {
namespace {

// The whole of a search in the engine's language.
std::string to_search(const Connection& connection, const QueueQuery& query) {
  std::string search;
  add_to_search(connection, terms_of(query.text_words, Beginnings::All), SearchedField::Text,
                search);
  add_to_search(connection, terms_of(query.author_words, Beginnings::All), SearchedField::Author,
                search);
  return search;
}

Statement search(Connection& connection, const QueueQuery& query) {
  const std::string words = to_search(connection, query);
  const std::optional<Bytes> guest =
      query.guest ? std::optional<Bytes>(*query.guest) : std::nullopt;
  const char* sql = connection.choose(
      "SELECT " COMMENT_COLUMNS
      " FROM comment WHERE id IN (SELECT rowid FROM comment_words WHERE comment_words MATCH $1)"
      " AND site = $2 AND status = $3 AND id < $4 AND ($5 = 0 OR thread = $5)"
      " AND ($6 IS NULL OR guest = $6) AND ($7 = 0 OR reports > 0) ORDER BY id DESC LIMIT $8",
      "SELECT " COMMENT_COLUMNS
      " FROM comment WHERE id IN"
      " (SELECT comment FROM comment_words WHERE words @@ CAST($1::text AS tsquery))"
      " AND site = $2 AND status = $3 AND id < $4 AND ($5 = 0 OR thread = $5)"
      " AND ($6::bytea IS NULL OR guest = $6) AND ($7 = 0 OR reports > 0)"
      " ORDER BY id DESC LIMIT $8");
  return connection.query(sql, words, query.site, static_cast<int>(query.status), query.before,
                          query.thread, guest, query.is_reported, query.limit);
}

Statement list_reported(Connection& connection, const QueueQuery& query) {
  const std::optional<Bytes> guest =
      query.guest ? std::optional<Bytes>(*query.guest) : std::nullopt;
  const char* sql = connection.choose(
      "SELECT " COMMENT_COLUMNS
      " FROM comment WHERE site = $1 AND status = $2 AND reports > 0 AND id < $3"
      " AND ($4 = 0 OR thread = $4) AND ($5 IS NULL OR guest = $5) ORDER BY id DESC LIMIT $6",
      "SELECT " COMMENT_COLUMNS
      " FROM comment WHERE site = $1 AND status = $2 AND reports > 0 AND id < $3"
      " AND ($4 = 0 OR thread = $4) AND ($5::bytea IS NULL OR guest = $5)"
      " ORDER BY id DESC LIMIT $6");
  return connection.query(sql, query.site, static_cast<int>(query.status), query.before,
                          query.thread, guest, query.limit);
}

Statement list(Connection& connection, const QueueQuery& query) {
  const int status = static_cast<int>(query.status);
  if (!query.text_words.empty() || !query.author_words.empty()) return search(connection, query);
  if (query.is_reported) return list_reported(connection, query);
  if (query.guest) {
    return connection.query("SELECT " COMMENT_COLUMNS
                            " FROM comment WHERE site = $1 AND guest = $2 AND status = $3"
                            " AND id < $4 AND ($5 = 0 OR thread = $5) ORDER BY id DESC LIMIT $6",
                            query.site, Bytes(*query.guest), status, query.before, query.thread,
                            query.limit);
  }
  if (query.thread != 0) {
    return connection.query("SELECT " COMMENT_COLUMNS
                            " FROM comment WHERE thread = $1 AND status = $2 AND id < $3"
                            " ORDER BY id DESC LIMIT $4",
                            query.thread, status, query.before, query.limit);
  }
  return connection.query("SELECT " COMMENT_COLUMNS
                          " FROM comment WHERE site = $1 AND status = $2 AND id < $3"
                          " ORDER BY id DESC LIMIT $4",
                          query.site, status, query.before, query.limit);
}

}  // namespace

Result<std::vector<CommentRow>> list_queue(Connection& connection, const QueueQuery& query) {
  std::vector<CommentRow> comments;
  Status listed = append_comments(connection, list(connection, query), comments);
  if (!listed) return listed.error();
  return comments;
}

Result<int> count_with_status(Connection& connection, RowId site, CommentStatus status, int most) {
  Statement statement = connection.query(
      "SELECT count(*) FROM (SELECT 1 FROM comment WHERE site = $1 AND status = $2 LIMIT $3)"
      " AS counted",
      site, static_cast<int>(status), most);
  if (statement.step() != Statement::Step::Row) return connection.error("count status");
  return statement.count(0);
}

}  // namespace parlance
