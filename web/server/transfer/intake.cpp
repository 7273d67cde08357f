#include "web/server/transfer/intake.h"

#include <algorithm>

#include "web/server/service/row_id.h"
#include "web/server/service/service.h"
#include "web/server/store/comments.h"
#include "web/server/store/threads.h"
#include "widget/core/limits.h"
#include "widget/core/new_comment.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

constexpr int kBatch = 500;
constexpr std::size_t kMostKnownThreads = 1'000;
constexpr std::size_t kMaxOriginalBytes = 200;
constexpr UnixSeconds kDay = 24 * 3'600;

std::string cut_to(std::string_view text, std::size_t most_code_points) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < most_code_points; ++count) {
    at += decode_at(text, at).bytes;
  }
  return std::string(text.substr(0, at));
}

bool is_web_address(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

}  // namespace

Status Intake::open() {
  if (change_) return {};
  auto change = store_.change();
  if (!change) return change.error();
  change_.emplace(std::move(*change));
  return {};
}

Status Intake::keep() {
  in_batch_ = 0;
  if (!change_ || options_.is_rehearsal) return {};
  Status kept = change_->commit();
  change_.reset();
  return kept;
}

Status Intake::count_one() {
  ++taken_;
  if (options_.progress && taken_ % 1'000 == 0) options_.progress(taken_);
  return ++in_batch_ < kBatch ? Status() : keep();
}

// Gives the comment what the rules ask for. False when nothing can.
bool Intake::make_fit(TravellingComment& comment) {
  CommentRow& row = comment.row;
  if (comment.id.empty() || comment.id.size() > kMaxOriginalBytes || !is_valid_utf8(comment.id)) {
    report_.skipped("without a usable id", comment.id);
    return false;
  }
  if (!check_thread_key(comment.thread)) {
    report_.skipped("without a usable thread", comment.id);
    return false;
  }
  row.author = sanitized_text(row.author);
  row.text = sanitized_text(row.text);
  std::ranges::replace(row.author, '\n', ' ');
  if (is_blank(row.author)) {
    row.author = "Anonymous";
    report_.changed("had no author", comment.id);
  }
  if (count_code_points(row.author) > kMaxAuthorCodePoints) {
    row.author = cut_to(row.author, kMaxAuthorCodePoints);
    report_.changed("had too long a name", comment.id);
  }
  if (count_code_points(row.text) > kMaxTextCodePoints) {
    row.text = cut_to(row.text, kMaxTextCodePoints - 1) + "…";
    report_.changed("had too long a text", comment.id);
  }
  const bool is_gone = row.status == CommentStatus::Deleted && is_blank(row.text);
  NewComment fields{"", row.author, row.email, is_gone ? "-" : row.text};
  auto checked = validated(fields);
  if (!checked && checked.error().field == "email") {
    report_.changed("had no usable e-mail address", comment.id);
    row.email.clear();
    fields.email.clear();
    checked = validated(fields);
  }
  if (!checked) {
    report_.skipped("without a text", comment.id);
    return false;
  }
  row.author = std::move(checked->author);
  if (!is_gone) row.text = std::move(checked->text);
  if (row.created <= 0 || row.created > options_.now + kDay) {
    row.created = options_.now;
    report_.changed("had no usable time", comment.id);
  }
  return true;
}

Result<ThreadRow*> Intake::thread_of(const TravellingComment& comment) {
  if (const auto known = threads_.find(comment.thread); known != threads_.end()) {
    return &known->second;
  }
  if (threads_.size() >= kMostKnownThreads) threads_.clear();
  auto found = find_thread(connection(), site_.id, comment.thread);
  if (!found) return found.error();
  if (!found->has_value()) {
    ThreadRow thread;
    thread.site = site_.id;
    thread.key = comment.thread;
    thread.title = cut_to(sanitized_text(comment.title), kMaxTitleCodePoints);
    const bool is_usable = comment.url.size() <= kMaxUrlBytes && is_web_address(comment.url);
    if (is_usable) thread.url = sanitized_text(comment.url);
    auto added = add_thread(connection(), thread, comment.row.created);
    if (!added) return added.error();
    ++report_.threads;
    *found = std::move(*added);
  }
  return &threads_.emplace(comment.thread, std::move(**found)).first->second;
}

Status Intake::take(TravellingComment comment) {
  if (!make_fit(comment)) return count_one();
  if (Status opened = open(); !opened) return opened;
  const auto known = find_imported(connection(), origin(comment.id));
  if (!known) return known.error();
  if (known->has_value()) {
    ++report_.known;
    return count_one();
  }
  Status placed = place(comment);
  return placed ? count_one() : placed;
}

// Where it belongs, or among those that wait for what they answer.
Status Intake::place(TravellingComment& comment) {
  if (!comment.parent.empty()) {
    const auto parent = find_imported(connection(), origin(comment.parent));
    if (!parent) return parent.error();
    if (!parent->has_value()) {
      std::string line;
      JsonWriter writer(line);
      write_comment_line(writer, comment);
      const auto kept = put_waiting(connection(), origin(comment.id), comment.parent, line);
      if (!kept) return kept.error();
      if (!*kept) report_.skipped("had an id that another has", comment.id);
      has_waiting_ = true;
      return {};
    }
    comment.row.parent = **parent;
  }
  return add(comment);
}

Status Intake::place_below(CommentRow& row, const TravellingComment& comment) {
  auto parent = find_comment(connection(), row.parent);
  if (!parent) return parent.error();
  row.parent = 0;
  if (!parent->has_value() || (*parent)->thread != row.thread) {
    report_.changed("answered a comment elsewhere, and stands by itself", comment.id);
    return {};
  }
  if ((*parent)->depth >= kMaxReplyDepth) {
    report_.changed("was too deep, and stands higher", comment.id);
    auto above = find_comment(connection(), (*parent)->parent);
    if (!above) return above.error();
    if (!above->has_value()) return {};
    *parent = std::move(*above);
  }
  row.parent = (*parent)->id;
  row.root = (*parent)->root == 0 ? (*parent)->id : (*parent)->root;
  row.depth = (*parent)->depth + 1;
  return {};
}

Status Intake::add(TravellingComment& comment) {
  const auto thread = thread_of(comment);
  if (!thread) return thread.error();
  CommentRow& row = comment.row;
  row.thread = (*thread)->id;
  if (row.created < (*thread)->created) {
    (*thread)->created = row.created;
    Status earlier = begin_earlier(connection(), row.thread, row.created);
    if (!earlier) return earlier;
  }
  if (row.parent != 0) {
    if (Status placed = place_below(row, comment); !placed) return placed;
  }
  std::optional<RowId> wanted = options_.keeps_ids ? row_id_from(comment.id) : std::nullopt;
  if (wanted) {
    const auto taken = find_comment(connection(), *wanted);
    if (!taken) return taken.error();
    if (taken->has_value()) {
      wanted.reset();
      report_.changed("has another id, since its own was taken", comment.id);
    }
  }
  const auto id =
      wanted ? add_comment_as(connection(), *wanted, row) : add_comment(connection(), row);
  if (!id) return id.error();
  row.id = *id;
  if (options_.keeps_ids) added_.insert(*id);
  Status done = put_imported(connection(), origin(comment.id), *id);
  if (done && row.edited != 0) done = mark_edited(connection(), *id, row.edited);
  if (done && row.pinned != 0) done = pin_comment(connection(), row, row.pinned);
  for (const Revision& revision : comment.revisions) {
    if (!done) return done;
    done = add_revision(connection(), *id, revision.number, revision.written,
                        sanitized_text(revision.text));
  }
  ++report_.added;
  return done;
}

// Those whose parent has come, and then those that answer them; or the first of all that are left.
Status Intake::take_waiting(Waiting which) {
  if (Status opened = open(); !opened) return opened;
  for (;;) {
    const int count = which == Waiting::Any ? 1 : kBatch;
    const auto waiting = list_waiting(connection(), origin(""), which, count);
    if (!waiting) return waiting.error();
    if (waiting->empty()) return {};
    for (const WaitingComment& one : *waiting) {
      Status removed = remove_waiting(connection(), origin(one.original));
      if (!removed) return removed;
      auto comment = read_comment_line(nlohmann::json::parse(one.comment, nullptr, false));
      if (!comment) return comment.error();
      if (which == Waiting::Any) {
        report_.changed("answered a comment that is not there, and stands by itself", comment->id);
        comment->parent.clear();
      }
      if (Status placed = place(*comment); !placed) return placed;
    }
    if (Status kept = keep(); !kept) return kept;
    if (Status opened = open(); !opened) return opened;
    if (which == Waiting::Any) return {};
  }
}

Status Intake::finish() {
  if (Status opened = open(); !opened) return opened;
  for (;;) {
    if (Status taken = take_waiting(Waiting::Answerable); !taken) return taken;
    const auto left = list_waiting(connection(), origin(""), Waiting::Any, 1);
    if (!left) return left.error();
    if (left->empty()) break;
    // One that answers nobody, or one of a circle.
    if (Status taken = take_waiting(Waiting::Any); !taken) return taken;
  }
  if (options_.keeps_ids) {
    if (Status skipped = skip_used_ids(connection()); !skipped) return skipped;
  }
  return keep();
}

Status Intake::take_thread(const ThreadRow& thread) {
  if (!check_thread_key(thread.key)) {
    report_.skipped("a thread without a usable key", thread.key);
    return {};
  }
  if (Status opened = open(); !opened) return opened;
  auto found = find_thread(connection(), site_.id, thread.key);
  if (!found) return found.error();
  if (found->has_value()) return count_one();
  ThreadRow wanted = thread;
  wanted.site = site_.id;
  wanted.title = cut_to(sanitized_text(thread.title), kMaxTitleCodePoints);
  if (!is_web_address(thread.url) || thread.url.size() > kMaxUrlBytes) wanted.url.clear();
  auto added = add_thread(connection(), wanted, thread.created);
  if (!added) return added.error();
  ++report_.threads;
  Status set = set_thread(connection(), *added);
  return set ? count_one() : set;
}

Status Intake::take_person(const KnownPerson& person) {
  if (Status opened = open(); !opened) return opened;
  Status put = put_person(connection(), site_.id, person.guest, person.person, person.seen);
  return put ? count_one() : put;
}

Status Intake::take_ban(const KnownBan& ban) {
  if (Status opened = open(); !opened) return opened;
  Status put = put_ban(connection(), site_.id, ban.guest, ban.ban);
  return put ? count_one() : put;
}

Status Intake::take_vote(const GuestId& guest, const std::string& comment, int value) {
  if (Status opened = open(); !opened) return opened;
  const auto id = find_imported(connection(), origin(comment));
  if (!id) return id.error();
  if (!id->has_value()) {
    report_.skipped("a vote for a comment that is not there", comment);
    return count_one();
  }
  // What was here before has counts of its own.
  if (!added_.contains(**id)) return count_one();
  const auto row = find_comment(connection(), **id);
  if (!row) return row.error();
  if (!row->has_value()) return count_one();
  ++report_.votes;
  Status put = add_counted_vote(connection(), {guest, (*row)->thread, **id, value});
  return put ? count_one() : put;
}

}  // namespace parlance
