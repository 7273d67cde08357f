#include "web/server/transfer/comment_line.h"

#include <algorithm>
#include <array>

#include "web/server/service/base64url.h"

namespace parlance {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 4> kStatuses = {"pending", "approved", "spam", "deleted"};

std::optional<CommentStatus> status_from(std::string_view name) {
  for (std::size_t i = 0; i < kStatuses.size(); ++i) {
    if (kStatuses[i] == name) return static_cast<CommentStatus>(i);
  }
  return std::nullopt;
}

}  // namespace

const json& member_in(const json& object, const char* name) {
  static const json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

std::string text_in(const json& object, const char* name) {
  const auto* text = member_in(object, name).get_ptr<const std::string*>();
  return text == nullptr ? std::string() : *text;
}

std::int64_t number_in(const json& object, const char* name) {
  const json& value = member_in(object, name);
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

bool flag_in(const json& object, const char* name) {
  const json& value = member_in(object, name);
  return value.is_boolean() && value.get<bool>();
}

std::string guest_word(const GuestId& guest) { return to_base64url(guest); }

std::optional<GuestId> guest_from_word(std::string_view word) {
  const auto bytes = from_base64url(word);
  GuestId guest{};
  if (!bytes || bytes->size() != guest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), guest.begin());
  return guest;
}

void write_comment_line(JsonWriter& writer, const TravellingComment& comment) {
  const CommentRow& row = comment.row;
  writer.begin_object();
  writer.member("id", comment.id);
  if (!comment.parent.empty()) writer.member("parent", comment.parent);
  writer.member("thread", comment.thread);
  if (!comment.title.empty()) writer.member("title", comment.title);
  if (!comment.url.empty()) writer.member("url", comment.url);
  writer.member("author", row.author);
  if (!row.email.empty()) writer.member("email", row.email);
  if (!row.avatar.empty()) writer.member("avatar", row.avatar);
  writer.member("text", row.text);
  writer.member("status", kStatuses[static_cast<std::size_t>(row.status)]);
  writer.member("created", row.created);
  if (row.edited != 0) writer.member("edited", row.edited);
  if (row.pinned != 0) writer.member("pinned", row.pinned);
  if (row.held != Held::No) writer.member("held", static_cast<int>(row.held));
  writer.member("up", row.up);
  writer.member("down", row.down);
  if (row.guest) writer.member("guest", guest_word(*row.guest));
  if (!comment.revisions.empty()) {
    writer.key("revisions");
    writer.begin_array();
    for (const Revision& revision : comment.revisions) {
      writer.begin_object();
      writer.member("written", revision.written);
      writer.member("text", revision.text);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.end_object();
}

Result<TravellingComment> read_comment_line(const json& object) {
  TravellingComment comment;
  comment.id = text_in(object, "id");
  comment.parent = text_in(object, "parent");
  comment.thread = text_in(object, "thread");
  comment.title = text_in(object, "title");
  comment.url = text_in(object, "url");
  CommentRow& row = comment.row;
  row.author = text_in(object, "author");
  row.email = text_in(object, "email");
  row.avatar = text_in(object, "avatar");
  row.text = text_in(object, "text");
  const auto status = status_from(text_in(object, "status"));
  if (comment.id.empty() || comment.thread.empty() || !status) {
    return Error{ErrorCode::InvalidField, "a comment without id, thread or status", "comment"};
  }
  row.status = *status;
  row.created = number_in(object, "created");
  row.edited = number_in(object, "edited");
  row.pinned = number_in(object, "pinned");
  row.held = static_cast<Held>(std::clamp<std::int64_t>(number_in(object, "held"), 0, 3));
  constexpr std::int64_t kMostVotes = 1'000'000'000;
  row.up = static_cast<int>(std::clamp<std::int64_t>(number_in(object, "up"), 0, kMostVotes));
  row.down = static_cast<int>(std::clamp<std::int64_t>(number_in(object, "down"), 0, kMostVotes));
  row.guest = guest_from_word(text_in(object, "guest"));
  int number = 0;
  for (const json& revision : member_in(object, "revisions")) {
    comment.revisions.push_back(
        {++number, number_in(revision, "written"), text_in(revision, "text")});
  }
  return comment;
}

}  // namespace parlance
