// The server's end: the reading of requests and the writing of answers. The widget links none of
// it.
#include <algorithm>
#include <array>
#include <span>

#include "widget/backends/comment_json.h"
#include "widget/backends/json_fields.h"
#include "widget/backends/json_writer.h"
#include "widget/backends/parlance_wire.h"

namespace parlance {
namespace {

std::string_view status_name(CommentStatus status) {
  switch (status) {
    case CommentStatus::Pending:
      return "pending";
    case CommentStatus::Spam:
      return "spam";
    case CommentStatus::Deleted:
      return "deleted";
    case CommentStatus::Approved:
      break;
  }
  return "approved";
}

void write_reactions(JsonWriter& writer, const Comment& comment) {
  writer.key("reactions");
  writer.begin_object();
  for (const Reaction& reaction : comment.reactions) writer.member(reaction.kind, reaction.count);
  writer.end_object();
  const auto is_own = [](const Reaction& reaction) { return reaction.is_own; };
  if (std::ranges::none_of(comment.reactions, is_own)) return;
  writer.key("reacted");
  writer.begin_array();
  for (const Reaction& reaction : comment.reactions) {
    if (reaction.is_own) writer.string(reaction.kind);
  }
  writer.end_array();
}

}  // namespace

void write_comment_json(JsonWriter& writer, const Comment& comment) {
  writer.begin_object();
  writer.member("id", comment.id);
  if (!comment.parent.empty()) writer.member("parent", comment.parent);
  writer.member("author", comment.author);
  if (!comment.avatar_url.empty()) writer.member("avatar", comment.avatar_url);
  writer.member("created", comment.created);
  if (comment.edited != 0) writer.member("edited", comment.edited);
  if (comment.editable_until != 0) writer.member("editable_until", comment.editable_until);
  writer.member("text", comment.text);
  writer.member("up", comment.up);
  writer.member("down", comment.down);
  if (comment.vote != Vote::None) writer.member("vote", static_cast<int>(comment.vote));
  if (comment.status != CommentStatus::Approved) {
    writer.member("status", status_name(comment.status));
  }
  if (comment.is_own) writer.member("own", true);
  if (comment.is_pinned) writer.member("pinned", true);
  if (comment.is_reported) writer.member("reported", true);
  if (!comment.reactions.empty()) write_reactions(writer, comment);
  writer.end_object();
}

namespace wire {
namespace {

void write_thread_info(JsonWriter& writer, const ThreadInfo& thread) {
  writer.key("thread");
  writer.begin_object();
  writer.member("key", thread.key);
  writer.member("title", thread.title);
  writer.member("closed", thread.is_closed);
  writer.member("comments", thread.comment_count);
  writer.member("roots", thread.root_count);
  if (!thread.reactions.empty()) {
    writer.key("reactions");
    writer.begin_array();
    for (const std::string& kind : thread.reactions) writer.string(kind);
    writer.end_array();
  }
  writer.end_object();
}

void write_comments(JsonWriter& writer, const std::vector<Comment>& comments) {
  writer.key("comments");
  writer.begin_array();
  for (const Comment& comment : comments) write_comment_json(writer, comment);
  writer.end_array();
}

}  // namespace

std::string write_thread_page(const ThreadPage& page) {
  constexpr std::size_t kBytesAroundAText = 160;
  std::size_t size = kBytesAroundAText;
  for (const Comment& comment : page.comments) size += kBytesAroundAText + comment.text.size();

  std::string json;
  json.reserve(size);
  JsonWriter writer(json);
  writer.begin_object();
  write_thread_info(writer, page.thread);
  writer.member("sort", wire_name(page.sort));
  write_comments(writer, page.comments);
  writer.key("next");
  page.next_cursor.empty() ? writer.null() : writer.string(page.next_cursor);
  if (!page.last_event.empty()) writer.member("event", page.last_event);
  if (page.can_be_followed) writer.member("mail", true);
  writer.end_object();
  return json;
}

namespace {

void write_reactions_of(JsonWriter& writer, std::span<const Comment> comments) {
  writer.key("reactions");
  writer.begin_array();
  for (const Comment& comment : comments) {
    writer.begin_object();
    writer.member("id", comment.id);
    parlance::write_reactions(writer, comment);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

std::string write_changes(const ThreadChanges& changes) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  write_thread_info(writer, changes.thread);
  write_comments(writer, changes.comments);
  writer.key("scores");
  writer.begin_array();
  for (const Comment& comment : changes.scores) {
    writer.begin_object();
    writer.member("id", comment.id);
    writer.member("up", comment.up);
    writer.member("down", comment.down);
    writer.end_object();
  }
  writer.end_array();
  write_reactions_of(writer, changes.reactions);
  writer.end_object();
  return json;
}

std::string write_reactions(const Comment& comment) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  write_reactions_of(writer, {&comment, 1});
  writer.end_object();
  return json;
}

std::string write_posted(const Comment& comment) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.key("comment");
  write_comment_json(writer, comment);
  writer.end_object();
  return json;
}

std::string write_vote_result(const VoteResult& result) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("id", result.id);
  writer.member("up", result.up);
  writer.member("down", result.down);
  writer.member("vote", static_cast<int>(result.vote));
  writer.end_object();
  return json;
}

std::string write_guest(std::string_view token) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("token", token);
  writer.end_object();
  return json;
}

std::string write_followed(bool is_asked) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("subscription", is_asked ? "asked" : "confirmed");
  writer.end_object();
  return json;
}

std::string write_counts(const std::map<std::string, int>& counts) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.key("counts");
  writer.begin_object();
  for (const auto& [key, count] : counts) writer.member(key, count);
  writer.end_object();
  writer.end_object();
  return json;
}

std::string write_failure(const Error& error) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.key("error");
  writer.begin_object();
  writer.member("code", wire_name(error.code));
  writer.member("message", error.text);
  if (!error.field.empty()) writer.member("field", error.field);
  if (!error.detail.empty()) writer.member("detail", error.detail);
  writer.end_object();
  writer.end_object();
  return json;
}

Result<PostRequest> read_post_request(std::string_view json) {
  PostRequest request;
  NewComment& comment = request.comment;
  Effort& effort = request.effort;
  std::int64_t writing_ms = -1;
  std::array<JsonField, 9> fields = {
      {{.name = "author", .text = &comment.author},
       {.name = "email", .text = &comment.email, .is_optional = true},
       {.name = "text", .text = &comment.text},
       {.name = "parent", .text = &comment.parent, .is_optional = true},
       {.name = "title", .text = &request.page.title, .is_optional = true},
       {.name = "url", .text = &request.page.url, .is_optional = true},
       {.name = "website", .text = &effort.trap, .is_optional = true},
       {.name = "writing_ms", .integer = &writing_ms, .is_optional = true},
       {.name = "proof", .text = &effort.proof, .is_optional = true}}};
  if (Status status = read_json_fields(json, "", fields); !status) return status.error();
  if (writing_ms >= 0) effort.writing_ms = writing_ms;
  return request;
}

Result<std::string> read_edit_request(std::string_view json) {
  std::string text;
  std::array<JsonField, 1> fields = {{{.name = "text", .text = &text}}};
  if (Status status = read_json_fields(json, "", fields); !status) return status.error();
  return text;
}

Result<NewComment> read_new_comment(std::string_view json) {
  Result<PostRequest> request = read_post_request(json);
  if (!request) return request.error();
  return std::move(request->comment);
}

Result<Vote> read_vote_request(std::string_view json) {
  std::int64_t vote = 0;
  std::array<JsonField, 1> fields = {{{.name = "vote", .integer = &vote}}};
  if (Status status = read_json_fields(json, "", fields); !status) return status.error();
  if (vote < -1 || vote > 1) {
    return Error{ErrorCode::InvalidField, "vote: must be -1, 0 or 1", "vote"};
  }
  return static_cast<Vote>(vote);
}

}  // namespace wire
}  // namespace parlance
