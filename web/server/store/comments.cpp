#include "web/server/store/comments.h"

#include <algorithm>
#include <tuple>

#include "web/server/store/comment_rows.h"
#include "web/server/store/threads.h"
#include "web/server/store/words.h"

namespace parlance {
namespace {

std::optional<RowId> or_null(RowId id) { return id == 0 ? std::nullopt : std::optional(id); }

// Changes how many approved comments a tree has, and with it the counts of its thread.
Status add_to_living(Connection& connection, RowId thread, RowId root, int change) {
  if (change == 0) return touch_thread(connection, thread, 0, 0);
  int living = 0;
  {
    Statement statement = connection.query(
        "UPDATE comment SET living = living + $1 WHERE id = $2 RETURNING living", change, root);
    if (statement.step() != Statement::Step::Row) return connection.error("count living");
    living = statement.count(0);
  }
  int roots = 0;
  if (change > 0 && living == change) roots = 1;
  if (change < 0 && living == 0) roots = -1;
  return touch_thread(connection, thread, change, roots);
}

// Nothing as the id: the next one.
Result<RowId> insert_comment(Connection& connection, const std::optional<RowId>& as,
                             const CommentRow& comment) {
  const std::optional<Bytes> guest =
      comment.guest ? std::optional<Bytes>(*comment.guest) : std::nullopt;
#define INSERT_COMMENT                                                                          \
  "INSERT INTO comment"                                                                         \
  " (thread, parent, root, depth, status, created, up, down, guest, author, email, text, held," \
  " avatar, site, id)"                                                                          \
  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"                       \
  " (SELECT site FROM thread WHERE id = $1), "
  const char* sql = connection.choose(
      INSERT_COMMENT "$15) RETURNING id", INSERT_COMMENT
      "coalesce($15, nextval(pg_get_serial_sequence('comment', 'id')))) RETURNING id");
#undef INSERT_COMMENT
  Statement added =
      connection.query(sql, comment.thread, or_null(comment.parent), or_null(comment.root),
                       comment.depth, static_cast<int>(comment.status), comment.created, comment.up,
                       comment.down, guest, comment.author, comment.email, comment.text,
                       static_cast<int>(comment.held), comment.avatar, as);
  if (added.step() != Statement::Step::Row) return connection.error("add comment");
  const RowId id = added.integer(0);
  if (Status kept = add_words(connection, id, {comment.author, comment.text}); !kept) {
    return kept.error();
  }
  const RowId root = comment.root == 0 ? id : comment.root;
  const int living = comment.status == CommentStatus::Approved ? 1 : 0;
  if (Status counted = add_to_living(connection, comment.thread, root, living); !counted) {
    return counted.error();
  }
  return id;
}

}  // namespace

Result<std::optional<CommentRow>> find_comment(Connection& connection, RowId id) {
  Statement statement =
      connection.query("SELECT " COMMENT_COLUMNS " FROM comment WHERE id = $1", id);
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find comment");
    case Statement::Step::Done:
      return std::optional<CommentRow>();
    case Statement::Step::Row:
      break;
  }
  return std::optional<CommentRow>(to_comment_row(statement));
}

Result<RowId> add_comment(Connection& connection, const CommentRow& comment) {
  return insert_comment(connection, std::nullopt, comment);
}

Result<RowId> add_comment_as(Connection& connection, RowId id, const CommentRow& comment) {
  return insert_comment(connection, id, comment);
}

Status edit_comment(Connection& connection, const CommentRow& comment, std::string_view text,
                    UnixSeconds now) {
  const Status kept = connection.run(
      "INSERT INTO revision (comment, number, written, text)"
      " SELECT $1, coalesce(max(number), 0) + 1, $2, $3 FROM revision WHERE comment = $1",
      comment.id, comment.edited == 0 ? comment.created : comment.edited, comment.text);
  if (!kept) return kept;
  const Status changed =
      connection.run("UPDATE comment SET text = $1, edited = $2, vouched = 0 WHERE id = $3", text,
                     now, comment.id);
  if (!changed) return changed;
  Status words = remove_words(connection, comment.id, {comment.author, comment.text});
  if (words) words = add_words(connection, comment.id, {comment.author, text});
  if (!words) return words;
  return touch_thread(connection, comment.thread, 0, 0);
}

Result<std::vector<Revision>> list_revisions(Connection& connection, RowId comment) {
  std::vector<Revision> revisions;
  Statement statement = connection.query(
      "SELECT number, written, text FROM revision WHERE comment = $1 ORDER BY number", comment);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list revisions");
      case Statement::Step::Done:
        return revisions;
      case Statement::Step::Row:
        revisions.push_back(
            {statement.count(0), statement.integer(1), std::string(statement.text(2))});
    }
  }
}

Status set_status(Connection& connection, RowId comment, CommentStatus status) {
  const auto found = find_comment(connection, comment);
  if (!found) return found.error();
  if (!found.value()) return Error{ErrorCode::UnknownComment, "no such comment", ""};
  const CommentRow& row = **found;
  const Status changed = connection.run("UPDATE comment SET status = $1 WHERE id = $2",
                                        static_cast<int>(status), comment);
  if (!changed) return changed;
  const int before = row.status == CommentStatus::Approved ? 1 : 0;
  const int after = status == CommentStatus::Approved ? 1 : 0;
  return add_to_living(connection, row.thread, row.root == 0 ? row.id : row.root, after - before);
}

RootPlace place_of(const CommentRow& root, SortOrder order) {
  const std::int64_t score = order == SortOrder::Best ? root.wilson : root.up - root.down;
  return {score, root.created, root.id};
}

bool stands_before(const RootPlace& a, const RootPlace& b, SortOrder order) {
  switch (order) {
    case SortOrder::Best:
    case SortOrder::MostVoted:
      return std::tie(a.score, a.created, a.id) > std::tie(b.score, b.created, b.id);
    case SortOrder::Newest:
      return std::tie(a.created, a.id) > std::tie(b.created, b.id);
    case SortOrder::Oldest:
      return std::tie(a.created, a.id) < std::tie(b.created, b.id);
  }
  return false;
}

Result<std::vector<CommentRow>> list_roots(Connection& connection, const RootQuery& query) {
  // Beyond every place there is, at the end the order starts from.
  constexpr std::int64_t kMost = INT64_MAX;
  const RowId thread = query.thread;
  std::vector<CommentRow> roots;
  Status status;
  switch (query.order) {
    case SortOrder::Best: {
      const RootPlace after = query.after.value_or(RootPlace{kMost, kMost, kMost});
      status = append_comments(
          connection,
          connection.query("SELECT " COMMENT_COLUMNS
                           " FROM comment WHERE thread = $1 AND parent IS NULL"
                           " AND living > 0 AND pinned = 0 AND (wilson, created, id) < ($2, $3, $4)"
                           " ORDER BY wilson DESC, created DESC, id DESC LIMIT $5",
                           thread, after.score, after.created, after.id, query.limit),
          roots);
      break;
    }
    case SortOrder::MostVoted: {
      const RootPlace after = query.after.value_or(RootPlace{kMost, kMost, kMost});
      status = append_comments(
          connection,
          connection.query("SELECT " COMMENT_COLUMNS
                           " FROM comment WHERE thread = $1 AND parent IS NULL"
                           " AND living > 0 AND pinned = 0 AND (score, created, id) < ($2, $3, $4)"
                           " ORDER BY score DESC, created DESC, id DESC LIMIT $5",
                           thread, after.score, after.created, after.id, query.limit),
          roots);
      break;
    }
    case SortOrder::Newest: {
      const RootPlace after = query.after.value_or(RootPlace{kMost, kMost, kMost});
      status = append_comments(
          connection,
          connection.query("SELECT " COMMENT_COLUMNS
                           " FROM comment WHERE thread = $1 AND parent IS NULL"
                           " AND living > 0 AND pinned = 0 AND (created, id) < ($2, $3)"
                           " ORDER BY created DESC, id DESC LIMIT $4",
                           thread, after.created, after.id, query.limit),
          roots);
      break;
    }
    case SortOrder::Oldest: {
      const RootPlace after = query.after.value_or(RootPlace{-kMost, -kMost, -kMost});
      status = append_comments(
          connection,
          connection.query("SELECT " COMMENT_COLUMNS
                           " FROM comment WHERE thread = $1 AND parent IS NULL"
                           " AND living > 0 AND pinned = 0 AND (created, id) > ($2, $3)"
                           " ORDER BY created, id LIMIT $4",
                           thread, after.created, after.id, query.limit),
          roots);
      break;
    }
  }
  if (!status) return status.error();
  return roots;
}

Result<std::vector<CommentRow>> list_pinned_roots(Connection& connection, RowId thread) {
  std::vector<CommentRow> roots;
  Status status = append_comments(
      connection,
      connection.query("SELECT " COMMENT_COLUMNS
                       " FROM comment WHERE thread = $1 AND pinned > 0 AND parent IS NULL"
                       " AND living > 0 ORDER BY pinned DESC, id DESC LIMIT 10",
                       thread),
      roots);
  if (!status) return status.error();
  return roots;
}

Status pin_comment(Connection& connection, const CommentRow& comment, UnixSeconds when) {
  Status done = connection.run("UPDATE comment SET pinned = $1 WHERE id = $2", when, comment.id);
  if (!done) return done;
  return touch_thread(connection, comment.thread, 0, 0);
}

Status hold_comment(Connection& connection, RowId comment, Held held) {
  return connection.run("UPDATE comment SET held = $1 WHERE id = $2", static_cast<int>(held),
                        comment);
}

Result<std::vector<CommentRow>> list_own_pending_roots(Connection& connection, RowId thread,
                                                       const GuestId& guest) {
  std::vector<CommentRow> roots;
  Statement statement = connection.query(
      "SELECT " COMMENT_COLUMNS
      " FROM comment WHERE parent IS NULL AND living = 0 AND id IN"
      " (SELECT coalesce(root, id) FROM comment WHERE thread = $1 AND guest = $2 AND status = 0)",
      thread, Bytes(guest));
  if (Status status = append_comments(connection, std::move(statement), roots); !status) {
    return status.error();
  }
  return roots;
}

Result<bool> has_approved(Connection& connection, RowId site, const GuestId& guest) {
  Statement statement = connection.query(
      "SELECT comment.id FROM comment JOIN thread ON thread.id = comment.thread"
      " WHERE comment.guest = $1 AND comment.status = 1 AND thread.site = $2 LIMIT 1",
      Bytes(guest), site);
  const Statement::Step step = statement.step();
  if (step == Statement::Step::Failed) return connection.error("has approved");
  return step == Statement::Step::Row;
}

Result<int> count_own_pending(Connection& connection, RowId thread, const GuestId& guest) {
  Statement statement = connection.query(
      "SELECT count(*) FROM comment WHERE thread = $1 AND guest = $2 AND status = 0", thread,
      Bytes(guest));
  if (statement.step() != Statement::Step::Row) return connection.error("count pending");
  return statement.count(0);
}

Result<std::vector<CommentRow>> list_replies(Connection& connection, std::span<const RowId> roots) {
  std::vector<CommentRow> replies;
  if (roots.empty()) return replies;
  const std::string list = connection.list_of(roots);
  const char* sql =
      connection.choose("SELECT " COMMENT_COLUMNS
                        " FROM comment WHERE root IN (SELECT value FROM json_each($1))"
                        " ORDER BY root, created, id",
                        "SELECT " COMMENT_COLUMNS
                        " FROM comment WHERE root = ANY (CAST($1 AS bigint[]))"
                        " ORDER BY root, created, id");
  if (Status status = append_comments(connection, connection.query(sql, list), replies); !status) {
    return status.error();
  }
  return replies;
}

}  // namespace parlance
