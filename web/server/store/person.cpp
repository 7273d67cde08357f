#include "web/server/store/person.h"

#include <algorithm>

#include "web/server/store/comment_rows.h"
#include "web/server/store/threads.h"
#include "web/server/store/words.h"

namespace parlance {
namespace {

// A payload of the outbox is JSON, in whose texts no quotation mark stands alone: this is found in
// no mail to somebody else. Neither engine's own words for JSON are the other's.
#define IS_MAIL_TO(email) \
  "replace(lower(payload), '\"to\":\"' || lower(" email ") || '\"', '') <> lower(payload)"

Result<std::vector<CommentRow>> all_of(Connection& connection, Statement statement) {
  std::vector<CommentRow> comments;
  Status listed = append_comments(connection, std::move(statement), comments);
  if (!listed) return listed.error();
  return comments;
}

}  // namespace

Result<std::vector<GuestId>> list_guests_of_email(Connection& connection, RowId site,
                                                  std::string_view email) {
  std::vector<GuestId> guests;
  Statement statement = connection.query(
      "SELECT DISTINCT guest FROM comment"
      " WHERE site = $1 AND lower(email) = lower($2) AND guest IS NOT NULL LIMIT 1000",
      site, email);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list guests of an address");
      case Statement::Step::Done:
        return guests;
      case Statement::Step::Row:
        break;
    }
    const Bytes bytes = statement.blob(0);
    GuestId guest{};
    if (bytes.size() != guest.size()) continue;
    std::copy(bytes.begin(), bytes.end(), guest.begin());
    guests.push_back(guest);
  }
}

Result<std::vector<CommentRow>> list_comments_of_guest(Connection& connection, RowId site,
                                                       const GuestId& guest, RowId after,
                                                       int limit) {
  return all_of(connection, connection.query("SELECT " COMMENT_COLUMNS
                                             " FROM comment WHERE guest = $1 AND site = $2"
                                             " AND id > $3 ORDER BY id LIMIT $4",
                                             Bytes(guest), site, after, limit));
}

Result<std::vector<CommentRow>> list_comments_of_email(Connection& connection, RowId site,
                                                       std::string_view email, RowId after,
                                                       int limit) {
  return all_of(connection,
                connection.query("SELECT " COMMENT_COLUMNS
                                 " FROM comment WHERE site = $1 AND lower(email) = lower($2)"
                                 " AND guest IS NULL AND id > $3 ORDER BY id LIMIT $4",
                                 site, email, after, limit));
}

Result<std::vector<CastVote>> list_votes_of_guest(Connection& connection, const GuestId& guest,
                                                  int limit) {
  std::vector<CastVote> votes;
  Statement statement = connection.query(
      "SELECT thread, comment, value FROM vote WHERE guest = $1 ORDER BY thread, comment LIMIT $2",
      Bytes(guest), limit);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list votes of a guest");
      case Statement::Step::Done:
        return votes;
      case Statement::Step::Row:
        votes.push_back({statement.integer(0), statement.integer(1), statement.count(2)});
    }
  }
}

Status make_anonymous(Connection& connection, const CommentRow& comment, std::string_view author,
                      std::string_view text) {
  Status done = remove_words(connection, comment.id, {comment.author, comment.text});
  if (done) done = connection.run("DELETE FROM revision WHERE comment = $1", comment.id);
  if (done) {
    done = connection.run(
        "UPDATE comment SET author = $1, text = $2, email = '', avatar = '', guest = NULL"
        " WHERE id = $3",
        author, text, comment.id);
  }
  if (done) done = add_words(connection, comment.id, {author, text});
  if (done) done = touch_thread(connection, comment.thread, 0, 0);
  return done;
}

Status forget_guest(Connection& connection, RowId site, const GuestId& guest) {
  constexpr const char* kOfGuest[] = {
      // Pages that were kept count them still.
      "UPDATE thread SET version = version + 1 WHERE id IN"
      " (SELECT thread FROM reaction WHERE guest = $1)",
      "UPDATE reaction_count SET count = count - 1 WHERE (comment, kind) IN"
      " (SELECT comment, kind FROM reaction WHERE guest = $1)",
      "DELETE FROM reaction WHERE guest = $1",
      "UPDATE comment SET reports = reports - 1 WHERE id IN"
      " (SELECT comment FROM report WHERE guest = $1 AND settled = 0)",
      "DELETE FROM report WHERE guest = $1",
      "DELETE FROM answered_post WHERE guest = $1",
      "DELETE FROM said WHERE guest = $1",
  };
  for (const char* sql : kOfGuest) {
    if (Status done = connection.run(sql, Bytes(guest)); !done) return done;
  }
  Status done = connection.run("DELETE FROM reaction_count WHERE count <= 0");
  if (done) {
    done = connection.run(
        "DELETE FROM outbox WHERE webhook IS NULL AND EXISTS (SELECT 1 FROM subscription"
        " WHERE site = $1 AND guest = $2 AND " IS_MAIL_TO("subscription.email") ")",
        site, Bytes(guest));
  }
  if (done) {
    done = connection.run("DELETE FROM subscription WHERE site = $1 AND guest = $2", site,
                          Bytes(guest));
  }
  if (done) {
    done = connection.run("DELETE FROM person WHERE site = $1 AND guest = $2", site, Bytes(guest));
  }
  return done;
}

Status forget_email(Connection& connection, RowId site, std::string_view email) {
  Status done = connection.run(
      "DELETE FROM outbox WHERE webhook IS NULL AND " IS_MAIL_TO("CAST($1 AS TEXT)"), email);
  if (done) {
    done = connection.run("DELETE FROM subscription WHERE site = $1 AND lower(email) = lower($2)",
                          site, email);
  }
  return done;
}

}  // namespace parlance
