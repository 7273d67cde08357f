#include "web/server/store/schema.h"

#include <array>

namespace parlance {
namespace {

// "Parl": says whose file this is.
constexpr std::int64_t kApplicationId = 0x5061726C;

// Statuses are those of CommentStatus: 0 pending, 1 approved, 2 spam, 3 deleted.
//
// `root` is the top of a reply's tree, NULL for a root itself. `living` counts the approved
// comments of a root's tree, itself included: a root is listed while one lives, so that a deleted
// root does not take living replies with it. `up` and `down` hold the guests' votes and those that
// came with an import.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  origins TEXT NOT NULL,
  approve_first INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE thread (
  id INTEGER PRIMARY KEY,
  site INTEGER NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  created INTEGER NOT NULL,
  is_closed INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  comments INTEGER NOT NULL DEFAULT 0,
  roots INTEGER NOT NULL DEFAULT 0,
  UNIQUE (site, key)
) STRICT;

CREATE TABLE comment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  thread INTEGER NOT NULL REFERENCES thread(id),
  parent INTEGER REFERENCES comment(id),
  root INTEGER REFERENCES comment(id),
  depth INTEGER NOT NULL,
  status INTEGER NOT NULL,
  created INTEGER NOT NULL,
  up INTEGER NOT NULL DEFAULT 0,
  down INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL GENERATED ALWAYS AS (up - down) VIRTUAL,
  living INTEGER NOT NULL DEFAULT 0,
  guest BLOB,
  author TEXT NOT NULL,
  email TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX root_by_score ON comment (thread, score, created) WHERE parent IS NULL AND living > 0;
CREATE INDEX root_by_time ON comment (thread, created) WHERE parent IS NULL AND living > 0;
CREATE INDEX reply_by_root ON comment (root, created) WHERE root IS NOT NULL;
CREATE INDEX pending_by_guest ON comment (thread, guest) WHERE status = 0;

CREATE TABLE vote (
  guest BLOB NOT NULL,
  thread INTEGER NOT NULL REFERENCES thread(id),
  comment INTEGER NOT NULL REFERENCES comment(id),
  value INTEGER NOT NULL,
  PRIMARY KEY (guest, thread, comment)
) STRICT, WITHOUT ROWID;

CREATE TABLE answered_post (
  guest BLOB NOT NULL,
  idempotency_key TEXT NOT NULL,
  request_hash BLOB NOT NULL,
  comment INTEGER NOT NULL REFERENCES comment(id),
  created INTEGER NOT NULL,
  PRIMARY KEY (guest, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_post_by_time ON answered_post (created);
)sql";

constexpr std::array kMigrations = {kVersion1};

Result<std::int64_t> read_number(Connection& connection, const char* pragma) {
  Statement statement = connection.query(pragma);
  if (statement.step() != Statement::Step::Row) return connection.error(pragma);
  return statement.integer(0);
}

Status check_owner(Connection& connection) {
  const auto application = read_number(connection, "PRAGMA application_id");
  if (!application) return application.error();
  const auto tables = read_number(connection, "SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  if (*application == kApplicationId || *tables == 0) return {};
  return Error{ErrorCode::Unavailable, "the database belongs to another program", ""};
}

}  // namespace

Status migrate(Connection& connection) {
  // Under the write lock, since two processes may start on the same file at once.
  auto transaction = Transaction::begin(connection, Transaction::Kind::Write);
  if (!transaction) return transaction.error();
  if (Status status = check_owner(connection); !status) return status;

  const auto version = read_number(connection, "PRAGMA user_version");
  if (!version) return version.error();
  const auto known = static_cast<std::int64_t>(kMigrations.size());
  if (*version > known) {
    return Error{ErrorCode::Unavailable,
                 "the database has schema " + std::to_string(*version) +
                     ", and this program knows only schemas up to " + std::to_string(known) +
                     ": start a newer parlance-server",
                 ""};
  }
  if (*version == known) return {};
  for (auto step = static_cast<std::size_t>(*version); step < kMigrations.size(); ++step) {
    if (Status status = connection.run_script(kMigrations[step]); !status) return status;
  }
  const std::string stamp = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                            "; PRAGMA user_version = " + std::to_string(known) + ";";
  if (Status status = connection.run_script(stamp.c_str()); !status) return status;
  return transaction->commit();
}

}  // namespace parlance
