#include "widget/core/report.h"

namespace parlance {
namespace {

constexpr std::string_view kReasons[] = {"spam", "rude", "off_topic", "other"};

}  // namespace

std::string_view wire_name(ReportReason reason) {
  return kReasons[static_cast<std::size_t>(reason)];
}

std::optional<ReportReason> report_reason_from_wire(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kReasons); ++i) {
    if (kReasons[i] == name) return static_cast<ReportReason>(i);
  }
  return std::nullopt;
}

}  // namespace parlance
