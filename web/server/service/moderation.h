// What moderators do: they look at comments, say what becomes of them, undo it, and set the rules.
// Everything done is in the audit log. Safe to use from several threads at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/server/service/moderators.h"
#include "web/server/service/service.h"
#include "web/server/service/site_rules.h"
#include "web/server/store/audit.h"
#include "web/server/store/queue.h"
#include "web/server/store/reports.h"

namespace parlance {

// A comment as moderators see it.
struct ModeratedComment {
  CommentRow comment;
  ThreadRow thread;
  std::optional<Ban> ban;          // Of who wrote it.
  std::vector<ReportRow> reports;  // The latest open ones.
};

struct QueueFilter {
  std::optional<CommentStatus> status;  // Nothing: every one.
  bool is_reported = false;             // Only what has open reports, and can be seen or waits.
  std::string thread;                   // Its key. Empty: of any.
  std::string writer_of;                // A comment's id: only what its writer wrote.
  std::string text;                     // Words. Empty: any.
  std::string author;                   // The same.
  std::string cursor;
  int limit = 50;  // 1 to kMostListed.
};

struct QueuePage {
  std::vector<ModeratedComment> comments;
  std::string next;  // Empty on the last page.
  int waiting = 0;   // Pending ones of the site, up to kMostCounted.
  int reported = 0;  // The same of those with open reports.
};

struct Act {
  std::string action;  // approve, hold, spam, delete, pin, unpin, ban, unban or dismiss.
  std::vector<std::string> comments;  // Their ids; 1 to kMostActedOn.
  std::string reason;
  UnixSeconds until = 0;  // Of a ban; 0: for good.
};

struct ActAnswer {
  RowId act = 0;  // For undo(); 0 when everything was so already.
  std::vector<ModeratedComment> comments;
};

struct CommentHistory {
  ModeratedComment comment;
  std::vector<Revision> revisions;
  std::vector<AuditRow> acts;
};

struct AuditPage {
  std::vector<AuditRow> acts;
  std::string next;
};

// What is set for one thread by hand.
struct ThreadSettings {
  std::string closing;               // "by_rule", "closed" or "open".
  std::optional<Approval> approval;  // Nothing: as its site has it.
};

class Moderation {
 public:
  static constexpr int kMostListed = 200;
  static constexpr std::size_t kMostActedOn = 200;
  static constexpr int kMostCounted = 1'000;
  static constexpr std::size_t kMostPinned = 3;
  static constexpr int kMostReports = 20;  // Of a comment that are listed.

  // `service` must outlive it.
  explicit Moderation(Service& service) : service_(service), store_(service.store()) {}

  // Fails with InvalidField, InvalidCursor, UnknownThread or UnknownComment.
  Result<QueuePage> queue(const Site& site, const QueueFilter& filter, UnixSeconds now);

  // To all of the comments or to none. Fails with InvalidField or UnknownComment.
  Result<ActAnswer> act(const Site& site, const Moderator& who, const Act& act, UnixSeconds now);
  // Makes what the act changed as it was before, but where somebody has changed it again since. Is
  // an act itself. Fails with NotFound.
  Result<ActAnswer> undo(const Site& site, const Moderator& who, RowId act, UnixSeconds now);

  Result<CommentHistory> history(const Site& site, const CommentId& comment, UnixSeconds now);
  Result<AuditPage> audit(const Site& site, const std::string& cursor, int limit);

  // Fails with UnknownThread.
  Result<ThreadRow> thread(const Site& site, const std::string& key);
  Result<ActAnswer> set_thread(const Site& site, const Moderator& who, const std::string& key,
                               const ThreadSettings& settings, UnixSeconds now);
  Result<ActAnswer> set_rules(const Site& site, const Moderator& who, const SiteRules& rules,
                              UnixSeconds now);

 private:
  struct Turn;
  template <typename Job>
  Result<ActAnswer> write(const Site& site, const std::vector<RowId>& comments, const Job& job);
  // Whether it was changed. With `expected` only what is still so is.
  Result<bool> put(Turn& turn, RowId comment, const std::string& wanted,
                   const std::string* expected = nullptr);
  Status change_status(Turn& turn, const CommentRow& row, CommentStatus status);
  Status settle(Turn& turn, const CommentRow& row, bool is_settled);
  Status change_pin(Turn& turn, const CommentRow& row, UnixSeconds when);
  Status tell(Turn& turn, const ThreadRow& before, const CommentRow& row, bool is_seen);
  Result<ActAnswer> finish(Turn& turn);
  Status put_thread(Turn& turn, const std::string& key, const std::string& wanted);
  Status put_rules(Turn& turn, const std::string& wanted);
  Result<ActAnswer> undo_in(Turn& turn, AuditRow undone);

  Service& service_;
  Store& store_;
};

// What a thread's settings are kept as.
std::string_view closing_name(const ThreadRow& thread);

std::string_view status_name(CommentStatus status);
std::optional<CommentStatus> status_from(std::string_view name);

}  // namespace parlance
