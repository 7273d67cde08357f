#include "web/server/store/words.h"

namespace parlance {

Status add_words(Connection& connection, RowId comment, const SearchedText& added) {
  if (connection.engine() != Connection::Engine::Sqlite) return {};
  return connection.run("INSERT INTO comment_words (rowid, author, text) VALUES ($1, $2, $3)",
                        comment, added.author, added.text);
}

Status remove_words(Connection& connection, RowId comment, const SearchedText& removed) {
  if (connection.engine() != Connection::Engine::Sqlite) return {};
  return connection.run(
      "INSERT INTO comment_words (comment_words, rowid, author, text)"
      " VALUES ('delete', $1, $2, $3)",
      comment, removed.author, removed.text);
}

}  // namespace parlance
