// What a reader does beside a comment without writing one: which of its buttons are open, and what
// they are about to tell moderators.
#pragma once

#include <optional>
#include <string>

#include "widget/core/error_code.h"
#include "widget/core/report.h"

namespace parlance {

struct ReportDraft {
  std::optional<ReportReason> reason;
  std::string text;
  bool is_sending = false;
  bool lacks_reason = false;  // It was to be sent without one.
  std::optional<ErrorCode> failure;
};

// What a reader is told of what they did; nothing for most.
enum class AsideNotice : std::uint8_t { None, Copied, NotCopied, Reported, Withdrawn };

struct Aside {
  bool shows_more = false;       // The buttons that few readers need.
  bool shows_reactions = false;  // Those that nobody has chosen yet.
  std::optional<ReportDraft> report;
  AsideNotice notice = AsideNotice::None;
  std::string link;                  // To be copied by hand.
  std::optional<ErrorCode> failure;  // Of a reaction, or of taking a report back.
};

}  // namespace parlance
