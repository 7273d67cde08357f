// What readers tell moderators about a comment, and what becomes of it before one has looked.
#include "web/server/service/found_comment.h"
#include "web/server/service/site_rules.h"
#include "web/server/store/reports.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

Status check_report(const Report& report) {
  if (count_code_points(report.text) <= kMaxReportCodePoints) return {};
  return Error{ErrorCode::TextTooLong, "text: longer than 500 characters", "text"};
}

// Whether so many have reported it that it waits for a moderator.
bool is_to_be_held(const Site& site, const CommentRow& comment) {
  if (comment.vouched != 0 || site.rules.empty()) return false;
  const std::optional<int> most = rules_of(site).reports;
  return most && comment.reports >= *most;
}

}  // namespace

Status Service::report(const Site& site, const ReportQuery& query, const Caller& caller) {
  if (Status status = check_thread_key(query.thread); !status) return status;
  if (query.report) {
    if (Status status = check_report(*query.report); !status) return status;
  }
  const auto guest = required_guest(site, caller);
  if (!guest) return guest.error();
  if (Status status = check_rate("report", limits_.posts, *guest, caller); !status) return status;
  const auto done =
      store_.write(lane_of(site, query.thread), [&](Store::Change& change) -> Result<bool> {
        Connection& connection = change.connection();
        auto found = find_others(connection, site, query.thread, query.comment, *guest, caller.now);
        if (!found) return found.error();
        CommentRow& comment = found->comment;
        Status kept = query.report
                          ? put_report(connection, *guest, comment, {*query.report, caller.now})
                          : remove_report(connection, *guest, comment);
        if (!kept) return kept.error();
        const bool is_held = query.report && is_to_be_held(site, comment);
        if (is_held) {
          comment.status = CommentStatus::Pending;
          kept = set_status(connection, comment.id, comment.status);
          if (kept) kept = hold_comment(connection, comment.id, Held::Reports);
          if (!kept) return kept.error();
        }
        const auto what = is_held ? ThreadEvent::What::Comment : ThreadEvent::What::Nothing;
        kept = tell(change, found->thread, what, comment);
        if (!kept) return kept.error();
        return true;
      });
  return done ? Status() : Status(done.error());
}

}  // namespace parlance
