#include "web/server/transfer/export.h"

#include <unordered_map>

#include "web/server/store/transfer.h"
#include "web/server/transfer/comment_line.h"

namespace parlance {
namespace {

constexpr int kAtOnce = 500;

class SiteWriter {
 public:
  SiteWriter(Connection& connection, const Site& site,
             const std::function<bool(std::string_view)>& write)
      : connection_(connection), site_(site), write_(write) {}

  Status write_all() {
    Status done = write_head();
    if (done) done = write_threads();
    if (done) done = write_people();
    if (done) done = write_bans();
    if (done) done = write_comments();
    if (done) done = write_votes();
    if (!done) return done;
    return line("end", [&](JsonWriter& json) {
      json.member("threads", threads_);
      json.member("comments", comments_);
      json.member("votes", votes_);
    });
  }

 private:
  template <typename Fill>
  Status line(const char* name, const Fill& fill) {
    line_.clear();
    JsonWriter json(line_);
    json.begin_object();
    json.key(name);
    json.begin_object();
    fill(json);
    json.end_object();
    json.end_object();
    return send();
  }

  Status send() {
    line_ += '\n';
    if (write_(line_)) return {};
    return Error{ErrorCode::StorageFailed, "the export could not be written", ""};
  }

  Status write_head() {
    line_ = "{\"parlance\":" + std::to_string(kExportVersion) + "}";
    if (Status sent = send(); !sent) return sent;
    return line("site", [&](JsonWriter& json) {
      json.member("key", site_.key);
      json.member("name", site_.name);
      json.key("origins");
      json.begin_array();
      for (const std::string& origin : site_.origins) json.string(origin);
      json.end_array();
      json.member("approval", static_cast<int>(site_.approval));
      json.member("edit_seconds", site_.edit_seconds);
      json.member("closing_days", site_.closing_days);
      if (!site_.rules.empty()) json.member("rules", site_.rules);
    });
  }

  Status write_threads() {
    for (RowId after = 0;;) {
      const auto threads = list_threads(connection_, site_.id, after, kAtOnce);
      if (!threads) return threads.error();
      if (threads->empty()) return {};
      for (const ThreadRow& thread : *threads) {
        after = thread.id;
        ++threads_;
        Status sent = line("thread", [&](JsonWriter& json) {
          json.member("key", thread.key);
          json.member("title", thread.title);
          json.member("url", thread.url);
          json.member("created", thread.created);
          json.member("closing", thread.is_closed ? 1 : thread.is_kept_open ? 2 : 0);
          if (thread.approval) json.member("approval", static_cast<int>(*thread.approval));
        });
        if (!sent) return sent;
      }
    }
  }

  Status write_people() {
    for (GuestId after{};;) {
      const auto people = list_people(connection_, site_.id, after, kAtOnce);
      if (!people) return people.error();
      if (people->empty()) return {};
      for (const KnownPerson& known : *people) {
        after = known.guest;
        Status sent = line("person", [&](JsonWriter& json) {
          json.member("guest", guest_word(known.guest));
          json.member("subject", known.person.subject);
          json.member("name", known.person.name);
          json.member("avatar", known.person.avatar);
          json.member("seen", known.seen);
        });
        if (!sent) return sent;
      }
    }
  }

  Status write_bans() {
    for (GuestId after{};;) {
      const auto bans = list_bans(connection_, site_.id, after, kAtOnce);
      if (!bans) return bans.error();
      if (bans->empty()) return {};
      for (const KnownBan& known : *bans) {
        after = known.guest;
        Status sent = line("ban", [&](JsonWriter& json) {
          json.member("guest", guest_word(known.guest));
          json.member("until", known.ban.until);
          json.member("reason", known.ban.reason);
        });
        if (!sent) return sent;
      }
    }
  }

  Status write_comments() {
    for (RowId after = 0;;) {
      auto rows = list_comments(connection_, site_.id, after, kAtOnce);
      if (!rows) return rows.error();
      if (rows->empty()) return {};
      for (CommentRow& row : *rows) {
        after = row.id;
        ++comments_;
        if (Status sent = write_comment(std::move(row)); !sent) return sent;
      }
    }
  }

  Status write_comment(CommentRow row) {
    TravellingComment comment;
    comment.id = std::to_string(row.id);
    if (row.parent != 0) comment.parent = std::to_string(row.parent);
    const auto key = key_of(row.thread);
    if (!key) return key.error();
    comment.thread = *key;
    if (row.edited != 0) {
      auto revisions = list_revisions(connection_, row.id);
      if (!revisions) return revisions.error();
      comment.revisions = std::move(*revisions);
    }
    comment.row = std::move(row);
    line_.clear();
    JsonWriter json(line_);
    json.begin_object();
    json.key("comment");
    write_comment_line(json, comment);
    json.end_object();
    return send();
  }

  Result<std::string> key_of(RowId thread) {
    constexpr std::size_t kMostKnown = 1'000;
    if (const auto known = keys_.find(thread); known != keys_.end()) return known->second;
    if (keys_.size() >= kMostKnown) keys_.clear();
    const auto found = list_threads(connection_, site_.id, thread - 1, 1);
    if (!found) return found.error();
    if (found->empty() || found->front().id != thread) {
      return Error{ErrorCode::Internal, "a comment without its thread", ""};
    }
    return keys_.emplace(thread, found->front().key).first->second;
  }

  Status write_votes() {
    VoteRow after{};
    for (;;) {
      const auto votes = list_votes_of_site(connection_, site_.id, after, kAtOnce);
      if (!votes) return votes.error();
      if (votes->empty()) return {};
      for (const VoteRow& vote : *votes) {
        after = vote;
        ++votes_;
        Status sent = line("vote", [&](JsonWriter& json) {
          json.member("guest", guest_word(vote.guest));
          json.member("comment", std::to_string(vote.comment));
          json.member("value", vote.value);
        });
        if (!sent) return sent;
      }
    }
  }

  Connection& connection_;
  const Site& site_;
  const std::function<bool(std::string_view)>& write_;
  std::string line_;
  std::unordered_map<RowId, std::string> keys_;
  std::int64_t threads_ = 0;
  std::int64_t comments_ = 0;
  std::int64_t votes_ = 0;
};

}  // namespace

Status export_site(Store& store, const Site& site,
                   const std::function<bool(std::string_view line)>& write) {
  auto snapshot = store.snapshot();
  if (!snapshot) return snapshot.error();
  return SiteWriter(snapshot->connection(), site, write).write_all();
}

}  // namespace parlance
