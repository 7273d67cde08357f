#include <algorithm>

#include "web/server/service/base64url.h"
#include "web/server/service/comment_tree.h"
#include "web/server/service/cursor.h"
#include "web/server/service/reacting.h"
#include "web/server/service/service.h"
#include "web/server/store/comments.h"
#include "web/server/store/reports.h"
#include "web/server/store/threads.h"
#include "web/server/store/votes.h"
#include "widget/core/fnv.h"

namespace parlance {
namespace {

// Part of every ETag: raise it when a page of the same thread is written differently.
constexpr int kPageFormat = 7;

bool comes_before(const CommentRow& a, const CommentRow& b, SortOrder order) {
  return stands_before(place_of(a, order), place_of(b, order), order);
}

// Adds this guest's own pending roots at their places, and cuts the list to `limit` again.
Status add_own_roots(Connection& connection, const RootQuery& query, const GuestId& guest,
                     std::vector<CommentRow>& roots) {
  auto own = list_own_pending_roots(connection, query.thread, guest);
  if (!own) return own.error();
  if (own->empty()) return {};
  std::erase_if(*own, [&](const CommentRow& root) {
    return query.after && !stands_before(*query.after, place_of(root, query.order), query.order);
  });
  std::move(own->begin(), own->end(), std::back_inserter(roots));
  std::sort(roots.begin(), roots.end(), [&](const CommentRow& a, const CommentRow& b) {
    return comes_before(a, b, query.order);
  });
  const auto limit = static_cast<std::size_t>(query.limit);
  if (roots.size() > limit) roots.resize(limit);
  return {};
}

Result<Viewer> to_viewer(Connection& connection, const Site& site, RowId thread,
                         const std::optional<GuestId>& guest) {
  Viewer viewer;
  if (!guest) return viewer;
  viewer.guest = guest;
  viewer.edit_seconds = site.edit_seconds;
  auto votes = list_votes(connection, *guest, thread);
  if (!votes) return votes.error();
  viewer.votes = std::move(*votes);
  auto reported = list_reported(connection, *guest, thread);
  if (!reported) return reported.error();
  viewer.reported = std::move(*reported);
  return viewer;
}

Result<ThreadInfo> to_info(Connection& connection, const Site& site, const ThreadRow& thread,
                           const std::optional<GuestId>& guest) {
  ThreadInfo info{thread.key,      thread.title, thread.takes_nothing(),
                  thread.comments, thread.roots, site.reactions};
  if (!guest) return info;
  const auto pending = count_own_pending(connection, thread.id, *guest);
  if (!pending) return pending.error();
  if (*pending == 0) return info;
  const auto own_roots = list_own_pending_roots(connection, thread.id, *guest);
  if (!own_roots) return own_roots.error();
  info.comment_count += *pending;
  info.root_count += static_cast<int>(own_roots->size());
  return info;
}

// The trees to fill a page with: as many as it holds, but none after the one that makes it full.
std::size_t count_trees(const std::vector<CommentRow>& roots, int limit, std::size_t least) {
  std::size_t trees = 0;
  std::size_t living = 0;
  const std::size_t most = std::min(roots.size(), static_cast<std::size_t>(limit));
  while (trees < most && (trees < least || living < Service::kFullPageComments)) {
    living += static_cast<std::size_t>(roots[trees++].living);
  }
  return trees;
}

// Fills the page tree by tree. One root more than the limit was asked for, so its presence says
// that there is a next page. The first ones are pinned: a page has a root after them if there is
// one, since no cursor could name a place among them.
struct PageRoots {
  std::vector<CommentRow> roots;
  std::size_t pinned = 0;
  int limit = 0;
};
Status fill_page(Connection& connection, const PageRoots& of, const Viewer& viewer,
                 ThreadPage& page) {
  const std::vector<CommentRow>& roots = of.roots;
  const std::size_t least = of.pinned + 1;
  std::vector<RowId> ids;
  const std::size_t trees = count_trees(roots, of.limit + static_cast<int>(of.pinned), least);
  for (std::size_t i = 0; i < trees; ++i) ids.push_back(roots[i].id);
  auto replies = list_replies(connection, ids);
  if (!replies) return replies.error();

  std::vector<CommentRow> tree;
  std::size_t taken = 0;
  while (taken < ids.size() &&
         (taken < least || page.comments.size() < Service::kFullPageComments)) {
    tree.assign(1, roots[taken]);
    const auto [begin, end] = std::ranges::equal_range(*replies, ids[taken], {}, &CommentRow::root);
    tree.insert(tree.end(), std::move_iterator(begin), std::move_iterator(end));
    append_visible(tree, viewer, page.comments);
    ++taken;
  }
  if (taken < roots.size()) {
    page.next_cursor = to_cursor(page.sort, place_of(roots[taken - 1], page.sort));
  }
  return {};
}

}  // namespace

bool names_tag(std::string_view header, std::string_view tag) {
  if (header == "*") return true;
  tag.remove_prefix(tag.find('"'));
  return header.find(tag) != std::string_view::npos;
}

std::string Service::etag(const Site& site, const ThreadRow& thread,
                          const std::optional<GuestId>& guest) const {
  std::string tag = "W/\"";
  tag += instance_;
  for (const std::int64_t number : {std::int64_t{kPageFormat}, thread.id, thread.version}) {
    tag += '.';
    tag += std::to_string(number);
  }
  if (guest) {
    const std::string hash = sha256({reinterpret_cast<const char*>(guest->data()), guest->size()});
    tag += '.';
    tag += to_base64url({reinterpret_cast<const std::uint8_t*>(hash.data()), 6});
  }
  // Time closes a thread without changing it.
  if (thread.takes_nothing()) tag += ".c";
  if (offers_mail_) tag += ".m";
  // So do rules that are changed change what is shown of a thread.
  if (!site.reactions.empty()) {
    std::string kinds;
    for (const std::string& kind : site.reactions) kinds += kind + ' ';
    tag += ".r" + std::to_string(fnv1a(kinds));
  }
  tag += '"';
  return tag;
}

Result<PageAnswer> Service::page(const Site& site, const PageQuery& query, const Caller& caller) {
  if (Status status = check_thread_key(query.thread); !status) return status.error();
  if (query.limit < 1 || query.limit > kMaxPageRoots) {
    return Error{ErrorCode::InvalidField, "limit: must be 1 to 500", "limit"};
  }
  const auto guest = guest_of(site, caller);
  if (!guest) return guest.error();
  RootQuery roots_query{.order = query.sort, .after = std::nullopt, .limit = query.limit + 1};
  if (!query.cursor.empty()) {
    const auto place = from_cursor(query.sort, query.cursor);
    if (!place) return place.error();
    roots_query.after = *place;
  }

  return store_.read([&](Connection& connection) {
    return read_page(connection, site, query, roots_query, *guest, caller.now);
  });
}

Result<PageAnswer> Service::read_page(Connection& connection, const Site& site,
                                      const PageQuery& query, RootQuery roots_query,
                                      const std::optional<GuestId>& guest, UnixSeconds now) const {
  const auto found = find_thread(connection, site.id, query.thread);
  if (!found) return found.error();
  const ThreadRow thread = aged(found.value().value_or(ThreadRow()), site, now);

  PageAnswer answer;
  answer.etag = etag(site, thread, guest);
  if (names_tag(query.if_none_match, answer.etag)) {
    answer.is_not_modified = true;
    return answer;
  }
  if (query.is_kept && query.is_kept(answer.etag)) {
    answer.is_kept = true;
    return answer;
  }
  answer.page.sort = query.sort;
  answer.page.thread.key = query.thread;
  answer.page.last_event = event_id(thread.version);
  answer.page.can_be_followed = offers_mail_;
  if (thread.id == 0) return answer;

  auto info = to_info(connection, site, thread, guest);
  if (!info) return info.error();
  answer.page.thread = std::move(*info);
  roots_query.thread = thread.id;
  auto roots = list_roots(connection, roots_query);
  if (!roots) return roots.error();
  if (guest) {
    Status added = add_own_roots(connection, roots_query, *guest, *roots);
    if (!added) return added.error();
  }
  PageRoots page_roots{std::move(*roots), 0, query.limit};
  if (!roots_query.after) {
    auto pinned = list_pinned_roots(connection, thread.id);
    if (!pinned) return pinned.error();
    page_roots.pinned = pinned->size();
    page_roots.roots.insert(page_roots.roots.begin(), pinned->begin(), pinned->end());
  }
  const auto viewer = to_viewer(connection, site, thread.id, guest);
  if (!viewer) return viewer.error();
  if (Status filled = fill_page(connection, page_roots, *viewer, answer.page); !filled) {
    return filled.error();
  }
  if (!site.reactions.empty()) {
    Status added = add_reactions(connection, thread.id, guest, answer.page.comments);
    if (!added) return added.error();
  }
  return answer;
}

}  // namespace parlance
