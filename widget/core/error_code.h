// Every way in which a request can fail, as one closed list that the server, the wire and the
// widget share.
//
// The wire carries the names below (wire_name); docs for people who call the API are in
// web/server/openapi.yaml. Readers never see a code or an error's text: the views translate it.
#pragma once

#include <optional>
#include <string_view>

namespace parlance {

enum class ErrorCode {
  // What the caller sent cannot be used.
  MalformedJson,
  MissingField,
  InvalidField,
  InvalidUtf8,
  EmptyText,
  TextTooLong,
  EmptyAuthor,
  AuthorTooLong,
  InvalidEmail,
  InvalidParent,
  InvalidCursor,
  BodyTooLarge,
  IdempotencyConflict,
  AlreadySaid,        // Detail: the comment that says it.
  ChallengeRequired,  // Detail: the challenge.
  // What the caller asked for is not there, or not theirs.
  NotFound,
  MethodNotAllowed,
  UnknownSite,
  UnknownThread,
  UnknownComment,
  OriginNotAllowed,
  TokenRequired,
  TokenInvalid,
  TokenExpired,
  SignInFailed,
  CodeRequired,
  NotAllowed,
  Banned,
  OwnComment,
  NotOwnComment,
  EditClosed,
  ThreadClosed,
  // Later may go better.
  RateLimited,
  Unavailable,
  Overloaded,
  ReadOnly,
  Internal,
  // Only the widget can notice these; they never travel.
  Offline,
  NetworkFailed,
  TimedOut,
  BadResponse,
  StorageFailed,
};

// The name on the wire, e.g. "text_too_long".
std::string_view wire_name(ErrorCode code);

// The code with that name; nothing when the list has none.
std::optional<ErrorCode> error_code_from_wire(std::string_view name);

// Whether the same request may succeed when it is simply sent again later.
bool is_worth_retrying(ErrorCode code);

}  // namespace parlance
