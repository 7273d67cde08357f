// The acts: each changes one aspect of its subjects from one state to another, and states are
// texts, so that undoing is to put the earlier text.
//
//   Status   pending | approved | spam | deleted
//   Pin      "" | time
//   Ban      "" | until " " reason
//   Thread   closing " " (approval | "-")
//   Rules    JSON, see site_rules.h
//   Reports  "open" | "settled"
#include "web/server/service/moderation.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "web/server/service/happenings.h"
#include "web/server/service/row_id.h"
#include "web/server/store/comments.h"
#include "web/server/store/sites.h"
#include "web/server/store/threads.h"

namespace parlance {
namespace {

constexpr std::array<std::string_view, 4> kStatuses = {"pending", "approved", "spam", "deleted"};

struct KnownAction {
  std::string_view name;
  Aspect aspect;
  std::string_view wanted;
};
constexpr std::array<KnownAction, 9> kActions = {{
    {"approve", Aspect::Status, "approved"},
    {"hold", Aspect::Status, "pending"},
    {"spam", Aspect::Status, "spam"},
    {"delete", Aspect::Status, "deleted"},
    {"pin", Aspect::Pin, "now"},
    {"unpin", Aspect::Pin, ""},
    {"ban", Aspect::Ban, "until"},
    {"unban", Aspect::Ban, ""},
    {"dismiss", Aspect::Reports, "settled"},
}};

Error unusable(const char* field, const char* why) {
  return {ErrorCode::InvalidField, std::string(field) + ": " + why, field};
}

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string to_state(const std::optional<Ban>& ban) {
  return ban ? std::to_string(ban->until) + " " + ban->reason : std::string();
}

std::string to_state(const ThreadRow& thread) {
  return std::string(closing_name(thread)) + " " +
         std::string(thread.approval ? approval_name(*thread.approval) : "-");
}

void set_closing(ThreadRow& thread, std::string_view closing) {
  thread.is_closed = closing == "closed";
  thread.is_kept_open = closing == "open";
}

Result<std::vector<RowId>> to_rows(const std::vector<std::string>& ids) {
  if (ids.empty() || ids.size() > Moderation::kMostActedOn) {
    return unusable("comments", "1 to 200 of them");
  }
  std::vector<RowId> rows;
  for (const std::string& id : ids) {
    const auto row = row_id_from(id);
    if (!row) return Error{ErrorCode::UnknownComment, "no such comment", "comments"};
    rows.push_back(*row);
  }
  // In one order for everybody, and each once.
  std::ranges::sort(rows);
  const auto twice = std::ranges::unique(rows);
  rows.erase(twice.begin(), twice.end());
  return rows;
}

}  // namespace

std::string_view status_name(CommentStatus status) {
  return kStatuses[static_cast<std::size_t>(status)];
}

std::optional<CommentStatus> status_from(std::string_view name) {
  const auto found = std::ranges::find(kStatuses, name);
  if (found == kStatuses.end()) return std::nullopt;
  return static_cast<CommentStatus>(found - kStatuses.begin());
}

std::string_view closing_name(const ThreadRow& thread) {
  if (thread.is_closed) return "closed";
  return thread.is_kept_open ? "open" : "by_rule";
}

// One act on its way.
struct Moderation::Turn {
  Store::Change& change;
  const Site& site;
  UnixSeconds now;
  AuditRow act;

  Connection& connection() { return change.connection(); }
};

// Comments of one thread take its turn alone, others everybody's.
template <typename Job>
Result<ActAnswer> Moderation::write(const Site& site, const std::vector<RowId>& comments,
                                    const Job& job) {
  const auto keys = store_.read([&](Connection& connection) -> Result<std::vector<std::string>> {
    std::vector<RowId> threads;
    std::vector<std::string> found;
    for (const RowId id : comments) {
      const auto comment = find_comment(connection, id);
      if (!comment) return comment.error();
      if (!comment->has_value()) continue;
      if (std::ranges::find(threads, (*comment)->thread) != threads.end()) continue;
      threads.push_back((*comment)->thread);
      const auto thread = find_thread(connection, threads.back());
      if (!thread) return thread.error();
      if (thread->has_value()) found.push_back((*thread)->key);
    }
    return found;
  });
  if (!keys) return keys.error();
  if (keys->size() == 1) return store_.write(lane_of(site, keys->front()), job);
  return store_.write_everywhere(job);
}

Result<ActAnswer> Moderation::act(const Site& site, const Moderator& who, const Act& wanted,
                                  UnixSeconds now) {
  const auto known = std::ranges::find(kActions, wanted.action, &KnownAction::name);
  if (known == kActions.end()) return unusable("action", "no such action");
  if (wanted.until != 0 && wanted.until <= now) return unusable("until", "is over already");
  const auto comments = to_rows(wanted.comments);
  if (!comments) return comments.error();
  std::string state(known->wanted);
  if (state == "now") state = std::to_string(now);
  if (state == "until") state = to_state(Ban{wanted.until, wanted.reason});

  return write(site, *comments, [&](Store::Change& change) -> Result<ActAnswer> {
    Turn turn{change, site, now, {}};
    turn.act.site = site.id;
    turn.act.account = who.account.id;
    turn.act.name = who.account.name;
    turn.act.action = wanted.action;
    turn.act.aspect = known->aspect;
    turn.act.reason = wanted.reason;
    for (const RowId comment : *comments) {
      const auto changed = put(turn, comment, state);
      if (!changed) return changed.error();
    }
    return finish(turn);
  });
}

Result<bool> Moderation::put(Turn& turn, RowId comment, const std::string& wanted,
                             const std::string* expected) {
  // Somebody may have changed it since.
  const auto stays = [&](const std::string& before) {
    return before == wanted || (expected != nullptr && before != *expected);
  };
  const Error unknown{ErrorCode::UnknownComment, "no such comment", "comments"};
  const auto found = find_comment(turn.connection(), comment);
  if (!found) return found.error();
  if (!found->has_value()) return unknown;
  const CommentRow& row = **found;
  const auto thread = find_thread(turn.connection(), row.thread);
  if (!thread) return thread.error();
  if (!thread->has_value() || (*thread)->site != turn.site.id) return unknown;

  std::string before;
  Status done;
  switch (turn.act.aspect) {
    case Aspect::Status: {
      before = status_name(row.status);
      if (stays(before)) return false;
      done = change_status(turn, row, status_from(wanted).value_or(row.status));
      break;
    }
    case Aspect::Pin: {
      if (row.pinned != 0) before = std::to_string(row.pinned);
      // When it was pinned does not matter to who pins it again.
      if (before.empty() == wanted.empty() || stays(before)) return false;
      done = change_pin(turn, row, number_in(wanted));
      break;
    }
    case Aspect::Ban: {
      if (!row.guest) return unusable("comments", "nobody known wrote one of them");
      const auto ban = find_ban(turn.connection(), turn.site.id, *row.guest, turn.now);
      if (!ban) return ban.error();
      before = to_state(*ban);
      if (stays(before)) return false;
      const std::size_t space = wanted.find(' ');
      done = wanted.empty()
                 ? remove_ban(turn.connection(), turn.site.id, *row.guest)
                 : put_ban(turn.connection(), turn.site.id, *row.guest,
                           {number_in(wanted), wanted.substr(std::min(space, wanted.size()) + 1)});
      break;
    }
    case Aspect::Reports: {
      before = row.vouched == 0 ? "open" : "settled";
      if (stays(before)) return false;
      done = settle(turn, row, wanted == "settled");
      break;
    }
    case Aspect::Thread:
    case Aspect::Rules:
    case Aspect::Team:
      return Error{ErrorCode::Internal, "not about comments", ""};
  }
  if (!done) return done.error();
  turn.act.items.push_back({comment, before, wanted});
  return true;
}

Status Moderation::change_status(Turn& turn, const CommentRow& row, CommentStatus status) {
  const auto before = find_thread(turn.connection(), row.thread);
  if (!before) return before.error();
  Status done = set_status(turn.connection(), row.id, status);
  // Who approves a comment has looked at it, whatever was reported.
  if (done && turn.act.action == "approve") done = settle(turn, row, true);
  if (done && turn.act.action == "undo" && turn.act.reason == "approve") {
    done = settle(turn, row, false);
  }
  if (!done) return done;
  CommentRow changed = row;
  changed.status = status;
  done = note_happening(turn.connection(),
                        {happening_of(status), turn.site, **before, changed, turn.now});
  if (!done) return done;
  const bool is_seen = row.status == CommentStatus::Approved || status == CommentStatus::Approved;
  return tell(turn, **before, changed, is_seen);
}

Status Moderation::settle(Turn& turn, const CommentRow& row, bool is_settled) {
  return is_settled ? vouch_for(turn.connection(), row, turn.now)
                    : unvouch_for(turn.connection(), row);
}

Status Moderation::change_pin(Turn& turn, const CommentRow& row, UnixSeconds when) {
  if (row.parent != 0) return unusable("comments", "replies cannot be pinned");
  const auto before = find_thread(turn.connection(), row.thread);
  if (!before) return before.error();
  const auto pinned = list_pinned_roots(turn.connection(), row.thread);
  if (!pinned) return pinned.error();
  if (when != 0 && pinned->size() >= kMostPinned) {
    return unusable("comments", "a thread has at most three pinned ones");
  }
  Status done = pin_comment(turn.connection(), row, when);
  if (!done) return done;
  CommentRow changed = row;
  changed.pinned = when;
  return tell(turn, **before, changed, row.status == CommentStatus::Approved);
}

Status Moderation::tell(Turn& turn, const ThreadRow& before, const CommentRow& row, bool is_seen) {
  return service_.tell(turn.change, aged(before, turn.site, turn.now),
                       is_seen ? ThreadEvent::What::Comment : ThreadEvent::What::Nothing, row);
}

// Writes down what was done, if anything was.
Result<ActAnswer> Moderation::finish(Turn& turn) {
  AuditRow& act = turn.act;
  ActAnswer answer;
  if (act.items.empty() && act.before == act.after) return answer;
  act.made = turn.now;
  const auto id = add_audit(turn.connection(), act);
  if (!id) return id.error();
  answer.act = *id;
  for (const AuditItem& item : act.items) {
    ModeratedComment moderated;
    auto comment = find_comment(turn.connection(), item.comment);
    if (!comment) return comment.error();
    moderated.comment = comment->value_or(CommentRow());
    auto reports = list_open_reports(turn.connection(), item.comment, kMostReports);
    if (!reports) return reports.error();
    moderated.reports = std::move(*reports);
    auto thread = find_thread(turn.connection(), moderated.comment.thread);
    if (!thread) return thread.error();
    moderated.thread = thread->value_or(ThreadRow());
    if (moderated.comment.guest) {
      auto ban = find_ban(turn.connection(), turn.site.id, *moderated.comment.guest, turn.now);
      if (!ban) return ban.error();
      moderated.ban = std::move(*ban);
    }
    answer.comments.push_back(std::move(moderated));
  }
  return answer;
}

Status Moderation::put_thread(Turn& turn, const std::string& key, const std::string& wanted) {
  const auto found = find_thread(turn.connection(), turn.site.id, key);
  if (!found) return found.error();
  if (!found->has_value()) return Error{ErrorCode::UnknownThread, "no such thread", ""};
  ThreadRow thread = **found;
  turn.act.subject = key;
  turn.act.before = to_state(thread);
  turn.act.after = wanted;
  if (turn.act.before == wanted) return {};
  const std::size_t space = wanted.find(' ');
  set_closing(thread, std::string_view(wanted).substr(0, space));
  thread.approval = approval_from(std::string_view(wanted).substr(space + 1));
  if (Status done = parlance::set_thread(turn.connection(), thread); !done) return done;
  return service_.tell(turn.change, aged(**found, turn.site, turn.now), ThreadEvent::What::Thread,
                       {});
}

Status Moderation::put_rules(Turn& turn, const std::string& wanted) {
  const auto site = find_site(turn.connection(), turn.site.key);
  if (!site) return site.error();
  if (!site->has_value()) return Error{ErrorCode::UnknownSite, "no such site", ""};
  turn.act.before = write_rules(rules_of(**site));
  turn.act.after = wanted;
  const auto rules = read_rules(wanted, {});
  if (!rules) return rules.error();
  return parlance::set_rules(turn.connection(), with_rules(**site, *rules));
}

Result<ActAnswer> Moderation::set_thread(const Site& site, const Moderator& who,
                                         const std::string& key, const ThreadSettings& settings,
                                         UnixSeconds now) {
  if (Status status = check_thread_key(key); !status) return status.error();
  const auto closings = {"by_rule", "closed", "open"};
  if (std::ranges::find(closings, settings.closing) == closings.end()) {
    return unusable("closing", "by_rule, closed or open");
  }
  const std::string wanted =
      settings.closing + " " +
      std::string(settings.approval ? approval_name(*settings.approval) : "-");
  return store_.write(lane_of(site, key), [&](Store::Change& change) -> Result<ActAnswer> {
    Turn turn{change, site, now, {}};
    turn.act.site = site.id;
    turn.act.account = who.account.id;
    turn.act.name = who.account.name;
    turn.act.action = "thread";
    turn.act.aspect = Aspect::Thread;
    if (Status done = put_thread(turn, key, wanted); !done) return done.error();
    return finish(turn);
  });
}

Result<ActAnswer> Moderation::set_rules(const Site& site, const Moderator& who,
                                        const SiteRules& rules, UnixSeconds now) {
  auto answer = store_.write_everywhere([&](Store::Change& change) -> Result<ActAnswer> {
    Turn turn{change, site, now, {}};
    turn.act.site = site.id;
    turn.act.account = who.account.id;
    turn.act.name = who.account.name;
    turn.act.action = "rules";
    turn.act.aspect = Aspect::Rules;
    if (Status done = put_rules(turn, write_rules(rules)); !done) return done.error();
    return finish(turn);
  });
  service_.forget_site(site.key);
  return answer;
}

Result<ActAnswer> Moderation::undo_in(Turn& turn, AuditRow undone) {
  turn.act.aspect = undone.aspect;
  if (undone.aspect == Aspect::Thread || undone.aspect == Aspect::Rules) {
    Status done = undone.aspect == Aspect::Thread ? put_thread(turn, undone.subject, undone.before)
                                                  : put_rules(turn, undone.before);
    if (!done) return done.error();
    // Somebody has set it anew since: that stays, and this turn is given up.
    if (turn.act.before != undone.after) {
      return Error{ErrorCode::IdempotencyConflict, "it has been changed again since", ""};
    }
  } else {
    const auto items = list_audit_items(turn.connection(), undone.id);
    if (!items) return items.error();
    for (const AuditItem& item : *items) {
      const auto changed = put(turn, item.comment, item.before, &item.after);
      if (!changed) return changed.error();
    }
  }
  auto answer = finish(turn);
  if (answer && answer->act != 0) {
    Status marked = mark_undone(turn.connection(), undone.id, answer->act);
    if (!marked) return marked.error();
  }
  return answer;
}

Result<ActAnswer> Moderation::undo(const Site& site, const Moderator& who, RowId act,
                                   UnixSeconds now) {
  std::vector<RowId> comments;
  const auto found = store_.read([&](Connection& connection) -> Result<std::optional<AuditRow>> {
    auto row = find_audit(connection, site.id, act);
    if (!row) return row.error();
    const auto items = list_audit_items(connection, act);
    if (!items) return items.error();
    comments.clear();
    for (const AuditItem& item : *items) comments.push_back(item.comment);
    return row;
  });
  if (!found) return found.error();
  if (!found->has_value()) return Error{ErrorCode::NotFound, "no such act", ""};
  if ((*found)->aspect == Aspect::Team) return unusable("act", "this cannot be undone");
  auto answer = write(site, comments, [&](Store::Change& change) -> Result<ActAnswer> {
    // Somebody else may have been quicker.
    const auto again = find_audit(change.connection(), site.id, act);
    if (!again) return again.error();
    if (!again->has_value() || (*again)->undone != 0) return ActAnswer{};
    Turn turn{change, site, now, {}};
    turn.act.site = site.id;
    turn.act.account = who.account.id;
    turn.act.name = who.account.name;
    turn.act.action = "undo";
    turn.act.reason = (*again)->action;
    return undo_in(turn, **again);
  });
  service_.forget_site(site.key);
  return answer;
}

}  // namespace parlance
