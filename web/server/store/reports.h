// What readers report to moderators. A report is open until a moderator has looked at it;
// CommentRow::reports counts the open ones. While a moderator vouches for a comment, all reports of
// it are settled, also those that are still to come.
#pragma once

#include <unordered_set>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"
#include "widget/core/report.h"

namespace parlance {

struct ReportRow {
  Report report;
  UnixSeconds created = 0;
};

// Makes this the guest's only report of the comment. `comment.reports` is kept up to date.
Status put_report(Connection& connection, const GuestId& guest, CommentRow& comment,
                  const ReportRow& report);
// Takes the guest's report back, if there is one.
Status remove_report(Connection& connection, const GuestId& guest, CommentRow& comment);

// The comments of a thread that the guest has reported.
Result<std::unordered_set<RowId>> list_reported(Connection& connection, const GuestId& guest,
                                                RowId thread);
// Newest first.
Result<std::vector<ReportRow>> list_open_reports(Connection& connection, RowId comment, int limit);
// How many comments that can be seen, or wait, have open reports; no more than `most` are counted.
Result<int> count_reported(Connection& connection, RowId site, int most);

// Settles what is open. `when` names it for unvouch_for().
Status vouch_for(Connection& connection, const CommentRow& comment, UnixSeconds when);
// Opens again what was settled with the last vouch_for().
Status unvouch_for(Connection& connection, const CommentRow& comment);

}  // namespace parlance
