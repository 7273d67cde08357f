// What people may still do with what they wrote.
#include "web/server/service/comment_tree.h"
#include "web/server/service/found_comment.h"
#include "web/server/service/happenings.h"
#include "web/server/service/service.h"
#include "web/server/store/comments.h"
#include "web/server/store/threads.h"
#include "widget/core/new_comment.h"

namespace parlance {
namespace {

// The caller's own comment, of any status that they see.
Result<FoundComment> find_own(Connection& connection, const Site& site,
                              const std::string& thread_key, const CommentId& id,
                              const GuestId& guest) {
  const Error unknown{ErrorCode::UnknownComment, "no such comment", ""};
  auto found = find_in_thread(connection, site, thread_key, id);
  if (!found) return found;
  const CommentRow& row = found->comment;
  const bool is_own = row.guest == std::optional(guest);
  // What others cannot see is not there for them.
  if (!is_own && row.status != CommentStatus::Approved) return unknown;
  if (!is_own) return Error{ErrorCode::NotOwnComment, "somebody else wrote it", ""};
  if (row.status == CommentStatus::Spam) return unknown;
  return found;
}

Status check_window(const Site& site, const CommentRow& comment, UnixSeconds now) {
  if (now <= comment.created + site.edit_seconds) return {};
  return Error{ErrorCode::EditClosed, "the time to change it is over", ""};
}

// What a change of the comment is to others, who saw it only if it was approved. An edit approves
// nothing.
ThreadEvent::What what_is_seen(const CommentRow& before) {
  return before.status == CommentStatus::Approved ? ThreadEvent::What::Comment
                                                  : ThreadEvent::What::Nothing;
}

// The text as a new comment's would be.
Result<std::string> validated_text(const std::string& text) {
  auto checked = validated({.parent = "", .author = "-", .email = "", .text = text});
  if (!checked) return checked.error();
  return std::move(checked->text);
}

}  // namespace

Result<Comment> Service::edit(const Site& site, const EditQuery& query, const Caller& caller) {
  if (Status status = check_thread_key(query.thread); !status) return status.error();
  const auto guest = required_guest(site, caller);
  if (!guest) return guest.error();
  const auto text = validated_text(query.text);
  if (!text) return text.error();
  if (Status status = check_rate("edit", limits_.posts, *guest, caller); !status) {
    return status.error();
  }
  const Viewer viewer{*guest, site.edit_seconds, {}};
  return store_.write(lane_of(site, query.thread), [&](Store::Change& change) -> Result<Comment> {
    Connection& connection = change.connection();
    const auto found = find_own(connection, site, query.thread, query.comment, *guest);
    if (!found) return found.error();
    if (Status welcome = check_ban(connection, site, *guest, caller.now); !welcome) {
      return welcome.error();
    }
    CommentRow row = found->comment;
    if (row.status == CommentStatus::Deleted) {
      return Error{ErrorCode::UnknownComment, "no such comment", ""};
    }
    if (Status status = check_window(site, row, caller.now); !status) return status.error();
    const ThreadRow thread = aged(found->thread, site, caller.now);
    if (thread.takes_nothing()) {
      return Error{ErrorCode::ThreadClosed, "the thread is closed", ""};
    }
    if (row.text == *text) return to_comment(row, viewer);

    Status done = edit_comment(connection, row, *text, caller.now);
    if (!done) return done.error();
    row.text = *text;
    const auto verdict = judge(connection, site, thread, row);
    if (!verdict) return verdict.error();
    // What waits does not come out by being changed.
    if (verdict->status != CommentStatus::Approved && verdict->status != row.status) {
      row.status = verdict->status;
      done = set_status(connection, row.id, row.status);
      if (done) done = hold_comment(connection, row.id, verdict->held);
    }
    if (!done) return done.error();
    row.edited = caller.now;
    done = note_happening(connection, {Happening::Edited, site, thread, row, caller.now});
    if (!done) return done.error();
    if (Status told = tell(change, thread, what_is_seen(found->comment), row); !told) {
      return told.error();
    }
    return to_comment(as_told_to_author(row), viewer);
  });
}

Status Service::erase(const Site& site, const std::string& thread, const CommentId& comment,
                      const Caller& caller) {
  if (Status status = check_thread_key(thread); !status) return status;
  const auto guest = required_guest(site, caller);
  if (!guest) return guest.error();
  if (Status status = check_rate("edit", limits_.posts, *guest, caller); !status) return status;
  const auto erased =
      store_.write(lane_of(site, thread), [&](Store::Change& change) -> Result<bool> {
        Connection& connection = change.connection();
        const auto found = find_own(connection, site, thread, comment, *guest);
        if (!found) return found.error();
        CommentRow row = found->comment;
        if (row.status == CommentStatus::Deleted) return true;
        if (Status status = check_window(site, row, caller.now); !status) return status.error();
        Status done = set_status(connection, row.id, CommentStatus::Deleted);
        if (!done) return done.error();
        row.status = CommentStatus::Deleted;
        done =
            note_happening(connection, {Happening::Deleted, site, found->thread, row, caller.now});
        if (!done) return done.error();
        done =
            tell(change, aged(found->thread, site, caller.now), what_is_seen(found->comment), row);
        if (!done) return done.error();
        return true;
      });
  return erased ? Status() : Status(erased.error());
}

}  // namespace parlance
