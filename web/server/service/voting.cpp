#include "web/server/service/found_comment.h"
#include "web/server/service/service.h"
#include "web/server/store/comments.h"
#include "web/server/store/votes.h"

namespace parlance {
Result<VoteAnswer> Service::write_vote(Store::Change& change, const Site& site,
                                       const VoteQuery& query, const GuestId& guest,
                                       UnixSeconds now) {
  Connection& connection = change.connection();
  const auto found = find_others(connection, site, query.thread, query.comment, guest, now);
  if (!found) return found.error();
  const auto& [thread, comment] = *found;
  if (thread.takes_nothing()) return Error{ErrorCode::ThreadClosed, "the thread is closed", ""};

  if (Status put = put_vote(connection, guest, comment, query.vote); !put) return put.error();
  const auto counted = find_comment(connection, comment.id);
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
