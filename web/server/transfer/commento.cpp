// The JSON of Commento and of Comentario:
//
//   1  {"version": 1, "comments": [{"commentHex", "commenterHex", "parentHex" ("root" for none),
//       "url" or "path", "markdown", "score", "state" ("approved", "unapproved", "flagged"),
//       "deleted", "creationDate"}…], "commenters": [{"commenterHex", "name", "email"}…]}
//   3  {"version": 3, "pages": [{"id", "path", "title"}…], "comments": [{"id", "parentId",
//   "pageId",
//       "markdown", "score", "isApproved", "isPending", "isDeleted", "createdTime", "editedTime",
//       "userCreated", "authorName"}…], "commenters": [{"id", "name", "email"}…]}
//
// People and pages may come after the comments, so the file is read twice: first for them.
#include <fstream>

#include "web/server/transfer/source_text.h"
#include "web/server/transfer/sources.h"

namespace parlance {
namespace {

using nlohmann::json;

struct Commenter {
  std::string name;
  std::string email;
};
struct Page {
  std::string path;
  std::string title;
};
struct Known {
  std::unordered_map<std::string, Commenter> people;
  std::unordered_map<std::string, Page> pages;
  int version = 0;
};

std::string first_of(const json& object, const char* name, const char* other) {
  std::string text = text_in(object, name);
  return text.empty() ? text_in(object, other) : text;
}

// Gives every object of the lists at the top to `take`, with the name of its list, and keeps none.
// False when the file is no such JSON, or `take` wants no more.
template <typename Take>
bool read_lists(const std::string& path, const Take& take, Known& known) {
  std::ifstream file(path, std::ios::binary);
  std::string list;
  bool goes_on = true;
  const auto filter = [&](int depth, json::parse_event_t event, json& parsed) {
    if (depth > 32) goes_on = false;
    if (depth == 1 && event == json::parse_event_t::key) {
      list = parsed.get_ref<const std::string&>();
    }
    if (depth == 1 && event == json::parse_event_t::value && list == "version" &&
        parsed.is_number_integer()) {
      known.version = parsed.get<int>();
    }
    if (depth != 2 || event != json::parse_event_t::object_end) return true;
    if (goes_on) goes_on = take(list, parsed);
    return false;
  };
  const json whole = json::parse(file, filter, false);
  return !whole.is_discarded() && whole.is_object() && goes_on;
}

void note(const std::string& list, const json& object, Known& known) {
  if (list == "commenters") {
    known.people.emplace(first_of(object, "commenterHex", "id"),
                         Commenter{text_in(object, "name"), text_in(object, "email")});
  } else if (list == "pages") {
    known.pages.emplace(text_in(object, "id"),
                        Page{text_in(object, "path"), text_in(object, "title")});
  }
}

std::string rooted(const std::string& path) {
  const bool is_rooted = path.starts_with('/') || path.find("://") != std::string::npos;
  return is_rooted || path.empty() ? path : "/" + path;
}

void set_score(const json& object, CommentRow& row) {
  constexpr std::int64_t kMost = 1'000'000;
  const auto score = std::clamp<std::int64_t>(number_in(object, "score"), -kMost, kMost);
  (score > 0 ? row.up : row.down) = static_cast<int>(std::abs(score));
}

CommentStatus status_of(const json& object, int version) {
  if (flag_in(object, "deleted") || flag_in(object, "isDeleted")) return CommentStatus::Deleted;
  const std::string state = text_in(object, "state");
  if (version == 1 && state == "flagged") return CommentStatus::Spam;
  const bool is_approved = version == 1 ? state == "approved" : flag_in(object, "isApproved");
  const bool is_pending = version == 1 ? state == "unapproved" : flag_in(object, "isPending");
  if (is_approved) return CommentStatus::Approved;
  return is_pending ? CommentStatus::Pending : CommentStatus::Spam;
}

TravellingComment to_comment(const json& object, const Known& known, const ThreadKeys& keys) {
  TravellingComment comment;
  comment.id = first_of(object, "commentHex", "id");
  comment.parent = first_of(object, "parentHex", "parentId");
  if (comment.parent == "root") comment.parent.clear();
  Page page{first_of(object, "path", "url"), ""};
  if (const auto found = known.pages.find(text_in(object, "pageId")); found != known.pages.end()) {
    page = found->second;
  }
  page.path = rooted(page.path);
  comment.thread = keys.key(page.path, page.path);
  comment.title = page.title;
  CommentRow& row = comment.row;
  row.author = text_in(object, "authorName");
  const auto person = known.people.find(first_of(object, "commenterHex", "userCreated"));
  if (person != known.people.end()) {
    if (row.author.empty()) row.author = person->second.name;
    row.email = person->second.email;
  }
  row.text = text_in(object, "markdown");
  row.created = time_from(first_of(object, "creationDate", "createdTime"));
  row.edited = time_from(text_in(object, "editedTime"));
  row.status = status_of(object, known.version);
  set_score(object, row);
  return comment;
}

}  // namespace

Status read_commento(const std::string& path, const ThreadKeys& keys, Intake& intake) {
  if (!std::ifstream(path)) return Error{ErrorCode::NotFound, "cannot read " + path, ""};
  Known known;
  const Error broken{ErrorCode::InvalidField, "the file is no whole export of Commento", ""};
  const auto note_it = [&](const std::string& list, const json& object) {
    note(list, object, known);
    return true;
  };
  if (!read_lists(path, note_it, known)) return broken;
  if (known.version != 1 && known.version != 3) {
    return Error{ErrorCode::InvalidField, "the version is neither 1 nor 3", "version"};
  }
  Status taken;
  const auto take_it = [&](const std::string& list, const json& object) {
    if (list == "comments" && taken) taken = intake.take(to_comment(object, known, keys));
    return taken.has_value();
  };
  Known again;
  const bool is_whole = read_lists(path, take_it, again);
  if (!taken) return taken;
  return is_whole ? Status() : Status(broken);
}

}  // namespace parlance
