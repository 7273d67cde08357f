#include "web/server/store/votes.h"

#include "web/server/store/threads.h"

namespace parlance {
namespace {

Vote to_vote(std::int64_t value) {
  if (value == 0) return Vote::None;
  return value > 0 ? Vote::Up : Vote::Down;
}

int change_of(Vote before, Vote after, Vote counted) {
  return static_cast<int>(after == counted) - static_cast<int>(before == counted);
}

}  // namespace

Result<std::unordered_map<RowId, Vote>> list_votes(Connection& connection, const GuestId& guest,
                                                   RowId thread) {
  std::unordered_map<RowId, Vote> votes;
  Statement statement = connection.query(
      "SELECT comment, value FROM vote WHERE guest = $1 AND thread = $2", Bytes(guest), thread);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list votes");
      case Statement::Step::Done:
        return votes;
      case Statement::Step::Row:
        votes.emplace(statement.integer(0), to_vote(statement.integer(1)));
    }
  }
}

Result<Vote> find_vote(Connection& connection, const GuestId& guest, const CommentRow& comment) {
  Statement statement =
      connection.query("SELECT value FROM vote WHERE guest = $1 AND thread = $2 AND comment = $3",
                       Bytes(guest), comment.thread, comment.id);
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find vote");
    case Statement::Step::Done:
      return Vote::None;
    case Statement::Step::Row:
      break;
  }
  return to_vote(statement.integer(0));
}

Status put_vote(Connection& connection, const GuestId& guest, const CommentRow& comment,
                Vote vote) {
  const auto before = find_vote(connection, guest, comment);
  if (!before) return before.error();
  if (*before == vote) return {};

  const Status kept =
      vote == Vote::None
          ? connection.run("DELETE FROM vote WHERE guest = $1 AND thread = $2 AND comment = $3",
                           Bytes(guest), comment.thread, comment.id)
          : connection.run(
                "INSERT INTO vote (guest, thread, comment, value) VALUES ($1, $2, $3, $4)"
                " ON CONFLICT (guest, thread, comment) DO UPDATE SET value = excluded.value",
                Bytes(guest), comment.thread, comment.id, static_cast<int>(vote));
  if (!kept) return kept;
  const Status counted = connection.run(
      "UPDATE comment SET up = up + $1, down = down + $2 WHERE id = $3",
      change_of(*before, vote, Vote::Up), change_of(*before, vote, Vote::Down), comment.id);
  if (!counted) return counted;
  return touch_thread(connection, comment.thread, 0, 0);
}

Result<std::optional<AnsweredPost>> find_answered_post(Connection& connection, const GuestId& guest,
                                                       std::string_view idempotency_key) {
  Statement statement = connection.query(
      "SELECT request_hash, comment FROM answered_post WHERE guest = $1 AND idempotency_key = $2",
      Bytes(guest), idempotency_key);
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find answered post");
    case Statement::Step::Done:
      return std::optional<AnsweredPost>();
    case Statement::Step::Row:
      break;
  }
  const Bytes hash = statement.blob(0);
  return std::optional<AnsweredPost>({std::string(hash.begin(), hash.end()), statement.integer(1)});
}

Status put_answered_post(Connection& connection, const GuestId& guest,
                         std::string_view idempotency_key, const AnsweredPost& post,
                         UnixSeconds now) {
  const Bytes hash(reinterpret_cast<const std::uint8_t*>(post.request_hash.data()),
                   post.request_hash.size());
  return connection.run(
      "INSERT INTO answered_post (guest, idempotency_key, request_hash, comment, created)"
      " VALUES ($1, $2, $3, $4, $5)",
      Bytes(guest), idempotency_key, hash, post.comment, now);
}

Status forget_answered_posts(Connection& connection, UnixSeconds before) {
  return connection.run("DELETE FROM answered_post WHERE created < $1", before);
}

}  // namespace parlance
