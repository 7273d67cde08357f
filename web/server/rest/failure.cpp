#include "web/server/rest/failure.h"

#include "widget/backends/parlance_wire.h"

namespace parlance {
namespace {

// Rates are given back evenly, so after a few seconds there is room for some more. A database that
// restarts takes as long; one that is full waits for a person.
const char* retry_after_seconds(ErrorCode code) {
  if (code == ErrorCode::Overloaded) return "2";
  return code == ErrorCode::ReadOnly ? "60" : "10";
}

}  // namespace

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::MalformedJson:
    case ErrorCode::InvalidUtf8:
    case ErrorCode::InvalidCursor:
      return 400;
    case ErrorCode::TokenRequired:
    case ErrorCode::TokenInvalid:
    case ErrorCode::TokenExpired:
    case ErrorCode::SignInFailed:
    case ErrorCode::CodeRequired:
      return 401;
    case ErrorCode::OriginNotAllowed:
    case ErrorCode::OwnComment:
    case ErrorCode::NotOwnComment:
    case ErrorCode::EditClosed:
    case ErrorCode::NotAllowed:
    case ErrorCode::Banned:
    case ErrorCode::ThreadClosed:
      return 403;
    case ErrorCode::NotFound:
    case ErrorCode::UnknownSite:
    case ErrorCode::UnknownThread:
    case ErrorCode::UnknownComment:
      return 404;
    case ErrorCode::MethodNotAllowed:
      return 405;
    case ErrorCode::IdempotencyConflict:
    case ErrorCode::AlreadySaid:
      return 409;
    case ErrorCode::BodyTooLarge:
      return 413;
    case ErrorCode::MissingField:
    case ErrorCode::InvalidField:
    case ErrorCode::EmptyText:
    case ErrorCode::TextTooLong:
    case ErrorCode::EmptyAuthor:
    case ErrorCode::AuthorTooLong:
    case ErrorCode::InvalidEmail:
    case ErrorCode::InvalidParent:
      return 422;
    case ErrorCode::ChallengeRequired:
      return 428;
    case ErrorCode::RateLimited:
      return 429;
    case ErrorCode::Unavailable:
    case ErrorCode::Overloaded:
    case ErrorCode::ReadOnly:
      return 503;
    case ErrorCode::Internal:
    case ErrorCode::Offline:
    case ErrorCode::NetworkFailed:
    case ErrorCode::TimedOut:
    case ErrorCode::BadResponse:
    case ErrorCode::StorageFailed:
      return 500;
  }
  return 500;
}

HttpResponse failure(const Error& error) {
  HttpResponse response;
  response.status = http_status(error.code);
  response.content_type = "application/json";
  // What went wrong inside is for the log and not for strangers.
  const bool is_ours = response.status >= 500;
  response.body =
      wire::write_failure(is_ours ? Error{error.code, "the server cannot do that now", ""} : error);
  response.add_header("Cache-Control", "no-store");
  if (is_worth_retrying(error.code)) {
    response.add_header("Retry-After", retry_after_seconds(error.code));
  }
  return response;
}

}  // namespace parlance
