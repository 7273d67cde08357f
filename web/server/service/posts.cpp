#include <charconv>

#include "web/server/service/comment_tree.h"
#include "web/server/service/happenings.h"
#include "web/server/service/row_id.h"
#include "web/server/service/service.h"
#include "web/server/service/suspicion.h"
#include "web/server/store/challenges.h"
#include "web/server/store/comments.h"
#include "web/server/store/people.h"
#include "web/server/store/said.h"
#include "web/server/store/threads.h"
#include "web/server/store/votes.h"
#include "widget/core/new_comment.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

constexpr UnixSeconds kIdempotencyKept = 48 * 3'600;
constexpr UnixSeconds kSaidKept = 48 * 3'600;
// How many posts pass between two times of forgetting what is kept for a while.
constexpr unsigned kForgetEvery = 256;

Error invalid_parent() {
  return {ErrorCode::InvalidParent, "parent: not a comment that can be answered", "parent"};
}

// The same request sent again has the same hash. Lengths keep fields apart: "ab" + "c" is not "a" +
// "bc".
std::string request_hash(const Site& site, std::string_view thread, const NewComment& comment) {
  std::string text;
  for (const std::string_view part :
       {std::string_view(site.key), thread, std::string_view(comment.parent),
        std::string_view(comment.author), std::string_view(comment.email),
        std::string_view(comment.text)}) {
    text += std::to_string(part.size()) + ":";
    text += part;
  }
  return sha256(text);
}

// The page's title and address are hints that come with a comment, so what cannot be used is left
// out rather than refused: nobody should be unable to comment because of a page's title.
std::string usable_title(std::string_view title) {
  std::string clean;
  std::size_t count = 0;
  for (std::size_t at = 0; at < title.size() && count < kMaxTitleCodePoints; ++count) {
    const CodePoint point = decode_at(title, at);
    append_utf8(clean, point.value < 0x20 || point.value == 0x7F ? U' ' : point.value);
    at += point.bytes;
  }
  return clean;
}

std::string usable_url(std::string_view url) {
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  if (!is_web || url.size() > kMaxUrlBytes || !is_valid_utf8(url)) return {};
  for (const char c : url) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) return {};
  }
  return std::string(url);
}

Status check_idempotency_key(std::string_view key) {
  const bool is_usable = key.size() <= kMaxIdempotencyKeyBytes &&
                         key.find_first_not_of(
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxy"
                             "z0123456789-_.:") == std::string_view::npos;
  if (is_usable) return {};
  return Error{ErrorCode::InvalidField, "idempotency-key: letters, digits and -_.: up to 64",
               "idempotency-key"};
}

Result<CommentRow> find_parent(Connection& connection, RowId thread, const GuestId& guest,
                               const CommentId& id) {
  const auto number = row_id_from(id);
  if (!number) return invalid_parent();
  auto found = find_comment(connection, *number);
  if (!found) return found.error();
  if (!found->has_value() || (*found)->thread != thread) return invalid_parent();
  CommentRow& parent = **found;
  const bool can_be_seen =
      parent.status == CommentStatus::Approved ||
      (parent.status == CommentStatus::Pending && parent.guest == std::optional(guest));
  if (!can_be_seen || parent.depth + 1 > kMaxReplyDepth) return invalid_parent();
  return std::move(parent);
}

Result<CommentRow> to_row(Connection& connection, const ThreadRow& thread, const GuestId& guest,
                          NewComment comment) {
  CommentRow row;
  row.thread = thread.id;
  row.guest = guest;
  if (!comment.parent.empty()) {
    const auto parent = find_parent(connection, thread.id, guest, comment.parent);
    if (!parent) return parent.error();
    row.parent = parent->id;
    row.root = parent->root == 0 ? parent->id : parent->root;
    row.depth = parent->depth + 1;
  }
  row.author = std::move(comment.author);
  row.email = std::move(comment.email);
  row.text = std::move(comment.text);
  return row;
}

// The comment that was posted when this request came the first time; nothing when this is the first
// time.
Result<std::optional<CommentRow>> find_repeated(Connection& connection, const GuestId& guest,
                                                std::string_view key, std::string_view hash) {
  const auto answered = find_answered_post(connection, guest, key);
  if (!answered) return answered.error();
  if (!answered.value()) return std::optional<CommentRow>();
  if ((*answered)->request_hash != hash) {
    return Error{ErrorCode::IdempotencyConflict, "the key was used for another request",
                 "idempotency-key"};
  }
  return find_comment(connection, (*answered)->comment);
}

}  // namespace

Result<ThreadRow> find_or_add_thread(Connection& connection, const Site& site,
                                     const PostQuery& query, UnixSeconds now) {
  auto found = find_thread(connection, site.id, query.thread);
  if (!found) return found.error();
  if (found->has_value()) return std::move(**found);
  ThreadRow thread;
  thread.site = site.id;
  thread.key = query.thread;
  thread.title = usable_title(query.page_title);
  thread.url = usable_url(query.page_url);
  return add_thread(connection, thread, now);
}

// A post whose fields were checked.
struct Service::Post {
  const Site& site;
  const PostQuery& query;
  const NewComment& comment;
  GuestId guest;
  const std::optional<Person>& person;
  UnixSeconds now = 0;
  std::string hash;                      // Of the request; empty without an idempotency key.
  std::array<std::string, 2> addresses;  // Hashes of the caller's.
  std::optional<Proved> proved;
};

Result<PostAnswer> Service::post(const Site& site, const PostQuery& query, const Caller& caller) {
  if (Status status = check_thread_key(query.thread); !status) return status.error();
  if (Status status = check_idempotency_key(query.idempotency_key); !status) return status.error();
  const auto writer = required_writer(site, caller);
  if (!writer) return writer.error();
  const GuestId* guest = &writer->guest;
  NewComment wanted = query.comment;
  // Who a person is says their publisher.
  if (writer->person) wanted.author = writer->person->name;
  auto comment = validated(wanted);
  if (!comment) return comment.error();
  if (Status status = check_rate("post", limits_.posts, *guest, caller); !status) {
    return status.error();
  }
  Post post{site,
            query,
            *comment,
            *guest,
            writer->person,
            caller.now,
            "",
            address_hashes(address_secret_, caller.address, caller.now),
            {}};
  if (!writer->person) {
    auto proved = check_proof(site, query, *guest, caller);
    if (!proved) return proved.error();
    post.proved = std::move(*proved);
  }
  if (!query.idempotency_key.empty()) post.hash = request_hash(site, query.thread, *comment);
  return store_.write(lane_of(site, query.thread),
                      [&](Store::Change& change) { return write_post(change, post); });
}

Result<PostAnswer> Service::write_post(Store::Change& change, const Post& post) {
  Connection& connection = change.connection();
  const Viewer viewer{post.guest, post.site.edit_seconds, {}};
  const std::string& key = post.query.idempotency_key;
  if (!key.empty()) {
    const auto repeated = find_repeated(connection, post.guest, key, post.hash);
    if (!repeated) return repeated.error();
    if (repeated.value())
      return PostAnswer{to_comment(as_told_to_author(**repeated), viewer), true};
  }
  if (Status welcome = check_ban(connection, post.site, post.guest, post.now); !welcome) {
    return welcome.error();
  }
  if (post.proved) {
    const auto spent = spend_challenge(connection, post.proved->nonce, post.proved->expires);
    if (!spent) return spent.error();
    if (!*spent) {
      return challenge_required({post.site.key, post.query.thread, post.guest}, post.now);
    }
  }
  const auto thread = find_or_add_thread(connection, post.site, post.query, post.now);
  if (!thread) return thread.error();
  const ThreadRow now = aged(*thread, post.site, post.now);
  if (now.takes_nothing()) return Error{ErrorCode::ThreadClosed, "the thread is closed", ""};
  auto row = to_row(connection, *thread, post.guest, post.comment);
  if (!row) return row.error();
  row->created = post.now;
  if (post.person) {
    row->avatar = post.person->avatar;
    Status kept = put_person(connection, post.site.id, post.guest, *post.person, post.now);
    if (!kept) return kept.error();
  }
  const auto id = keep_post(connection, post, *thread, *row);
  if (!id) return id.error();
  row->id = *id;
  if (!key.empty()) {
    Status kept = put_answered_post(connection, post.guest, key, {post.hash, row->id}, post.now);
    if (!kept) return kept.error();
  }
  if (posts_++ % kForgetEvery == 0) {
    if (Status forgotten = forget_old(connection, post.now); !forgotten) return forgotten.error();
  }
  Status noted =
      note_happening(connection, {Happening::Created, post.site, *thread, *row, post.now});
  if (!noted) return noted.error();
  const bool is_seen = row->status == CommentStatus::Approved;
  const Status told =
      tell(change, now, is_seen ? ThreadEvent::What::Comment : ThreadEvent::What::Nothing, *row);
  if (!told) return told.error();
  return PostAnswer{to_comment(as_told_to_author(*row), viewer), false};
}

// Judges the comment and adds it.
Result<RowId> Service::keep_post(Connection& connection, const Post& post, const ThreadRow& thread,
                                 CommentRow& row) {
  auto verdict = judge(connection, post.site, thread, row);
  if (!verdict) return verdict.error();
  const Suspect suspected{
      post.site, row, post.query.effort, post.person.has_value(), post.addresses, fingerprint(row)};
  if (limits_.are_on) {
    verdict = suspect(connection, suspected, *verdict);
    if (!verdict) return verdict.error();
  }
  row.status = verdict->status;
  row.held = verdict->held;
  const auto id = add_comment(connection, row);
  if (!id || !limits_.are_on) return id;
  if (Status kept = remember(connection, suspected, *id); !kept) return kept.error();
  return id;
}

Status Service::forget_old(Connection& connection, UnixSeconds now) {
  Status forgotten = forget_answered_posts(connection, now - kIdempotencyKept);
  if (forgotten) forgotten = forget_said(connection, now - kSaidKept);
  if (forgotten) forgotten = forget_challenges(connection, now);
  return forgotten;
}

}  // namespace parlance
