#include "web/server/service/row_id.h"
#include "web/server/service/service.h"
#include "web/server/store/comments.h"
#include "web/server/store/threads.h"
#include "web/server/store/votes.h"

namespace parlance {
namespace {

Result<CommentRow> find_votable(Connection& connection, RowId thread, const CommentId& id) {
  const Error unknown{ErrorCode::UnknownComment, "no such comment", ""};
  const auto number = row_id_from(id);
  if (!number) return unknown;
  auto found = find_comment(connection, *number);
  if (!found) return found.error();
  if (!found->has_value() || (*found)->thread != thread) return unknown;
  // A comment that waits for approval does not exist for others, and its author may not vote for
  // it.
  if ((*found)->status != CommentStatus::Approved) return unknown;
  return std::move(**found);
}

}  // namespace

Result<VoteAnswer> Service::write_vote(Store::Change& change, const Site& site,
                                       const VoteQuery& query, const GuestId& guest,
                                       UnixSeconds now) {
  Connection& connection = change.connection();
  const auto found = find_thread(connection, site.id, query.thread);
  if (!found) return found.error();
  if (!found->has_value()) return Error{ErrorCode::UnknownThread, "no such thread", ""};
  const ThreadRow thread = aged(**found, site, now);
  const auto comment = find_votable(connection, thread.id, query.comment);
  if (!comment) return comment.error();
  if (comment->guest == std::optional(guest)) {
    return Error{ErrorCode::OwnComment, "nobody votes for their own comment", ""};
  }
  if (thread.takes_nothing()) return Error{ErrorCode::ThreadClosed, "the thread is closed", ""};
  if (Status welcome = check_ban(connection, site, guest, now); !welcome) return welcome.error();

  if (Status put = put_vote(connection, guest, *comment, query.vote); !put) return put.error();
  const auto counted = find_comment(connection, comment->id);
  if (!counted) return counted.error();
  if (!counted->has_value()) return Error{ErrorCode::Internal, "the comment has gone", ""};
  const Status told = tell(change, thread, ThreadEvent::What::Score, **counted);
  if (!told) return told.error();
  return VoteAnswer{query.comment, (*counted)->up, (*counted)->down, query.vote};
}

Result<VoteAnswer> Service::vote(const Site& site, const VoteQuery& query, const Caller& caller) {
  if (Status status = check_thread_key(query.thread); !status) return status.error();
  const auto guest = required_guest(site, caller);
  if (!guest) return guest.error();
  if (Status status = check_rate("vote", limits_.votes, *guest, caller); !status) {
    return status.error();
  }
  return store_.write(lane_of(site, query.thread), [&](Store::Change& change) {
    return write_vote(change, site, query, *guest, caller.now);
  });
}

}  // namespace parlance
