#include "web/server/service/found_comment.h"

#include "web/server/service/row_id.h"
#include "web/server/store/comments.h"
#include "web/server/store/threads.h"

namespace parlance {

Result<FoundComment> find_in_thread(Connection& connection, const Site& site,
                                    const std::string& thread_key, const CommentId& id) {
  const Error unknown{ErrorCode::UnknownComment, "no such comment", ""};
  auto thread = find_thread(connection, site.id, thread_key);
  if (!thread) return thread.error();
  if (!thread->has_value()) return Error{ErrorCode::UnknownThread, "no such thread", ""};
  const auto number = row_id_from(id);
  if (!number) return unknown;
  auto comment = find_comment(connection, *number);
  if (!comment) return comment.error();
  if (!comment->has_value() || (*comment)->thread != (*thread)->id) return unknown;
  return FoundComment{std::move(**thread), std::move(**comment)};
}

Result<FoundComment> find_others(Connection& connection, const Site& site,
                                 const std::string& thread_key, const CommentId& id,
                                 const GuestId& guest, UnixSeconds now) {
  auto found = find_in_thread(connection, site, thread_key, id);
  if (!found) return found;
  if (found->comment.status != CommentStatus::Approved) {
    return Error{ErrorCode::UnknownComment, "no such comment", ""};
  }
  if (found->comment.guest == std::optional(guest)) {
    return Error{ErrorCode::OwnComment, "it is the caller's own comment", ""};
  }
  if (Status welcome = check_ban(connection, site, guest, now); !welcome) return welcome.error();
  found->thread = aged(std::move(found->thread), site, now);
  return found;
}

}  // namespace parlance
