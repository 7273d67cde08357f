// Isso's SQLite file:
//
//   threads    id, uri (a path), title
//   comments   tid, id, parent, created (seconds), modified, mode (1 approved, 2 pending, 4
//              deleted), text (Markdown), author, email, likes, dislikes
#include <sqlite3.h>

#include <memory>

#include "web/server/transfer/sources.h"

namespace parlance {
namespace {

using Database = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;
using Query = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

constexpr const char* kComments =
    "SELECT comments.id, coalesce(comments.parent, ''), threads.uri, coalesce(threads.title, ''),"
    " coalesce(author, ''), coalesce(email, ''), coalesce(text, ''), created,"
    " coalesce(modified, 0), mode, likes, dislikes"
    " FROM comments JOIN threads ON threads.id = comments.tid ORDER BY comments.id";

std::string text_at(sqlite3_stmt* row, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return text == nullptr
             ? std::string()
             : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
}

int count_at(sqlite3_stmt* row, int column) {
  constexpr int kMost = 1'000'000;
  return std::min(kMost, std::max(0, sqlite3_column_int(row, column)));
}

// Real numbers beyond what an integer holds are cut to it by SQLite.
UnixSeconds time_at(sqlite3_stmt* row, int column) { return sqlite3_column_int64(row, column); }

CommentStatus status_of(int mode) {
  if (mode == 1) return CommentStatus::Approved;
  return mode == 2 ? CommentStatus::Pending : CommentStatus::Deleted;
}

TravellingComment to_comment(sqlite3_stmt* row, const ThreadKeys& keys) {
  TravellingComment comment;
  comment.id = text_at(row, 0);
  comment.parent = text_at(row, 1);
  const std::string uri = text_at(row, 2);
  comment.thread = keys.key(uri, uri);
  comment.title = text_at(row, 3);
  comment.row.author = text_at(row, 4);
  comment.row.email = text_at(row, 5);
  comment.row.text = text_at(row, 6);
  comment.row.created = time_at(row, 7);
  comment.row.edited = std::max<UnixSeconds>(0, time_at(row, 8));
  comment.row.status = status_of(sqlite3_column_int(row, 9));
  comment.row.up = count_at(row, 10);
  comment.row.down = count_at(row, 11);
  return comment;
}

}  // namespace

Status read_isso(const std::string& path, const ThreadKeys& keys, Intake& intake) {
  const Error foreign{ErrorCode::InvalidField, "the file is no database of Isso", ""};
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
  const Database database(opened, sqlite3_close);
  if (code != SQLITE_OK) return Error{ErrorCode::NotFound, "cannot read " + path, ""};
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(opened, kComments, -1, &prepared, nullptr) != SQLITE_OK) return foreign;
  const Query query(prepared, sqlite3_finalize);
  for (;;) {
    const int step = sqlite3_step(prepared);
    if (step == SQLITE_DONE) return {};
    if (step != SQLITE_ROW) {
      return Error{ErrorCode::InvalidField, "the database of Isso is broken", ""};
    }
    if (Status taken = intake.take(to_comment(prepared, keys)); !taken) return taken;
  }
}

}  // namespace parlance
