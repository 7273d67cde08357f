// What moderators do, over HTTP.
#include <charconv>

#include "web/server/rest/api.h"
#include "web/server/rest/json_body.h"
#include "web/server/service/row_id.h"
#include "widget/backends/json_writer.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

constexpr std::size_t kMaxReasonBytes = 500;
constexpr std::size_t kMaxWordBytes = 20;
constexpr std::size_t kMaxNumberBytes = 20;
constexpr std::size_t kMaxQueryBytes = 200;
constexpr std::int64_t kLatestTime = 253'402'300'799;  // The end of the year 9999.

Error invalid_parameter(const std::string& name) {
  return {ErrorCode::InvalidField, name + ": not a usable value", name};
}

std::string_view held_name(Held held) {
  switch (held) {
    case Held::Approval:
      return "approval";
    case Held::Links:
      return "links";
    case Held::Words:
      return "words";
    case Held::Reports:
      return "reports";
    case Held::Trap:
      return "trap";
    case Held::Haste:
      return "haste";
    case Held::Repeat:
      return "repeat";
    case Held::Crowd:
      return "crowd";
    case Held::No:
      break;
  }
  return "";
}

std::string_view aspect_name(Aspect aspect) {
  switch (aspect) {
    case Aspect::Status:
      return "status";
    case Aspect::Pin:
      return "pin";
    case Aspect::Ban:
      return "ban";
    case Aspect::Thread:
      return "thread";
    case Aspect::Reports:
      return "reports";
    case Aspect::Rules:
      return "rules";
    case Aspect::Team:
      break;
  }
  return "team";
}

void write_reports(JsonWriter& writer, const ModeratedComment& moderated) {
  if (moderated.comment.reports == 0) return;
  writer.member("report_count", moderated.comment.reports);
  writer.key("reports");
  writer.begin_array();
  for (const ReportRow& row : moderated.reports) {
    writer.begin_object();
    writer.member("reason", wire_name(row.report.reason));
    if (!row.report.text.empty()) writer.member("text", row.report.text);
    writer.member("created", row.created);
    writer.end_object();
  }
  writer.end_array();
}

void write_moderated(JsonWriter& writer, const ModeratedComment& moderated) {
  const CommentRow& comment = moderated.comment;
  writer.begin_object();
  writer.member("id", std::to_string(comment.id));
  if (comment.parent != 0) writer.member("parent", std::to_string(comment.parent));
  writer.key("thread");
  writer.begin_object();
  writer.member("key", moderated.thread.key);
  writer.member("title", moderated.thread.title);
  writer.member("url", moderated.thread.url);
  writer.member("closed", moderated.thread.takes_nothing());
  writer.end_object();
  writer.member("author", comment.author);
  if (!comment.email.empty()) writer.member("email", comment.email);
  writer.member("text", comment.text);
  writer.member("created", comment.created);
  if (comment.edited != 0) writer.member("edited", comment.edited);
  writer.member("status", status_name(comment.status));
  if (comment.held != Held::No) writer.member("held", held_name(comment.held));
  writer.member("pinned", comment.pinned != 0);
  writer.member("up", comment.up);
  writer.member("down", comment.down);
  write_reports(writer, moderated);
  writer.member("bannable", comment.guest.has_value());
  if (moderated.ban) {
    writer.key("ban");
    writer.begin_object();
    writer.member("until", moderated.ban->until);
    writer.member("reason", moderated.ban->reason);
    writer.end_object();
  }
  writer.end_object();
}

void write_next(JsonWriter& writer, const std::string& next) {
  writer.key("next");
  next.empty() ? writer.null() : writer.string(next);
}

void write_audit(JsonWriter& writer, const AuditRow& act) {
  writer.begin_object();
  writer.member("id", std::to_string(act.id));
  writer.member("moderator", act.name);
  writer.member("action", act.action);
  writer.member("aspect", aspect_name(act.aspect));
  writer.member("made", act.made);
  if (!act.subject.empty()) {
    writer.member(act.aspect == Aspect::Team ? "member" : "thread", act.subject);
  }
  if (!act.reason.empty()) writer.member("reason", act.reason);
  if (act.before != act.after) {
    writer.member("before", act.before);
    writer.member("after", act.after);
  }
  if (act.undone != 0) writer.member("undone_by", std::to_string(act.undone));
  writer.key("comments");
  writer.begin_array();
  for (const AuditItem& item : act.items) {
    writer.begin_object();
    writer.member("id", std::to_string(item.comment));
    writer.member("before", item.before);
    writer.member("after", item.after);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

HttpResponse act_response(const ActAnswer& answer) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.key("act");
  answer.act == 0 ? writer.null() : writer.string(std::to_string(answer.act));
  writer.key("comments");
  writer.begin_array();
  for (const ModeratedComment& comment : answer.comments) write_moderated(writer, comment);
  writer.end_array();
  writer.end_object();
  return private_json(200, std::move(json));
}

bool read_limit(const std::string& text, int& limit) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, limit);
  return error == std::errc() && rest == end;
}

Result<QueueFilter> read_filter(std::string_view query) {
  QueueFilter filter;
  const auto parameters = query_parameters(query);
  if (!parameters) return invalid_parameter("query");
  for (const auto& [name, value] : *parameters) {
    if (value.size() > kMaxQueryBytes || value.find('\0') != std::string::npos) {
      return invalid_parameter(name);
    }
    if (name == "status") {
      filter.status = status_from(value);
      filter.is_reported = value == "reported";
      if (!filter.status && !filter.is_reported && value != "all") return invalid_parameter(name);
    } else if (name == "limit") {
      if (!read_limit(value, filter.limit)) return invalid_parameter(name);
    } else if (name == "thread") {
      if (Status status = check_thread_key(value); !status) return status.error();
      filter.thread = value;
    } else if (name == "writer_of") {
      filter.writer_of = value;
    } else if (name == "text") {
      filter.text = value;
    } else if (name == "author") {
      filter.author = value;
    } else if (name == "cursor") {
      filter.cursor = value;
    }
  }
  for (const std::string* words : {&filter.text, &filter.author}) {
    if (!is_valid_utf8(*words)) return invalid_parameter(words == &filter.text ? "text" : "author");
  }
  return filter;
}

Result<Act> read_act(const JsonBody& body) {
  auto action = body.text("action", kMaxWordBytes);
  if (!action) return action.error();
  auto comments = body.texts("comments", Moderation::kMostActedOn, kMaxNumberBytes);
  if (!comments) return comments.error();
  auto reason = body.text_or("reason", kMaxReasonBytes, "");
  if (!reason) return reason.error();
  const auto until = body.integer_or("until", 0, kLatestTime, 0);
  if (!until) return until.error();
  return Act{std::move(*action), std::move(*comments), std::move(*reason), *until};
}

HttpResponse rules_response(const SiteRules& rules) {
  return private_json(200, write_rules(rules));
}

}  // namespace

Result<HttpResponse> Api::get_queue(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto filter = read_filter(call.request.query);
  if (!filter) return filter.error();
  const auto page = moderation_.queue(call.site, *filter, call.caller.now);
  if (!page) return page.error();
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.key("comments");
  writer.begin_array();
  for (const ModeratedComment& comment : page->comments) write_moderated(writer, comment);
  writer.end_array();
  write_next(writer, page->next);
  writer.member("waiting", page->waiting);
  writer.member("reported", page->reported);
  writer.end_object();
  return private_json(200, std::move(json));
}

Result<HttpResponse> Api::get_moderated(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  // The only name after the site's.
  const auto history = moderation_.history(call.site, call.thread, call.caller.now);
  if (!history) return history.error();
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.key("comment");
  write_moderated(writer, history->comment);
  writer.key("revisions");
  writer.begin_array();
  for (const Revision& revision : history->revisions) {
    writer.begin_object();
    writer.member("written", revision.written);
    writer.member("text", revision.text);
    writer.end_object();
  }
  writer.end_array();
  writer.key("acts");
  writer.begin_array();
  for (const AuditRow& act : history->acts) write_audit(writer, act);
  writer.end_array();
  writer.end_object();
  return private_json(200, std::move(json));
}

Result<HttpResponse> Api::post_act(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  const auto act = read_act(*body);
  if (!act) return act.error();
  const auto answer = moderation_.act(call.site, *who, *act, call.caller.now);
  if (!answer) return answer.error();
  return act_response(*answer);
}

Result<HttpResponse> Api::post_undo(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  const auto name = body->text("act", kMaxNumberBytes);
  if (!name) return name.error();
  const auto id = row_id_from(*name);
  if (!id) return Error{ErrorCode::InvalidField, "act: not an act's id", "act"};
  const auto answer = moderation_.undo(call.site, *who, *id, call.caller.now);
  if (!answer) return answer.error();
  return act_response(*answer);
}

Result<HttpResponse> Api::get_audit(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto filter = read_filter(call.request.query);
  if (!filter) return filter.error();
  const auto page = moderation_.audit(call.site, filter->cursor, filter->limit);
  if (!page) return page.error();
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.key("acts");
  writer.begin_array();
  for (const AuditRow& act : page->acts) write_audit(writer, act);
  writer.end_array();
  write_next(writer, page->next);
  writer.end_object();
  return private_json(200, std::move(json));
}

Result<HttpResponse> Api::get_rules(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto site = service_.site(call.site.key);
  if (!site) return site.error();
  return rules_response(rules_of(*site));
}

Result<HttpResponse> Api::patch_rules(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller, AccountRole::Owner);
  if (!who) return who.error();
  if (const auto body = JsonBody::read(call.request); !body) return body.error();
  const auto site = service_.site(call.site.key);
  if (!site) return site.error();
  const auto rules = read_rules(call.request.body, rules_of(*site));
  if (!rules) return rules.error();
  const auto answer = moderation_.set_rules(*site, *who, *rules, call.caller.now);
  if (!answer) return answer.error();
  return rules_response(*rules);
}

Result<HttpResponse> Api::get_thread(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto found = moderation_.thread(call.site, call.thread);
  if (!found) return found.error();
  const ThreadRow thread = aged(*found, call.site, call.caller.now);
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("key", thread.key);
  writer.member("title", thread.title);
  writer.member("url", thread.url);
  writer.member("comments", thread.comments);
  writer.member("closed", thread.takes_nothing());
  writer.member("closing", closing_name(thread));
  writer.key("approval");
  thread.approval ? writer.string(approval_name(*thread.approval)) : writer.null();
  writer.end_object();
  return private_json(200, std::move(json));
}

Result<HttpResponse> Api::put_thread(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  ThreadSettings settings;
  auto closing = body->text("closing", kMaxWordBytes);
  if (!closing) return closing.error();
  settings.closing = std::move(*closing);
  const auto approval = body->text_or("approval", kMaxWordBytes, "");
  if (!approval) return approval.error();
  settings.approval = approval_from(*approval);
  if (!approval->empty() && !settings.approval) return invalid_parameter("approval");
  const auto answer =
      moderation_.set_thread(call.site, *who, call.thread, settings, call.caller.now);
  if (!answer) return answer.error();
  return act_response(*answer);
}

}  // namespace parlance
