// The wire between the widget and web/server, written once and used by both ends. JSON, UTF-8:
//
//   ThreadPage  {"thread": {"key", "title", "closed", "comments", "roots", "reactions"?: [emoji…]},
//                "sort":
//   "votes|newest|oldest|best",
//                "comments": [Comment…], "next": cursor or null, "event"?: event id,
//                "mail"?: true, where the thread can be followed by mail}
//   Changes     {"thread": as above, "comments": [Comment…], "scores": [{"id", "up", "down"}…],
//                "reactions": [Reactions…]}
//   Comment     {"id", "parent"?, "author", "avatar"?, "created": seconds, "edited"?: seconds,
//                "editable_until"?: seconds, "text", "up", "down", "vote"?: -1|1,
//                "status"?: "pending|spam|deleted", "own"?: true, "pinned"?: true,
//                "reported"?: true, "reactions"?: {emoji: number}, "reacted"?: [emoji…]}
//               A field with "?" is left out when it has its usual value (a root, no avatar, no
//               vote, approved, not own).
//   NewComment  {"author", "email"?, "text", "parent"?, "title"?, "url"?, "website"?,
//   "writing_ms"?}
//               "title" and "url" are the page's; the server keeps them when the comment is its
//               thread's first. "website" is the trap of core/effort.h, "proof" that of
//               core/proof_of_work.h.
//   EditRequest {"text"}
//   Posted      {"comment": Comment}
//   VoteRequest {"vote": -1|0|1}
//   VoteResult  {"id", "up", "down", "vote"}
//   Report      {"reason": "spam|rude|off_topic|other", "text"?}
//   Reactions   {"id", "reactions": {emoji: number}, "reacted"?: [emoji…]}
//   Reacted     {"reactions": [Reactions]}
//   Guest       {"token"}
//   Follow      {"email", "scope": "all|replies"}
//   Followed    {"subscription": "asked|confirmed"}
//   Counts      {"counts": {thread key: number}}
//   Failure     {"error": {"code", "message", "field"?, "detail"?}}
//
// Readers accept what they know and pass over fields they do not; a wrong type (null included), a
// missing field, invalid UTF-8, a lone surrogate, NUL, an over-long field of an answer, or nesting
// deeper than 16 is an error value, never an abort. A repeated key counts with its last value.
// Writers put U+FFFD where a text is not UTF-8, so what they write is always readable.
//
// One bad comment does not cost a reader the others: of a ThreadPage, characters that cannot be
// are read as U+FFFD, over-long texts are cut, and a comment that still breaks a rule is left out
// and counted.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "widget/core/comment.h"
#include "widget/core/effort.h"
#include "widget/core/report.h"
#include "widget/core/result.h"
#include "widget/core/thread_page.h"

namespace parlance::wire {

struct VoteResult {
  CommentId id;
  int up = 0;
  int down = 0;
  Vote vote = Vote::None;
};

// The page a thread belongs to, as the reader's browser knows it.
struct PageInfo {
  std::string title;
  std::string url;
};

struct PostRequest {
  NewComment comment;
  PageInfo page;
  Effort effort;
};

// Written by the server, read by the widget. Readers fail with BadResponse.
std::string write_thread_page(const ThreadPage& page);
Result<ThreadPage> read_thread_page(std::string_view json);

std::string write_changes(const ThreadChanges& changes);
Result<ThreadChanges> read_changes(std::string_view json);

std::string write_posted(const Comment& comment);
Result<Comment> read_posted(std::string_view json);

std::string write_vote_result(const VoteResult& result);
Result<VoteResult> read_vote_result(std::string_view json);

// Only the comment's id and its reactions.
std::string write_reactions(const Comment& comment);
Result<Comment> read_reactions(std::string_view json);

std::string write_guest(std::string_view token);
Result<std::string> read_guest(std::string_view json);

// Whether the mailbox needs to be confirmed first.
std::string write_followed(bool is_asked);
Result<bool> read_followed(std::string_view json);

std::string write_counts(const std::map<std::string, int>& counts);
Result<std::map<std::string, int>> read_counts(std::string_view json);

std::string write_failure(const Error& error);
// The error that a response body with a failing status tells of; BadResponse when it is not one of
// ours.
Error read_failure(std::string_view json);

// Written by the widget, read by the server. Readers fail with MalformedJson, MissingField,
// InvalidField or InvalidUtf8, and name the field. They check types and shapes only; validated() in
// core/new_comment.h checks the rest.
std::string write_new_comment(const NewComment& comment, const PageInfo& page = {},
                              const Effort& effort = {});
Result<PostRequest> read_post_request(std::string_view json);
Result<NewComment> read_new_comment(std::string_view json);  // The same without the page.

Result<std::string> read_edit_request(std::string_view json);

// Which comments of a thread somebody is mailed.
enum class FollowScope : std::uint8_t { All, Replies };
std::string write_follow_request(std::string_view email, FollowScope scope);

std::string write_vote_request(Vote vote);
std::string write_report_request(const Report& report);
Result<Vote> read_vote_request(std::string_view json);

}  // namespace parlance::wire
