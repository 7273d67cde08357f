#include "web/server/service/found_comment.h"

#include "web/server/service/row_id.h"
#include "web/server/store/comments.h"
#include "web/server/store/threads.h"

namespace parlance {

Result<FoundComment> find_others(Connection& connection, const Site& site,
                                 const std::string& thread_key, const CommentId& id,
                                 const GuestId& guest, UnixSeconds now) {
  const Error unknown{ErrorCode::UnknownComment, "no such comment", ""};
  const auto thread = find_thread(connection, site.id, thread_key);
  if (!thread) return thread.error();
  if (!thread->has_value()) return Error{ErrorCode::UnknownThread, "no such thread", ""};
  const auto number = row_id_from(id);
  if (!number) return unknown;
  auto comment = find_comment(connection, *number);
  if (!comment) return comment.error();
  if (!comment->has_value() || (*comment)->thread != (*thread)->id) return unknown;
  if ((*comment)->status != CommentStatus::Approved) return unknown;
  if ((*comment)->guest == std::optional(guest)) {
    return Error{ErrorCode::OwnComment, "it is the caller's own comment", ""};
  }
  if (Status welcome = check_ban(connection, site, guest, now); !welcome) return welcome.error();
  return FoundComment{aged(**thread, site, now), std::move(**comment)};
}

}  // namespace parlance
