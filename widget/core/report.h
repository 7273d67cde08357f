// What a reader tells a moderator about a comment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parlance {

// The numbers are the database's.
enum class ReportReason : std::uint8_t { Spam = 0, Rude = 1, OffTopic = 2, Other = 3 };

inline constexpr std::size_t kMaxReportCodePoints = 500;

struct Report {
  ReportReason reason = ReportReason::Other;
  std::string text;  // Up to kMaxReportCodePoints; may be empty.
};

// "spam", "rude", "off_topic", "other": the wire's names.
std::string_view wire_name(ReportReason reason);
std::optional<ReportReason> report_reason_from_wire(std::string_view name);

}  // namespace parlance
