#include <fstream>

#include "web/server/transfer/export.h"
#include "web/server/transfer/sources.h"

namespace parlance {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxLineBytes = 16 * 1024 * 1024;

Error broken(int line, const char* what) {
  return {ErrorCode::InvalidField, "line " + std::to_string(line) + ": " + what, ""};
}

// Lines one by one, none of them longer than kMaxLineBytes.
class Lines {
 public:
  explicit Lines(const std::string& path) : file_(path, std::ios::binary) {}

  bool is_open() const { return file_.is_open(); }
  int number() const { return number_; }

  // Nothing at the end.
  Result<std::optional<json>> next() {
    std::string text;
    char c = 0;
    while (file_.get(c) && c != '\n') {
      if (text.size() == kMaxLineBytes) return broken(number_ + 1, "it is too long");
      text += c;
    }
    ++number_;
    if (text.empty() && !file_) return std::optional<json>();
    json object = json::parse(text, nullptr, false);
    if (object.is_discarded() || !object.is_object() || object.size() != 1) {
      return broken(number_, "it is no object with one member");
    }
    return std::optional(std::move(object));
  }

 private:
  std::ifstream file_;
  int number_ = 0;
};

Approval approval_in(const json& object) {
  const std::int64_t number = number_in(object, "approval");
  return number < 0 || number > 2 ? Approval::First : static_cast<Approval>(number);
}

ThreadRow to_thread(const json& object) {
  ThreadRow thread;
  thread.key = text_in(object, "key");
  thread.title = text_in(object, "title");
  thread.url = text_in(object, "url");
  thread.created = number_in(object, "created");
  thread.is_closed = number_in(object, "closing") == 1;
  thread.is_kept_open = number_in(object, "closing") == 2;
  if (member_in(object, "approval").is_number()) thread.approval = approval_in(object);
  return thread;
}

Status take_line(const std::string& name, const json& object, Intake& intake) {
  const auto guest = guest_from_word(text_in(object, "guest"));
  if (name == "thread") return intake.take_thread(to_thread(object));
  if (name == "comment") {
    auto comment = read_comment_line(object);
    return comment ? intake.take(std::move(*comment)) : Status(comment.error());
  }
  if (!guest) return Error{ErrorCode::InvalidField, name + " without a guest", "guest"};
  if (name == "person") {
    return intake.take_person(
        {*guest,
         {text_in(object, "subject"), text_in(object, "name"), text_in(object, "avatar")},
         number_in(object, "seen")});
  }
  if (name == "ban") {
    return intake.take_ban({*guest, {number_in(object, "until"), text_in(object, "reason")}});
  }
  const std::int64_t value = number_in(object, "value");
  if (value != 1 && value != -1) {
    return Error{ErrorCode::InvalidField, "a vote that is neither 1 nor -1", "value"};
  }
  return intake.take_vote(*guest, text_in(object, "comment"), static_cast<int>(value));
}

bool is_known(const std::string& name) {
  return name == "thread" || name == "comment" || name == "person" || name == "ban" ||
         name == "vote";
}

Status check_version(Lines& lines) {
  if (!lines.is_open()) return Error{ErrorCode::NotFound, "the file cannot be read", ""};
  const auto first = lines.next();
  if (!first) return first.error();
  if (!first->has_value() || number_in(**first, "parlance") == 0) {
    return Error{ErrorCode::InvalidField, "the file is no export of Parlance", ""};
  }
  if (number_in(**first, "parlance") == kExportVersion) return {};
  return Error{ErrorCode::InvalidField, "the export is of a later version: use a newer program",
               ""};
}

}  // namespace

Result<Site> site_of_export(const std::string& path) {
  Lines lines(path);
  if (Status known = check_version(lines); !known) return known.error();
  const auto second = lines.next();
  if (!second) return second.error();
  const json nothing;
  const json& object = second->has_value() ? member_in(**second, "site") : nothing;
  if (!object.is_object()) return broken(lines.number(), "there is no site");
  Site site;
  site.key = text_in(object, "key");
  site.name = text_in(object, "name");
  for (const json& origin : member_in(object, "origins")) {
    if (const auto* text = origin.get_ptr<const std::string*>()) site.origins.push_back(*text);
  }
  site.approval = approval_in(object);
  site.edit_seconds = static_cast<int>(number_in(object, "edit_seconds"));
  site.closing_days = static_cast<int>(number_in(object, "closing_days"));
  site.rules = text_in(object, "rules");
  return site;
}

Status read_export(const std::string& path, Intake& intake) {
  Lines lines(path);
  if (Status known = check_version(lines); !known) return known;
  for (;;) {
    const auto next = lines.next();
    if (!next) return next.error();
    if (!next->has_value()) return broken(lines.number(), "the file ends before its end");
    const auto member = (*next)->begin();
    const std::string& name = member.key();
    const json& object = member.value();
    if (name == "end") return {};
    if (name == "site") continue;
    if (!is_known(name)) {
      intake.report().skipped("something this program does not know", name);
      continue;
    }
    Status taken = take_line(name, object, intake);
    if (!taken && taken.error().code == ErrorCode::InvalidField) {
      intake.report().skipped("a line that is not as it should be", std::to_string(lines.number()));
      continue;
    }
    if (!taken) return taken;
  }
}

}  // namespace parlance
