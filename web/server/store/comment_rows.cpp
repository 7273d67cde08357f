#include "web/server/store/comment_rows.h"

#include <algorithm>

namespace parlance {
namespace {

std::optional<GuestId> to_guest(Bytes blob) {
  GuestId guest;
  if (blob.size() != guest.size()) return std::nullopt;
  std::copy(blob.begin(), blob.end(), guest.begin());
  return guest;
}

CommentStatus to_status(std::int64_t number) {
  // What a later version may have written is not shown to anybody.
  if (number < 0 || number > 3) return CommentStatus::Spam;
  return static_cast<CommentStatus>(number);
}

}  // namespace

CommentRow to_comment_row(const Statement& row) {
  CommentRow comment;
  comment.id = row.integer(0);
  comment.thread = row.integer(1);
  comment.parent = row.integer(2);
  comment.root = row.integer(3);
  comment.depth = row.count(4);
  comment.status = to_status(row.integer(5));
  comment.created = row.integer(6);
  comment.up = row.count(7);
  comment.down = row.count(8);
  comment.living = row.count(9);
  comment.guest = to_guest(row.blob(10));
  comment.author = row.text(11);
  comment.email = row.text(12);
  comment.text = row.text(13);
  comment.edited = row.integer(14);
  comment.pinned = row.integer(15);
  comment.avatar = row.text(17);
  comment.held = static_cast<Held>(row.integer(16));
  comment.wilson = row.integer(18);
  comment.reports = row.count(19);
  comment.vouched = row.integer(20);
  return comment;
}

Status append_comments(Connection& connection, Statement statement,
                       std::vector<CommentRow>& comments) {
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list comments");
      case Statement::Step::Done:
        return {};
      case Statement::Step::Row:
        comments.push_back(to_comment_row(statement));
    }
  }
}

}  // namespace parlance
