// Where a reader tells moderators what is wrong with a comment: below its buttons, in place.
#pragma once

#include <array>
#include <string_view>

#include "widget/core/conversation.h"
#include "widget/views/ui.h"

namespace parlance {

struct ReportLayout {
  Box form, question, text, hint, failure, cancel, send;
  std::array<Box, 4> reasons;
  TextLayout hint_lines, failure_lines;
};

// `at` says where it begins and how wide it is. REQUIRES: the comment has a draft of a report.
ReportLayout lay_out_report(const ReportDraft& draft, const Box& at, const Look& look,
                            AdvanceCache& advances);
void show_report(Ui& ui, const ReportDraft& draft, CommentIndex comment, std::string_view author,
                 const ReportLayout& layout);

}  // namespace parlance
