// Tells of what has been committed, and names the versions of a thread to clients:
//
//   event id   instance "." version
#include <charconv>

#include "web/server/service/comment_tree.h"
#include "web/server/service/reacting.h"
#include "web/server/service/relay.h"
#include "web/server/service/service.h"
#include "web/server/store/threads.h"

namespace parlance {
namespace {

// A comment that a reader may not see is told of as one that is gone.
Result<Comment> as_seen_by_all(Connection& connection, const CommentRow& row,
                               ThreadEvent::What what) {
  if (row.status != CommentStatus::Approved) return to_placeholder(row);
  Comment comment = to_comment(row, {});
  const bool has_reactions =
      what == ThreadEvent::What::Comment || what == ThreadEvent::What::Reactions;
  if (!has_reactions) return comment;
  if (Status added = add_reactions(connection, comment); !added) return added.error();
  return comment;
}

bool is_about_a_comment(ThreadEvent::What what) {
  return what != ThreadEvent::What::Nothing && what != ThreadEvent::What::Thread;
}

ThreadInfo info_of(const ThreadRow& thread) {
  return {thread.key, thread.title, thread.takes_nothing(), thread.comments, thread.roots};
}

// Nothing when the thread or the comment has gone.
Result<std::optional<ThreadEvent>> read_event(Connection& connection, const ChangeNotice& notice) {
  const auto thread = find_thread(connection, notice.site, notice.thread);
  if (!thread) return thread.error();
  if (!thread->has_value()) return std::optional<ThreadEvent>();
  ThreadRow shut = **thread;
  shut.is_aged = notice.is_aged;
  ThreadEvent event{.site = notice.site,
                    .before = notice.before,
                    .version = notice.version,
                    .thread = info_of(shut),
                    .what = notice.what,
                    .comment = {}};
  if (!is_about_a_comment(notice.what)) return std::optional(std::move(event));
  const auto comment = find_comment(connection, notice.comment);
  if (!comment) return comment.error();
  if (!comment->has_value()) return std::optional<ThreadEvent>();
  auto seen = as_seen_by_all(connection, **comment, notice.what);
  if (!seen) return seen.error();
  event.comment = std::move(*seen);
  return std::optional(std::move(event));
}

}  // namespace

void Service::publish_by_notices() {
  publishes_by_notices_ = true;
  limiter_.share();
}

Result<std::vector<ThreadEvent>> Service::events_of(const std::vector<ChangeNotice>& notices) {
  using Events = std::vector<ThreadEvent>;
  return store_.read([&](Connection& connection) -> Result<Events> {
    Events events;
    for (const ChangeNotice& notice : notices) {
      auto event = read_event(connection, notice);
      if (!event) return event.error();
      if (event->has_value()) events.push_back(std::move(**event));
    }
    return events;
  });
}

Status Service::tell(Store::Change& change, const ThreadRow& before, ThreadEvent::What what,
                     const CommentRow& comment) {
  if (events_ == nullptr && !publishes_by_notices_) return {};
  const auto found = find_thread(change.connection(), before.site, before.key);
  if (!found) return found.error();
  if (!found->has_value()) return Error{ErrorCode::Internal, "the thread has gone", ""};
  const ThreadRow& now = **found;
  if (now.version == before.version) return {};
  ThreadRow shut = now;
  shut.is_aged = before.is_aged;
  // A thread that was made for this has had no reader.
  const std::int64_t known = before.version == 1 ? 0 : before.version;
  if (publishes_by_notices_) {
    const ChangeNotice notice{now.site,   known,          now.version, what,
                              comment.id, before.is_aged, now.key};
    return send_notice(change.connection(), channel(), to_notice(notice));
  }
  ThreadEvent event{
      .site = now.site,
      .before = known,
      .version = now.version,
      .thread = info_of(shut),
      .what = what,
      .comment = {},
  };
  if (is_about_a_comment(what)) {
    auto seen = as_seen_by_all(change.connection(), comment, what);
    if (!seen) return seen.error();
    event.comment = std::move(*seen);
  }
  change.after_commit([this, event = std::move(event)] { events_->publish(event); });
  return {};
}

Result<std::int64_t> Service::thread_version(const Site& site, std::string_view thread) {
  if (Status status = check_thread_key(thread); !status) return status.error();
  return store_.read([&](Connection& connection) -> Result<std::int64_t> {
    const auto found = find_thread(connection, site.id, thread);
    if (!found) return found.error();
    return found->has_value() ? (*found)->version : 0;
  });
}

std::string Service::event_id(std::int64_t version) const {
  return instance_ + "." + std::to_string(version);
}

std::optional<std::int64_t> Service::version_of_event(std::string_view id) const {
  if (!id.starts_with(instance_ + ".")) return std::nullopt;
  id.remove_prefix(instance_.size() + 1);
  std::int64_t version = 0;
  const char* const end = id.data() + id.size();
  const auto [rest, error] = std::from_chars(id.data(), end, version);
  if (error != std::errc() || rest != end || version < 0) return std::nullopt;
  return version;
}

}  // namespace parlance
