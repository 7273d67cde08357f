#include "web/server/transfer/report.h"

#include <algorithm>

#include "widget/backends/json_writer.h"

namespace parlance {

void ImportReport::note(std::vector<Kind>& kinds, const char* what, std::string_view which) {
  constexpr std::size_t kMostExamples = 5;
  constexpr std::size_t kMostBytes = 100;
  auto kind = std::ranges::find(kinds, std::string_view(what), &Kind::what);
  if (kind == kinds.end()) kind = kinds.insert(kinds.end(), Kind{what, 0, {}});
  ++kind->count;
  if (kind->examples.size() < kMostExamples) {
    kind->examples.emplace_back(which.substr(0, kMostBytes));
  }
}

std::string ImportReport::json() const {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("added", added);
  writer.member("known", known);
  writer.member("threads", threads);
  writer.member("votes", votes);
  const auto list = [&](const char* name, const std::vector<Kind>& kinds) {
    writer.key(name);
    writer.begin_array();
    for (const Kind& kind : kinds) {
      writer.begin_object();
      writer.member("what", kind.what);
      writer.member("count", kind.count);
      writer.key("examples");
      writer.begin_array();
      for (const std::string& example : kind.examples) writer.string(example);
      writer.end_array();
      writer.end_object();
    }
    writer.end_array();
  };
  list("skipped", skipped_);
  list("changed", changed_);
  writer.end_object();
  json += '\n';
  return json;
}

std::string ImportReport::text() const {
  std::string text = "added " + std::to_string(added) + " comments in " + std::to_string(threads) +
                     " new threads; " + std::to_string(known) + " were there already\n";
  const auto list = [&](const char* name, const std::vector<Kind>& kinds) {
    for (const Kind& kind : kinds) {
      text += std::string(name) + std::to_string(kind.count) + ": " + std::string(kind.what) + " (";
      for (const std::string& example : kind.examples) {
        text += (text.back() == '(' ? "" : ", ") + example;
      }
      text += kind.count > static_cast<std::int64_t>(kind.examples.size()) ? ", …)\n" : ")\n";
    }
  };
  list("skipped ", skipped_);
  list("changed ", changed_);
  return text;
}

}  // namespace parlance
