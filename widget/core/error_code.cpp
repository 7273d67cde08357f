#include "widget/core/error_code.h"

#include <array>
#include <utility>

namespace parlance {
namespace {

constexpr std::array<std::pair<ErrorCode, std::string_view>, 42> kNames = {{
    {ErrorCode::MalformedJson, "malformed_json"},
    {ErrorCode::MissingField, "missing_field"},
    {ErrorCode::InvalidField, "invalid_field"},
    {ErrorCode::InvalidUtf8, "invalid_utf8"},
    {ErrorCode::EmptyText, "empty_text"},
    {ErrorCode::TextTooLong, "text_too_long"},
    {ErrorCode::EmptyAuthor, "empty_author"},
    {ErrorCode::AuthorTooLong, "author_too_long"},
    {ErrorCode::InvalidEmail, "invalid_email"},
    {ErrorCode::InvalidParent, "invalid_parent"},
    {ErrorCode::InvalidCursor, "invalid_cursor"},
    {ErrorCode::BodyTooLarge, "body_too_large"},
    {ErrorCode::IdempotencyConflict, "idempotency_conflict"},
    {ErrorCode::AlreadySaid, "already_said"},
    {ErrorCode::ChallengeRequired, "challenge_required"},
    {ErrorCode::NotFound, "not_found"},
    {ErrorCode::MethodNotAllowed, "method_not_allowed"},
    {ErrorCode::UnknownSite, "unknown_site"},
    {ErrorCode::UnknownThread, "unknown_thread"},
    {ErrorCode::UnknownComment, "unknown_comment"},
    {ErrorCode::OriginNotAllowed, "origin_not_allowed"},
    {ErrorCode::TokenRequired, "token_required"},
    {ErrorCode::TokenInvalid, "token_invalid"},
    {ErrorCode::TokenExpired, "token_expired"},
    {ErrorCode::SignInFailed, "sign_in_failed"},
    {ErrorCode::CodeRequired, "code_required"},
    {ErrorCode::NotAllowed, "not_allowed"},
    {ErrorCode::Banned, "banned"},
    {ErrorCode::OwnComment, "own_comment"},
    {ErrorCode::NotOwnComment, "not_own_comment"},
    {ErrorCode::EditClosed, "edit_closed"},
    {ErrorCode::ThreadClosed, "thread_closed"},
    {ErrorCode::RateLimited, "rate_limited"},
    {ErrorCode::Unavailable, "unavailable"},
    {ErrorCode::Overloaded, "overloaded"},
    {ErrorCode::ReadOnly, "read_only"},
    {ErrorCode::Internal, "internal"},
    {ErrorCode::Offline, "offline"},
    {ErrorCode::NetworkFailed, "network_failed"},
    {ErrorCode::TimedOut, "timed_out"},
    {ErrorCode::BadResponse, "bad_response"},
    {ErrorCode::StorageFailed, "storage_failed"},
}};

}  // namespace

std::string_view wire_name(ErrorCode code) {
  for (const auto& [known, name] : kNames) {
    if (known == code) return name;
  }
  return "internal";
}

std::optional<ErrorCode> error_code_from_wire(std::string_view name) {
  for (const auto& [code, known] : kNames) {
    if (known == name) return code;
  }
  return std::nullopt;
}

bool is_worth_retrying(ErrorCode code) {
  switch (code) {
    case ErrorCode::RateLimited:
    case ErrorCode::Unavailable:
    case ErrorCode::Overloaded:
    case ErrorCode::ReadOnly:
    case ErrorCode::Internal:
    case ErrorCode::Offline:
    case ErrorCode::NetworkFailed:
    case ErrorCode::TimedOut:
      return true;
    default:
      return false;
  }
}

}  // namespace parlance
