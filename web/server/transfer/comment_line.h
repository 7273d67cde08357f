// A comment on its way in or out, and how it stands in an export: one JSON object a line.
//
//   Comment  {"id", "parent"?, "thread", "author", "email"?, "avatar"?, "text", "status",
//             "created": seconds, "edited"?, "pinned"?, "held"?, "up", "down", "guest"?,
//             "revisions"?: [{"written", "text"}…], "title"?, "url"?}
//
// "guest" is who wrote it, as a word that says nothing about them. "title" and "url" are the
// thread's, where only the comment knows them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "web/server/store/comments.h"
#include "web/server/store/records.h"
#include "widget/backends/json_writer.h"

namespace parlance {

struct TravellingComment {
  std::string id;      // Where it comes from.
  std::string parent;  // The same; empty for a root.
  std::string thread;  // The key of its thread.
  std::string title;   // The thread's; may be empty, like its address.
  std::string url;
  CommentRow row;  // Without what belongs to a database: id, thread, parent, root and depth.
  std::vector<Revision> revisions;
};

void write_comment_line(JsonWriter& writer, const TravellingComment& comment);
// Fails with InvalidField.
Result<TravellingComment> read_comment_line(const nlohmann::json& object);

std::string guest_word(const GuestId& guest);
std::optional<GuestId> guest_from_word(std::string_view word);

// Members of an object that may not be there, or be something else: then they are empty or 0.
std::string text_in(const nlohmann::json& object, const char* name);
std::int64_t number_in(const nlohmann::json& object, const char* name);
bool flag_in(const nlohmann::json& object, const char* name);
const nlohmann::json& member_in(const nlohmann::json& object, const char* name);

}  // namespace parlance
