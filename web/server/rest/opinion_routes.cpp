// What readers say about a comment without writing one: reactions, and reports to moderators.
#include "web/server/rest/api.h"
#include "web/server/rest/json_body.h"
#include "widget/backends/parlance_wire.h"

namespace parlance {
namespace {

// In UTF-8 a code point has at most four bytes.
constexpr std::size_t kMaxReportBytes = kMaxReportCodePoints * 4;
constexpr std::size_t kMaxReasonBytes = 20;

}  // namespace

Result<HttpResponse> Api::put_report(const Call& call) {
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  const auto name = body->text("reason", kMaxReasonBytes);
  if (!name) return name.error();
  const auto reason = report_reason_from_wire(*name);
  if (!reason) return Error{ErrorCode::InvalidField, "reason: no such reason", "reason"};
  auto text = body->text_or("text", kMaxReportBytes, "");
  if (!text) return text.error();
  const Status kept = service_.report(
      call.site, {call.thread, call.comment, Report{*reason, std::move(*text)}}, call.caller);
  if (!kept) return kept.error();
  return private_nothing();
}

Result<HttpResponse> Api::delete_report(const Call& call) {
  const Status removed =
      service_.report(call.site, {call.thread, call.comment, std::nullopt}, call.caller);
  if (!removed) return removed.error();
  return private_nothing();
}

Result<HttpResponse> Api::put_reaction(const Call& call) {
  const auto comment =
      service_.react(call.site, {call.thread, call.comment, call.kind, true}, call.caller);
  if (!comment) return comment.error();
  return private_json(200, wire::write_reactions(*comment));
}

Result<HttpResponse> Api::delete_reaction(const Call& call) {
  const auto comment =
      service_.react(call.site, {call.thread, call.comment, call.kind, false}, call.caller);
  if (!comment) return comment.error();
  return private_json(200, wire::write_reactions(*comment));
}

}  // namespace parlance
