#include "web/server/store/schema.h"

#include <array>
#include <utility>

namespace parlance {
namespace {

// One text for both engines: what stands in braces is each engine's own word, below. A version that
// was released is never changed; what comes later is a version of its own.
//
// Statuses are those of CommentStatus: 0 pending, 1 approved, 2 spam, 3 deleted.
//
// `root` is the top of a reply's tree, NULL for a root itself. `living` counts the approved
// comments of a root's tree, itself included: a root is listed while one lives, so that a deleted
// root does not take living replies with it. `up` and `down` hold the guests' votes and those that
// came with an import.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value {blob} NOT NULL
){by_key};

CREATE TABLE site (
  id {id},
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  origins TEXT NOT NULL,
  approve_first {integer} NOT NULL DEFAULT 0
){table};

CREATE TABLE thread (
  id {id},
  site {integer} NOT NULL REFERENCES site(id),
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  created {integer} NOT NULL,
  is_closed {integer} NOT NULL DEFAULT 0,
  version {integer} NOT NULL DEFAULT 1,
  comments {integer} NOT NULL DEFAULT 0,
  roots {integer} NOT NULL DEFAULT 0,
  UNIQUE (site, key)
){table};

CREATE TABLE comment (
  id {new_id},
  thread {integer} NOT NULL REFERENCES thread(id),
  parent {integer} REFERENCES comment(id),
  root {integer} REFERENCES comment(id),
  depth {integer} NOT NULL,
  status {integer} NOT NULL,
  created {integer} NOT NULL,
  up {integer} NOT NULL DEFAULT 0,
  down {integer} NOT NULL DEFAULT 0,
  score {integer} NOT NULL GENERATED ALWAYS AS (up - down) {generated},
  living {integer} NOT NULL DEFAULT 0,
  guest {blob},
  author TEXT NOT NULL,
  email TEXT NOT NULL,
  text TEXT NOT NULL
){table};
CREATE INDEX root_by_score ON comment (thread, score, created{then_id}) WHERE parent IS NULL AND living > 0;
CREATE INDEX root_by_time ON comment (thread, created{then_id}) WHERE parent IS NULL AND living > 0;
CREATE INDEX reply_by_root ON comment (root, created{then_id}) WHERE root IS NOT NULL;
CREATE INDEX pending_by_guest ON comment (thread, guest) WHERE status = 0;

CREATE TABLE vote (
  guest {blob} NOT NULL,
  thread {integer} NOT NULL REFERENCES thread(id),
  comment {integer} NOT NULL REFERENCES comment(id),
  value {integer} NOT NULL,
  PRIMARY KEY (guest, thread, comment)
){by_key};

CREATE TABLE answered_post (
  guest {blob} NOT NULL,
  idempotency_key TEXT NOT NULL,
  request_hash {blob} NOT NULL,
  comment {integer} NOT NULL REFERENCES comment(id),
  created {integer} NOT NULL,
  PRIMARY KEY (guest, idempotency_key)
){by_key};
CREATE INDEX answered_post_by_time ON answered_post (created);
)sql";

// What a comment said before each edit, from 1 on, and since when it did.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE site ADD COLUMN edit_seconds {integer} NOT NULL DEFAULT 900;
ALTER TABLE comment ADD COLUMN edited {integer} NOT NULL DEFAULT 0;
CREATE TABLE revision (
  comment {integer} NOT NULL REFERENCES comment(id),
  number {integer} NOT NULL,
  written {integer} NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (comment, number)
){by_key};
)sql";

// Whether somebody has an approved comment is looked up with each of their posts.
constexpr const char* kVersion3 = R"sql(
CREATE INDEX comment_by_guest ON comment (guest, status) WHERE guest IS NOT NULL;
)sql";

// Moderators. `password` is what argon2id encodes, with its parameters; `totp` is the shared
// secret, empty without a second factor, and `totp_next` one that waits to be confirmed. Roles are
// those of AccountRole.
constexpr const char* kVersion4 = R"sql(
CREATE TABLE account (
  id {new_id},
  site {integer} NOT NULL REFERENCES site(id),
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  role {integer} NOT NULL,
  created {integer} NOT NULL,
  totp {blob},
  totp_next {blob},
  totp_step {integer} NOT NULL DEFAULT 0,
  UNIQUE (site, name)
){table};

CREATE TABLE recovery_code (
  account {integer} NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  hash {blob} NOT NULL,
  PRIMARY KEY (account, hash)
){by_key};

CREATE TABLE session (
  token_hash {blob} NOT NULL PRIMARY KEY,
  account {integer} NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  created {integer} NOT NULL,
  used {integer} NOT NULL
){by_key};
CREATE INDEX session_by_account ON session (account);
)sql";

constexpr std::array kVersions = {kVersion1, kVersion2, kVersion3, kVersion4};

// Rows of a table by_key are found by their key only, so SQLite keeps them in its order. Identities
// of new_id are never given twice, even after the last row has gone. An index of SQLite ends with
// the id anyway.
using Words = std::array<std::pair<std::string_view, std::string_view>, 8>;
constexpr Words kSqlite = {{{"id", "INTEGER PRIMARY KEY"},
                            {"new_id", "INTEGER PRIMARY KEY AUTOINCREMENT"},
                            {"integer", "INTEGER"},
                            {"blob", "BLOB"},
                            {"generated", "VIRTUAL"},
                            {"table", " STRICT"},
                            {"by_key", " STRICT, WITHOUT ROWID"},
                            {"then_id", ""}}};
constexpr Words kPostgres = {{{"id", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
                              {"new_id", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
                              {"integer", "BIGINT"},
                              {"blob", "BYTEA"},
                              {"generated", "STORED"},
                              {"table", ""},
                              {"by_key", ""},
                              {"then_id", ", id"}}};

std::string in_words_of(std::string_view text, const Words& words) {
  std::string sql;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find('{', at);
    sql += text.substr(at, open - at);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    for (const auto& [name, word] : words) {
      if (name == text.substr(open + 1, close - open - 1)) sql += word;
    }
    at = close + 1;
  }
  return sql;
}

constexpr auto kNewest = static_cast<std::int64_t>(kVersions.size());

// Whether the schema is what this program knows. Fails when it is newer, or no Parlance schema.
Result<bool> is_current(Connection& connection, std::int64_t wanted) {
  const auto version = connection.schema_version();
  if (!version) return version.error();
  if (*version <= kNewest) return *version >= wanted;
  return Error{ErrorCode::Unavailable,
               "the database has schema " + std::to_string(*version) +
                   ", and this program knows only schemas up to " + std::to_string(kNewest) +
                   ": start a newer parlance-server",
               ""};
}

Status migrate_in_turn(Connection& connection, std::int64_t wanted) {
  if (Status status = connection.begin_migration(); !status) return status;
  // Another process may have had its turn between the look and ours.
  const auto current = is_current(connection, wanted);
  if (!current) return current.error();
  if (*current) return {};
  const auto version = connection.schema_version();
  if (!version) return version.error();
  const bool is_sqlite = connection.engine() == Connection::Engine::Sqlite;
  for (auto step = static_cast<std::size_t>(*version); step < static_cast<std::size_t>(wanted);
       ++step) {
    const std::string sql = in_words_of(kVersions[step], is_sqlite ? kSqlite : kPostgres);
    if (Status status = connection.run_script(sql.c_str()); !status) return status;
  }
  if (Status status = connection.set_schema_version(wanted); !status) return status;
  return connection.commit();
}

}  // namespace

std::int64_t newest_schema() { return kNewest; }

Status migrate(Connection& connection) { return migrate_to(connection, kNewest); }

Status migrate_to(Connection& connection, std::int64_t wanted) {
  // A look first: a database that is as it should be may be read-only.
  if (Status status = connection.begin_read(); !status) return status;
  const auto current = is_current(connection, wanted);
  connection.roll_back();
  if (!current) return current.error();
  if (*current) return {};

  Status status = migrate_in_turn(connection, wanted);
  connection.roll_back();
  return status;
}

}  // namespace parlance
