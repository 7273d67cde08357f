// What moderators look at.
#include <algorithm>
#include <map>

#include "web/server/service/moderation.h"
#include "web/server/service/row_id.h"
#include "web/server/store/comments.h"
#include "web/server/store/threads.h"
#include "web/server/store/words.h"

namespace parlance {
namespace {

constexpr std::size_t kMostWords = 10;

Error unknown_comment() { return {ErrorCode::UnknownComment, "no such comment", ""}; }

Status check_limit(int limit) {
  if (limit >= 1 && limit <= Moderation::kMostListed) return {};
  return Error{ErrorCode::InvalidField, "limit: must be 1 to 200", "limit"};
}

// Where a list goes on: the id of the last one that was listed.
Result<RowId> read_cursor(const std::string& cursor) {
  if (cursor.empty()) return INT64_MAX;
  const auto id = row_id_from(cursor);
  if (!id) return Error{ErrorCode::InvalidCursor, "cursor: not one of this list's", "cursor"};
  return *id;
}

Status check_words(const std::string& text, const char* field) {
  const std::size_t count = terms_of(text, Beginnings::All).size();
  if (text.empty() || (count > 0 && count <= kMostWords)) return {};
  return Error{ErrorCode::InvalidField, std::string(field) + ": 1 to 10 words", field};
}

// Cuts a list of one more than the limit, and answers where it goes on.
template <typename Rows, typename IdOf>
std::string cut(Rows& rows, int limit, const IdOf& id_of) {
  if (rows.size() <= static_cast<std::size_t>(limit)) return {};
  rows.resize(static_cast<std::size_t>(limit));
  return std::to_string(id_of(rows.back()));
}

Result<CommentRow> find_on_site(Connection& connection, const Site& site, const std::string& id) {
  const auto number = row_id_from(id);
  if (!number) return unknown_comment();
  auto comment = find_comment(connection, *number);
  if (!comment) return comment.error();
  if (!comment->has_value()) return unknown_comment();
  const auto thread = find_thread(connection, (*comment)->thread);
  if (!thread) return thread.error();
  if (!thread->has_value() || (*thread)->site != site.id) return unknown_comment();
  return std::move(**comment);
}

Result<QueueQuery> to_query(Connection& connection, const Site& site, const QueueFilter& filter) {
  QueueQuery query;
  query.site = site.id;
  query.text_words = filter.text;
  query.author_words = filter.author;
  query.limit = filter.limit + 1;
  query.is_reported = filter.is_reported;
  const auto before = read_cursor(filter.cursor);
  if (!before) return before.error();
  query.before = *before;
  if (!filter.thread.empty()) {
    const auto thread = find_thread(connection, site.id, filter.thread);
    if (!thread) return thread.error();
    if (!thread->has_value()) return Error{ErrorCode::UnknownThread, "no such thread", "thread"};
    query.thread = (*thread)->id;
  }
  if (!filter.writer_of.empty()) {
    const auto comment = find_on_site(connection, site, filter.writer_of);
    if (!comment) return comment.error();
    if (!comment->guest) return unknown_comment();
    query.guest = comment->guest;
  }
  return query;
}

// Every status by itself, since that is how the indexes have them.
Result<std::vector<CommentRow>> list_all(Connection& connection, QueueQuery query,
                                         const std::optional<CommentStatus>& status) {
  std::vector<CommentRow> all;
  for (int number = 0; number <= 3; ++number) {
    query.status = static_cast<CommentStatus>(number);
    if (status && *status != query.status) continue;
    if (query.is_reported && query.status > CommentStatus::Approved) continue;
    auto some = list_queue(connection, query);
    if (!some) return some.error();
    std::ranges::move(*some, std::back_inserter(all));
  }
  std::ranges::sort(all, std::ranges::greater(), &CommentRow::id);
  if (all.size() > static_cast<std::size_t>(query.limit)) {
    all.resize(static_cast<std::size_t>(query.limit));
  }
  return all;
}

// With what belongs to them; each thread and each writer is looked up once.
Result<std::vector<ModeratedComment>> with_surroundings(Connection& connection, const Site& site,
                                                        std::vector<CommentRow> comments,
                                                        UnixSeconds now) {
  std::map<RowId, ThreadRow> threads;
  std::map<GuestId, std::optional<Ban>> bans;
  std::vector<ModeratedComment> all;
  for (CommentRow& comment : comments) {
    ModeratedComment one;
    if (!threads.contains(comment.thread)) {
      auto thread = find_thread(connection, comment.thread);
      if (!thread) return thread.error();
      threads[comment.thread] = aged(thread->value_or(ThreadRow()), site, now);
    }
    one.thread = threads[comment.thread];
    if (comment.guest && !bans.contains(*comment.guest)) {
      auto ban = find_ban(connection, site.id, *comment.guest, now);
      if (!ban) return ban.error();
      bans[*comment.guest] = std::move(*ban);
    }
    if (comment.guest) one.ban = bans[*comment.guest];
    if (comment.reports > 0) {
      auto reports = list_open_reports(connection, comment.id, Moderation::kMostReports);
      if (!reports) return reports.error();
      one.reports = std::move(*reports);
    }
    one.comment = std::move(comment);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace

Result<QueuePage> Moderation::queue(const Site& site, const QueueFilter& filter, UnixSeconds now) {
  if (Status status = check_limit(filter.limit); !status) return status.error();
  if (Status status = check_words(filter.text, "text"); !status) return status.error();
  if (Status status = check_words(filter.author, "author"); !status) return status.error();
  return store_.read([&](Connection& connection) -> Result<QueuePage> {
    const auto query = to_query(connection, site, filter);
    if (!query) return query.error();
    auto rows = list_all(connection, *query, filter.status);
    if (!rows) return rows.error();
    QueuePage page;
    page.next = cut(*rows, filter.limit, [](const CommentRow& row) { return row.id; });
    auto comments = with_surroundings(connection, site, std::move(*rows), now);
    if (!comments) return comments.error();
    page.comments = std::move(*comments);
    const auto waiting =
        count_with_status(connection, site.id, CommentStatus::Pending, kMostCounted);
    if (!waiting) return waiting.error();
    page.waiting = *waiting;
    const auto reported = count_reported(connection, site.id, kMostCounted);
    if (!reported) return reported.error();
    page.reported = *reported;
    return page;
  });
}

Result<CommentHistory> Moderation::history(const Site& site, const CommentId& comment,
                                           UnixSeconds now) {
  return store_.read([&](Connection& connection) -> Result<CommentHistory> {
    auto row = find_on_site(connection, site, comment);
    if (!row) return row.error();
    const RowId id = row->id;
    auto moderated = with_surroundings(connection, site, {std::move(*row)}, now);
    if (!moderated) return moderated.error();
    auto revisions = list_revisions(connection, id);
    if (!revisions) return revisions.error();
    auto acts = list_audit_of(connection, id);
    if (!acts) return acts.error();
    return CommentHistory{std::move(moderated->front()), std::move(*revisions), std::move(*acts)};
  });
}

Result<AuditPage> Moderation::audit(const Site& site, const std::string& cursor, int limit) {
  if (Status status = check_limit(limit); !status) return status.error();
  const auto before = read_cursor(cursor);
  if (!before) return before.error();
  return store_.read([&](Connection& connection) -> Result<AuditPage> {
    auto acts = list_audit(connection, site.id, *before, limit + 1);
    if (!acts) return acts.error();
    AuditPage page;
    page.next = cut(*acts, limit, [](const AuditRow& act) { return act.id; });
    page.acts = std::move(*acts);
    for (AuditRow& act : page.acts) {
      auto items = list_audit_items(connection, act.id);
      if (!items) return items.error();
      act.items = std::move(*items);
    }
    return page;
  });
}

Result<ThreadRow> Moderation::thread(const Site& site, const std::string& key) {
  if (Status status = check_thread_key(key); !status) return status.error();
  return store_.read([&](Connection& connection) -> Result<ThreadRow> {
    auto thread = find_thread(connection, site.id, key);
    if (!thread) return thread.error();
    if (!thread->has_value()) return Error{ErrorCode::UnknownThread, "no such thread", ""};
    return std::move(**thread);
  });
}

}  // namespace parlance
