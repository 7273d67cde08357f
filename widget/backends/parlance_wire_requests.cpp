// The writing of what the widget sends.
#include "widget/backends/json_writer.h"
#include "widget/backends/parlance_wire.h"

namespace parlance::wire {

std::string write_new_comment(const NewComment& comment, const PageInfo& page,
                              const Effort& effort) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("author", comment.author);
  if (!comment.email.empty()) writer.member("email", comment.email);
  writer.member("text", comment.text);
  if (!comment.parent.empty()) writer.member("parent", comment.parent);
  if (!page.title.empty()) writer.member("title", page.title);
  if (!page.url.empty()) writer.member("url", page.url);
  if (!effort.trap.empty()) writer.member("website", effort.trap);
  if (effort.writing_ms) writer.member("writing_ms", *effort.writing_ms);
  if (!effort.proof.empty()) writer.member("proof", effort.proof);
  writer.end_object();
  return json;
}

std::string write_follow_request(std::string_view email, FollowScope scope) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("email", email);
  writer.member("scope", scope == FollowScope::All ? "all" : "replies");
  writer.end_object();
  return json;
}

std::string write_vote_request(Vote vote) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("vote", static_cast<int>(vote));
  writer.end_object();
  return json;
}

std::string write_report_request(const Report& report) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("reason", wire_name(report.reason));
  if (!report.text.empty()) writer.member("text", report.text);
  writer.end_object();
  return json;
}

}  // namespace parlance::wire
