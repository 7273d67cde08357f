// What a person may ask for: everything about them, and that it goes.
#include "web/server/service/person.h"

#include "web/server/service/service.h"
#include "web/server/store/audit.h"
#include "web/server/store/person.h"
#include "web/server/store/threads.h"
#include "web/server/store/votes.h"
#include "widget/backends/json_writer.h"

namespace parlance {
namespace {

constexpr int kAtOnce = 200;
constexpr const char* kNobody = "[deleted]";

// Everybody who is meant, and the address under which comments without a writer are found.
struct Meant {
  std::vector<GuestId> guests;
  std::string email;
};

Result<Meant> find_meant(Connection& connection, const Site& site, const PersonNamed& named) {
  Meant meant{{}, named.email};
  if (named.guest) meant.guests.push_back(*named.guest);
  if (!named.subject.empty())
    meant.guests.push_back(guest_of_person(site, {named.subject, "", ""}));
  if (named.comment != 0) {
    const auto comment = find_comment(connection, named.comment);
    if (!comment) return comment.error();
    if (!comment->has_value()) return Error{ErrorCode::UnknownComment, "no such comment", ""};
    const auto thread = find_thread(connection, (*comment)->thread);
    if (!thread) return thread.error();
    if (!thread->has_value() || (*thread)->site != site.id) {
      return Error{ErrorCode::UnknownComment, "no such comment", ""};
    }
    if ((*comment)->guest) meant.guests.push_back(*(*comment)->guest);
    if (!(*comment)->guest) meant.email = (*comment)->email;
  }
  if (!named.email.empty()) {
    const auto guests = list_guests_of_email(connection, site.id, named.email);
    if (!guests) return guests.error();
    meant.guests.insert(meant.guests.end(), guests->begin(), guests->end());
  }
  return meant;
}

// Up to kAtOnce of their comments after this one; nothing when there are no more.
Result<std::vector<CommentRow>> next_comments(Connection& connection, const Site& site,
                                              const Meant& meant, RowId after) {
  for (const GuestId& guest : meant.guests) {
    auto comments = list_comments_of_guest(connection, site.id, guest, after, kAtOnce);
    if (!comments || !comments->empty()) return comments;
  }
  if (meant.email.empty()) return std::vector<CommentRow>();
  return list_comments_of_email(connection, site.id, meant.email, after, kAtOnce);
}

void write_comment(JsonWriter& writer, const CommentRow& comment, const std::string& thread,
                   const std::vector<Revision>& revisions) {
  writer.begin_object();
  writer.member("id", std::to_string(comment.id));
  writer.member("thread", thread);
  writer.member("author", comment.author);
  writer.member("email", comment.email);
  writer.member("text", comment.text);
  writer.member("status", comment.status == CommentStatus::Approved  ? "approved"
                          : comment.status == CommentStatus::Deleted ? "deleted"
                                                                     : "pending");
  writer.member("created", comment.created);
  if (comment.edited != 0) writer.member("edited", comment.edited);
  writer.key("before");
  writer.begin_array();
  for (const Revision& revision : revisions) writer.string(revision.text);
  writer.end_array();
  writer.end_object();
}

// Each by themselves, since a list goes on after its last comment.
std::vector<Meant> one_by_one(const Meant& meant) {
  std::vector<Meant> each;
  for (const GuestId& guest : meant.guests) each.push_back({{guest}, ""});
  if (!meant.email.empty()) each.push_back({{}, meant.email});
  return each;
}

// No more than `left`, from which those that were written are taken.
Status write_comments(Connection& connection, const Site& site, const Meant& meant, int& left,
                      JsonWriter& writer) {
  writer.key("comments");
  writer.begin_array();
  for (const Meant& one : one_by_one(meant)) {
    for (RowId after = 0; left > 0;) {
      const auto comments = next_comments(connection, site, one, after);
      if (!comments) return comments.error();
      if (comments->empty()) break;
      after = comments->back().id;
      for (const CommentRow& comment : *comments) {
        if (left-- <= 0) break;
        const auto thread = find_thread(connection, comment.thread);
        if (!thread) return thread.error();
        const auto revisions = list_revisions(connection, comment.id);
        if (!revisions) return revisions.error();
        write_comment(writer, comment, thread->value_or(ThreadRow()).key, *revisions);
      }
    }
  }
  writer.end_array();
  return {};
}

Status write_votes(Connection& connection, const Meant& meant, int most, JsonWriter& writer) {
  writer.key("votes");
  writer.begin_array();
  for (const GuestId& guest : meant.guests) {
    const auto votes = list_votes_of_guest(connection, guest, most);
    if (!votes) return votes.error();
    for (const CastVote& vote : *votes) {
      writer.begin_object();
      writer.member("comment", std::to_string(vote.comment));
      writer.member("vote", vote.value);
      writer.end_object();
    }
  }
  writer.end_array();
  return {};
}

AuditRow act_of(const Site& site, const ErasedPerson& erased, UnixSeconds now) {
  AuditRow act;
  act.site = site.id;
  act.name = "-";
  act.action = "erase";
  act.reason =
      std::to_string(erased.comments) + " comments, " + std::to_string(erased.votes) + " votes";
  act.made = now;
  return act;
}

}  // namespace

Result<std::string> Service::export_person(const Site& site, const PersonNamed& named, int most) {
  return store_.read([&](Connection& connection) -> Result<std::string> {
    const auto meant = find_meant(connection, site, named);
    if (!meant) return meant.error();
    std::string json;
    JsonWriter writer(json);
    writer.begin_object();
    writer.member("site", site.key);
    int left = most;
    Status written = write_comments(connection, site, *meant, left, writer);
    if (written) written = write_votes(connection, *meant, most, writer);
    if (!written) return written.error();
    writer.member("complete", left > 0);
    writer.end_object();
    return json;
  });
}

Result<int> Service::erase_comments(const Site& site, const PersonNamed& named, ErasedTexts texts,
                                    UnixSeconds now) {
  return store_.write_everywhere([&](Store::Change& change) -> Result<int> {
    Connection& connection = change.connection();
    const auto meant = find_meant(connection, site, named);
    if (!meant) return meant.error();
    // What was made anonymous is not found again.
    const auto comments = next_comments(connection, site, *meant, 0);
    if (!comments) return comments.error();
    for (CommentRow row : *comments) {
      const auto thread = find_thread(connection, row.thread);
      if (!thread) return thread.error();
      if (!thread->has_value()) return Error{ErrorCode::Internal, "a comment without thread", ""};
      const bool was_seen = row.status == CommentStatus::Approved;
      const std::string text = texts == ErasedTexts::Keep ? row.text : "";
      Status done = make_anonymous(connection, row, kNobody, text);
      if (done && texts == ErasedTexts::Remove) {
        row.status = CommentStatus::Deleted;
        done = set_status(connection, row.id, row.status);
      }
      row.author = kNobody;
      row.text = text;
      row.avatar.clear();
      row.guest.reset();
      const auto what = was_seen ? ThreadEvent::What::Comment : ThreadEvent::What::Nothing;
      if (done) done = tell(change, aged(**thread, site, now), what, row);
      if (!done) return done.error();
    }
    return static_cast<int>(comments->size());
  });
}

Result<int> Service::erase_votes(const Site& site, const GuestId& guest, UnixSeconds now) {
  return store_.write_everywhere([&](Store::Change& change) -> Result<int> {
    Connection& connection = change.connection();
    const auto votes = list_votes_of_guest(connection, guest, kAtOnce);
    if (!votes) return votes.error();
    for (const CastVote& vote : *votes) {
      auto comment = find_comment(connection, vote.comment);
      if (!comment) return comment.error();
      const auto thread = find_thread(connection, vote.thread);
      if (!thread) return thread.error();
      if (!comment->has_value() || !thread->has_value()) {
        return Error{ErrorCode::Internal, "a vote for nothing", ""};
      }
      CommentRow& row = **comment;
      Status done = put_vote(connection, guest, row, Vote::None);
      (vote.value > 0 ? row.up : row.down) -= 1;
      if (done) {
        done = tell(change, aged(**thread, site, now), ThreadEvent::What::Score, row);
      }
      if (!done) return done.error();
    }
    return static_cast<int>(votes->size());
  });
}

Result<ErasedPerson> Service::erase_person(const Site& site, const PersonNamed& named,
                                           ErasedTexts texts, UnixSeconds now) {
  // Whoever is found by their comments is to be known before those are anonymous.
  const auto meant =
      store_.read([&](Connection& connection) { return find_meant(connection, site, named); });
  if (!meant) return meant.error();
  ErasedPerson erased;
  for (const Meant& one : one_by_one(*meant)) {
    PersonNamed writer{.email = one.email};
    if (!one.guests.empty()) writer.guest = one.guests.front();
    for (;;) {
      const auto comments = erase_comments(site, writer, texts, now);
      if (!comments) return comments.error();
      if (*comments == 0) break;
      erased.comments += *comments;
    }
  }
  for (const GuestId& guest : meant->guests) {
    for (;;) {
      const auto votes = erase_votes(site, guest, now);
      if (!votes) return votes.error();
      if (*votes == 0) break;
      erased.votes += *votes;
    }
  }
  const auto noted = store_.write_everywhere([&](Store::Change& change) -> Result<bool> {
    for (const GuestId& guest : meant->guests) {
      Status done = forget_guest(change.connection(), site.id, guest);
      if (!done) return done.error();
    }
    if (!meant->email.empty()) {
      Status done = forget_email(change.connection(), site.id, meant->email);
      if (!done) return done.error();
    }
    const auto added = add_audit(change.connection(), act_of(site, erased, now));
    if (!added) return added.error();
    return true;
  });
  if (!noted) return noted.error();
  return erased;
}

Result<std::string> Service::export_me(const Site& site, const Caller& caller) {
  constexpr int kMostAtOnce = 2'000;
  const auto guest = required_guest(site, caller);
  if (!guest) return guest.error();
  if (Status status = check_rate("me", limits_.posts, *guest, caller); !status) {
    return status.error();
  }
  return export_person(site, {.guest = *guest}, kMostAtOnce);
}

Status Service::erase_me(const Site& site, ErasedTexts texts, const Caller& caller) {
  const auto guest = required_guest(site, caller);
  if (!guest) return guest.error();
  if (Status status = check_rate("me", limits_.posts, *guest, caller); !status) return status;
  const auto erased = erase_person(site, {.guest = *guest}, texts, caller.now);
  return erased ? Status() : Status(erased.error());
}

}  // namespace parlance
