#include "web/server/store/queue.h"

#include "web/server/store/comment_rows.h"

namespace parlance {
namespace {

// The whole of a search in each engine's language. Words hold letters and digits only, so nothing
// in them can be taken for a part of it.
std::string in_fts5(const QueueQuery& query) {
  std::string search;
  const auto add = [&](const char* column, std::string_view words) {
    for (const std::string& word : words_in(words)) {
      if (!search.empty()) search += " AND ";
      search += std::string(column) + " : \"" + word + "\" *";
    }
  };
  add("text", query.text_words);
  add("author", query.author_words);
  return search;
}

std::string in_tsquery(const QueueQuery& query) {
  std::string search;
  const auto add = [&](const char* weight, std::string_view words) {
    for (const std::string& word : words_in(words)) {
      if (!search.empty()) search += " & ";
      search += "'" + word + "':*" + weight;
    }
  };
  add("B", query.text_words);
  add("A", query.author_words);
  return search;
}

Statement search(Connection& connection, const QueueQuery& query) {
  const bool is_sqlite = connection.engine() == Connection::Engine::Sqlite;
  const std::string words = is_sqlite ? in_fts5(query) : in_tsquery(query);
  const std::optional<Bytes> guest =
      query.guest ? std::optional<Bytes>(*query.guest) : std::nullopt;
  const char* sql = connection.choose(
      "SELECT " COMMENT_COLUMNS
      " FROM comment WHERE id IN (SELECT rowid FROM comment_words WHERE comment_words MATCH $1)"
      " AND site = $2 AND status = $3 AND id < $4 AND ($5 = 0 OR thread = $5)"
      " AND ($6 IS NULL OR guest = $6) ORDER BY id DESC LIMIT $7",
      "SELECT " COMMENT_COLUMNS
      " FROM comment WHERE (setweight(to_tsvector('simple', author), 'A') ||"
      " setweight(to_tsvector('simple', text), 'B')) @@ to_tsquery('simple', $1)"
      " AND site = $2 AND status = $3 AND id < $4 AND ($5 = 0 OR thread = $5)"
      " AND ($6::bytea IS NULL OR guest = $6) ORDER BY id DESC LIMIT $7");
  return connection.query(sql, words, query.site, static_cast<int>(query.status), query.before,
                          query.thread, guest, query.limit);
}

Statement list(Connection& connection, const QueueQuery& query) {
  const int status = static_cast<int>(query.status);
  if (!query.text_words.empty() || !query.author_words.empty()) return search(connection, query);
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

bool is_of_a_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (is_of_a_word(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, ""));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

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
