#include "web/server/store/schema.h"

#include <array>
#include <utility>

#include "web/server/store/words.h"

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

// The queue of moderators is read by site or by thread, each status by itself, newest first.
// `is_closed` of a thread is 0 (as the site's rules say), 1 (closed) or 2 (kept open); a thread
// without an `approval` of its own has the site's. `audit` is what moderators have done, with what
// undoing it needs: its own `before` and `after` for a site or a thread, those of its items for
// comments.
constexpr const char* kVersion5 = R"sql(
ALTER TABLE site ADD COLUMN closing_days {integer} NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE thread ADD COLUMN approval {integer};
ALTER TABLE comment ADD COLUMN site {integer} NOT NULL DEFAULT 0;
ALTER TABLE comment ADD COLUMN pinned {integer} NOT NULL DEFAULT 0;
ALTER TABLE comment ADD COLUMN held {integer} NOT NULL DEFAULT 0;
UPDATE comment SET site = (SELECT thread.site FROM thread WHERE thread.id = comment.thread);
CREATE INDEX comment_by_site ON comment (site, status{then_id});
CREATE INDEX comment_by_thread ON comment (thread, status{then_id});
CREATE INDEX pinned_root ON comment (thread, pinned) WHERE pinned > 0;
{words_of_comments}

CREATE TABLE ban (
  site {integer} NOT NULL REFERENCES site(id),
  guest {blob} NOT NULL,
  until {integer} NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (site, guest)
){by_key};

CREATE TABLE audit (
  id {new_id},
  site {integer} NOT NULL REFERENCES site(id),
  account {integer} NOT NULL,
  name TEXT NOT NULL,
  action TEXT NOT NULL,
  aspect {integer} NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  made {integer} NOT NULL,
  undone {integer} NOT NULL DEFAULT 0
){table};
CREATE INDEX audit_by_site ON audit (site{then_id});

CREATE TABLE audit_item (
  audit {integer} NOT NULL REFERENCES audit(id),
  comment {integer} NOT NULL REFERENCES comment(id),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (audit, comment)
){by_key};
CREATE INDEX audit_item_by_comment ON audit_item (comment, audit);
)sql";

// The publisher's own users, as the last token they wrote with had them, and the keys that sign
// such tokens. `guest` is made of the site and the subject, so that whatever a guest may do a
// person may.
constexpr const char* kVersion6 = R"sql(
CREATE TABLE site_key (
  site {integer} NOT NULL REFERENCES site(id),
  id TEXT NOT NULL,
  kind {integer} NOT NULL,
  secret {blob} NOT NULL,
  created {integer} NOT NULL,
  retired {integer} NOT NULL DEFAULT 0,
  PRIMARY KEY (site, id)
){by_key};

CREATE TABLE person (
  site {integer} NOT NULL REFERENCES site(id),
  guest {blob} NOT NULL,
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  avatar TEXT NOT NULL,
  seen {integer} NOT NULL,
  PRIMARY KEY (site, guest)
){by_key};
ALTER TABLE comment ADD COLUMN avatar TEXT NOT NULL DEFAULT '';
)sql";

// The index of words holds what store/words.cpp makes of a text, which also fills it.
constexpr const char* kVersion7 = R"sql(
{folded_words}
)sql";

// The lower bound of the score interval as wilson_bound() has it, of the same operations in the
// same order, so that both come to the same number; kept by the database itself, so that whatever
// changes votes keeps it right.
constexpr const char* kVersion8 = R"sql(
ALTER TABLE comment ADD COLUMN wilson {integer} NOT NULL GENERATED ALWAYS AS (
  CASE WHEN up <= 0 THEN 0 ELSE CAST(floor(1000000000 *
    (CAST(up AS DOUBLE PRECISION) + 1.9207294103470618 - 1.959963984540054 *
      sqrt(CAST(up AS DOUBLE PRECISION) * down / (up + down) + 0.9603647051735309)) /
    (CAST(up AS DOUBLE PRECISION) + down + 3.8414588206941236)) AS {integer}) END) {generated};
CREATE INDEX root_by_wilson ON comment (thread, wilson, created{then_id})
  WHERE parent IS NULL AND living > 0;
)sql";

// Who is told of what. `outbox` is what is still to be sent, to a mailbox (then `webhook` is NULL)
// or to a webhook: until `due` nobody else tries; `ended` is 0 while it waits, and what could not
// be sent stays for a while with its `outcome`. `announced` is each comment that could be seen for
// the first time, in threads that somebody follows; `spread` says that its followers have become
// due. A subscription of scope 0 is to all comments of its thread, of 1 to answers to its guest; it
// is `due` when there may be something to tell, and was told everything up to `told`.
constexpr const char* kVersion9 = R"sql(
CREATE TABLE webhook (
  id {new_id},
  site {integer} NOT NULL REFERENCES site(id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  created {integer} NOT NULL,
  failing_since {integer} NOT NULL DEFAULT 0,
  failures {integer} NOT NULL DEFAULT 0,
  rests_until {integer} NOT NULL DEFAULT 0,
  disabled {integer} NOT NULL DEFAULT 0,
  UNIQUE (site, url)
){table};

CREATE TABLE outbox (
  id {new_id},
  webhook {integer} REFERENCES webhook(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  payload TEXT NOT NULL,
  created {integer} NOT NULL,
  due {integer} NOT NULL,
  tries {integer} NOT NULL DEFAULT 0,
  ended {integer} NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL DEFAULT ''
){table};
CREATE INDEX outbox_by_due ON outbox (due) WHERE ended = 0;
CREATE INDEX outbox_by_webhook ON outbox (webhook{then_id}) WHERE ended = 0;
CREATE INDEX outbox_by_end ON outbox (ended) WHERE ended > 0;

CREATE TABLE subscription (
  id {new_id},
  site {integer} NOT NULL REFERENCES site(id) ON DELETE CASCADE,
  thread {integer} NOT NULL REFERENCES thread(id) ON DELETE CASCADE,
  guest {blob} NOT NULL,
  email TEXT NOT NULL,
  scope {integer} NOT NULL,
  pace {integer} NOT NULL,
  asked {integer} NOT NULL,
  confirmed {integer} NOT NULL DEFAULT 0,
  told {integer} NOT NULL DEFAULT 0,
  due {integer} NOT NULL DEFAULT 0,
  mailed {integer} NOT NULL DEFAULT 0,
  UNIQUE (thread, email, scope)
){table};
CREATE INDEX subscription_by_email ON subscription (site, email);
CREATE INDEX subscription_by_due ON subscription (due) WHERE due > 0;
CREATE INDEX subscription_unconfirmed ON subscription (asked) WHERE confirmed = 0;

CREATE TABLE announced (
  id {new_id},
  thread {integer} NOT NULL REFERENCES thread(id) ON DELETE CASCADE,
  comment {integer} NOT NULL UNIQUE REFERENCES comment(id) ON DELETE CASCADE,
  made {integer} NOT NULL,
  spread {integer} NOT NULL DEFAULT 0
){table};
CREATE INDEX announced_by_thread ON announced (thread{then_id});
CREATE INDEX announced_unspread ON announced (id) WHERE spread = 0;
)sql";

// What readers say about comments beside their votes. `reports` of a comment counts those that are
// open (`settled` is 0); `vouched` is when a moderator has settled them, and names those that this
// has settled.
constexpr const char* kVersion10 = R"sql(
ALTER TABLE comment ADD COLUMN reports {integer} NOT NULL DEFAULT 0;
ALTER TABLE comment ADD COLUMN vouched {integer} NOT NULL DEFAULT 0;
CREATE INDEX reported_comment ON comment (site, status{then_id}) WHERE reports > 0;
CREATE TABLE report (
  guest {blob} NOT NULL,
  thread {integer} NOT NULL REFERENCES thread(id),
  comment {integer} NOT NULL REFERENCES comment(id),
  reason {integer} NOT NULL,
  text TEXT NOT NULL,
  created {integer} NOT NULL,
  settled {integer} NOT NULL,
  PRIMARY KEY (guest, thread, comment)
){by_key};
CREATE INDEX report_by_comment ON report (comment, settled);

CREATE TABLE reaction (
  guest {blob} NOT NULL,
  thread {integer} NOT NULL REFERENCES thread(id),
  comment {integer} NOT NULL REFERENCES comment(id),
  kind TEXT NOT NULL,
  PRIMARY KEY (guest, thread, comment, kind)
){by_key};
CREATE TABLE reaction_count (
  comment {integer} NOT NULL REFERENCES comment(id),
  kind TEXT NOT NULL,
  count {integer} NOT NULL,
  PRIMARY KEY (comment, kind)
){by_key};
)sql";

// Which comment of another program became which of ours, so that the same file again adds nothing;
// and those that wait, while a file is read, for the comment that they answer.
constexpr const char* kVersion11 = R"sql(
CREATE TABLE imported (
  site {integer} NOT NULL REFERENCES site(id),
  source TEXT NOT NULL,
  original TEXT NOT NULL,
  comment {integer} NOT NULL,
  PRIMARY KEY (site, source, original)
){by_key};

CREATE TABLE import_waiting (
  site {integer} NOT NULL REFERENCES site(id),
  source TEXT NOT NULL,
  original TEXT NOT NULL,
  parent TEXT NOT NULL,
  comment TEXT NOT NULL,
  PRIMARY KEY (site, source, original)
){by_key};
CREATE INDEX waiting_by_parent ON import_waiting (site, source, parent);
)sql";

// What was said lately, as fingerprints, and challenges that were answered. Neither refers to its
// comment by a key: it may outlive it.
constexpr const char* kVersion12 = R"sql(
CREATE TABLE said (
  comment {integer} NOT NULL PRIMARY KEY,
  site {integer} NOT NULL,
  text {blob} NOT NULL,
  guest {blob} NOT NULL,
  address {blob} NOT NULL,
  thread {integer} NOT NULL,
  created {integer} NOT NULL
){table};
CREATE INDEX said_by_guest ON said (site, text, guest, created);
CREATE INDEX said_by_address ON said (site, text, address, created);
CREATE INDEX said_by_time ON said (created);

CREATE TABLE spent_challenge (
  nonce {blob} NOT NULL PRIMARY KEY,
  expires {integer} NOT NULL
){by_key};
CREATE INDEX spent_challenge_by_time ON spent_challenge (expires);
)sql";

// The words of comments and their authors, each engine in its own way. store/queue.cpp asks for
// them.
constexpr const char* kSqliteWordsOfComments = R"sql(
CREATE VIRTUAL TABLE comment_words USING fts5(author, text, content='comment', content_rowid='id',
  tokenize="unicode61 remove_diacritics 2");
INSERT INTO comment_words (comment_words) VALUES ('rebuild');
)sql";
constexpr const char* kPostgresWordsOfComments = R"sql(
CREATE INDEX comment_words ON comment USING gin ((
  setweight(to_tsvector('simple', author), 'A') || setweight(to_tsvector('simple', text), 'B')));
)sql";

// Without the texts themselves, which `comment` has.
constexpr const char* kSqliteFoldedWords = R"sql(
DROP TABLE comment_words;
CREATE VIRTUAL TABLE comment_words USING fts5(author, text, content='', columnsize=0, tokenize='ascii');
)sql";
constexpr const char* kPostgresFoldedWords = R"sql(
DROP INDEX comment_words;
CREATE TABLE comment_words (
  comment BIGINT PRIMARY KEY,
  words TSVECTOR NOT NULL
);
CREATE INDEX comment_by_words ON comment_words USING gin (words);
)sql";
constexpr std::size_t kVersionOfWords = 7;

constexpr std::array kVersions = {kVersion1, kVersion2,  kVersion3,  kVersion4,
                                  kVersion5, kVersion6,  kVersion7,  kVersion8,
                                  kVersion9, kVersion10, kVersion11, kVersion12};

// Rows of a table by_key are found by their key only, so SQLite keeps them in its order. Identities
// of new_id are never given twice, even after the last row has gone. An index of SQLite ends with
// the id anyway.
using Words = std::array<std::pair<std::string_view, std::string_view>, 10>;
constexpr Words kSqlite = {{{"id", "INTEGER PRIMARY KEY"},
                            {"new_id", "INTEGER PRIMARY KEY AUTOINCREMENT"},
                            {"integer", "INTEGER"},
                            {"blob", "BLOB"},
                            {"generated", "VIRTUAL"},
                            {"table", " STRICT"},
                            {"by_key", " STRICT, WITHOUT ROWID"},
                            {"then_id", ""},
                            {"words_of_comments", kSqliteWordsOfComments},
                            {"folded_words", kSqliteFoldedWords}}};
constexpr Words kPostgres = {{{"id", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
                              {"new_id", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
                              {"integer", "BIGINT"},
                              {"blob", "BYTEA"},
                              {"generated", "STORED"},
                              {"table", ""},
                              {"by_key", ""},
                              {"then_id", ", id"},
                              {"words_of_comments", kPostgresWordsOfComments},
                              {"folded_words", kPostgresFoldedWords}}};

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
    if (step + 1 != kVersionOfWords) continue;
    if (Status status = fill_words(connection); !status) return status;
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
