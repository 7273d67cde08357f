// What becomes of what people write before a moderator looks at it.
#include "web/server/service/service.h"
#include "web/server/service/site_rules.h"
#include "web/server/store/audit.h"
#include "web/server/store/comments.h"

namespace parlance {
namespace {

constexpr UnixSeconds kDay = 24 * 3'600;

Result<bool> waits_for_approval(Connection& connection, RowId site, Approval approval,
                                const std::optional<GuestId>& guest) {
  if (approval == Approval::AtOnce) return false;
  if (approval == Approval::First || !guest) return true;
  const auto is_known = has_approved(connection, site, *guest);
  if (!is_known) return is_known.error();
  return !*is_known;
}

}  // namespace

Result<Verdict> judge(Connection& connection, const Site& site, const ThreadRow& thread,
                      const CommentRow& comment) {
  if (!site.rules.empty()) {
    const TextVerdict text = judge_text(rules_of(site), comment.author, comment.text);
    if (text.is_spam) return Verdict{CommentStatus::Spam, text.held};
    if (text.held != Held::No) return Verdict{CommentStatus::Pending, text.held};
  }
  const Approval approval = thread.approval.value_or(site.approval);
  const auto waits = waits_for_approval(connection, site.id, approval, comment.guest);
  if (!waits) return waits.error();
  return *waits ? Verdict{CommentStatus::Pending, Held::Approval} : Verdict{};
}

Status check_ban(Connection& connection, const Site& site, const GuestId& guest, UnixSeconds now) {
  const auto ban = find_ban(connection, site.id, guest, now);
  if (!ban) return ban.error();
  if (!ban->has_value()) return {};
  return Error{ErrorCode::Banned, "a moderator has shut this guest out", ""};
}

ThreadRow aged(ThreadRow thread, const Site& site, UnixSeconds now) {
  thread.is_aged =
      thread.id != 0 && site.closing_days > 0 && now > thread.created + site.closing_days * kDay;
  return thread;
}

}  // namespace parlance
