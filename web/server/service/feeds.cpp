// What stands in a feed.
#include <map>

#include "web/server/service/feed.h"
#include "web/server/service/service.h"
#include "web/server/store/queue.h"
#include "web/server/store/threads.h"

namespace parlance {
namespace {

constexpr int kEntries = 50;

// The page that the site is, as far as anybody knows.
std::string page_of(const Site& site) {
  for (const std::string& origin : site.origins) {
    if (origin != "*") return origin + "/";
  }
  return {};
}

}  // namespace

Result<Feed> Service::feed(const Site& site, const std::string& thread_key) {
  if (!thread_key.empty()) {
    if (Status status = check_thread_key(thread_key); !status) return status.error();
  }
  return store_.read([&](Connection& connection) -> Result<Feed> {
    Feed feed;
    feed.name = site.name;
    feed.url = page_of(site);
    feed.identity = instance_ + "/" + site.key + "|feed|" + thread_key;
    QueueQuery query{.site = site.id, .status = CommentStatus::Approved};
    query.limit = kEntries;
    if (!thread_key.empty()) {
      const auto thread = find_thread(connection, site.id, thread_key);
      if (!thread) return thread.error();
      if (!thread->has_value()) return Error{ErrorCode::UnknownThread, "no such thread", "thread"};
      query.thread = (*thread)->id;
      feed.name = (*thread)->title.empty() ? thread_key : (*thread)->title;
      feed.url = (*thread)->url;
      feed.begun = (*thread)->created;
    }
    auto comments = list_queue(connection, query);
    if (!comments) return comments.error();
    std::map<RowId, ThreadRow> threads;
    for (CommentRow& comment : *comments) {
      if (!threads.contains(comment.thread)) {
        auto thread = find_thread(connection, comment.thread);
        if (!thread) return thread.error();
        threads[comment.thread] = thread->value_or(ThreadRow());
      }
      const ThreadRow& thread = threads[comment.thread];
      feed.entries.push_back({std::move(comment), thread.title, thread.url});
    }
    return feed;
  });
}

}  // namespace parlance
