// One function for each route: from the request to the service's question, and from its answer to
// the response.
#include <charconv>

#include "web/server/rest/api.h"
#include "web/server/rest/json_body.h"
#include "web/server/rest/live_feed.h"
#include "widget/backends/json_writer.h"
#include "widget/backends/parlance_wire.h"

namespace parlance {
namespace {

// For browsers' EventSource, which comes back by itself.
constexpr const char* kReconnectAfter = "retry: 5000\n\n";

HttpResponse json_response(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(body);
  return response;
}

// The answer to a write: of no use to anybody else, nor later.
HttpResponse written(int status, std::string body) {
  HttpResponse response = json_response(status, std::move(body));
  response.add_header("Cache-Control", "no-store");
  return response;
}

Status check_json(const HttpRequest& request) {
  const std::string_view type = request.content_type;
  if (type == "application/json" || type.starts_with("application/json;")) return {};
  return Error{ErrorCode::InvalidField, "content-type: must be application/json", "content-type"};
}

Error invalid_parameter(const std::string& name) {
  return {ErrorCode::InvalidField, name + ": not a usable value", name};
}

Status read_parameter(const std::string& name, const std::string& value, PageQuery& query) {
  if (name == "sort") {
    const auto sort = sort_order_from_wire(value);
    if (!sort) return invalid_parameter(name);
    query.sort = *sort;
  } else if (name == "limit") {
    const char* end = value.data() + value.size();
    const auto [rest, error] = std::from_chars(value.data(), end, query.limit);
    if (error != std::errc() || rest != end) return invalid_parameter(name);
  } else if (name == "cursor") {
    query.cursor = value;
  }
  return {};
}

// Whatever the bytes of an answer depend on. What a reader chose comes last, so that nothing in it
// can pass for something else.
std::string page_key(const std::string& etag, const PageQuery& query, bool is_small) {
  return etag + (is_small ? 'z' : 'p') + std::string(wire_name(query.sort)) +
         std::to_string(query.limit) + '.' + query.cursor + '.' + query.thread;
}

// What the reader of a stream has seen already: the header is what browsers send by themselves, the
// parameter spares scripts of other origins a preflight. Empty: nothing.
Result<std::string> seen_event(const HttpRequest& request) {
  if (!request.last_event_id.empty()) return request.last_event_id;
  const auto parameters = query_parameters(request.query);
  if (!parameters) return invalid_parameter("query");
  const auto after = parameters->find("after");
  return after == parameters->end() ? std::string() : after->second;
}

}  // namespace

Result<HttpResponse> Api::get_page(const Call& call) {
  const auto parameters = query_parameters(call.request.query);
  if (!parameters) return invalid_parameter("query");
  PageQuery query;
  query.thread = call.thread;
  query.if_none_match = call.request.if_none_match;
  for (const auto& [name, value] : *parameters) {
    if (Status status = read_parameter(name, value, query); !status) return status.error();
  }
  // What nobody in particular asks for is the same for everybody.
  std::string key;
  std::shared_ptr<const HttpResponse> kept;
  if (call.caller.token.empty()) {
    query.is_kept = [&](const std::string& etag) {
      key = page_key(etag, query, wants_compression(call.request, options_.compression));
      kept = pages_.find(key);
      return kept != nullptr;
    };
  }
  const auto answer = service_.page(call.site, query, call.caller);
  if (!answer) return answer.error();
  if (answer->is_kept) return *kept;

  HttpResponse response;
  if (answer->is_not_modified) {
    response.status = 304;
  } else {
    response = json_response(200, wire::write_thread_page(answer->page));
  }
  response.add_header("ETag", answer->etag);
  response.add_header("Cache-Control",
                      call.caller.token.empty() ? "public, no-cache" : "private, no-cache");
  if (!key.empty()) {
    compress(call.request, options_.compression, response);
    pages_.keep(key, response);
  }
  return response;
}

Result<HttpResponse> Api::post_guest(const Call& call) {
  const auto token = service_.new_guest(call.site, call.caller);
  if (!token) return token.error();
  return written(201, wire::write_guest(*token));
}

Result<HttpResponse> Api::post_challenge(const Call& call) {
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  const auto thread = body->text("thread", kMaxThreadKeyBytes);
  if (!thread) return thread.error();
  const auto made = service_.challenge(call.site, *thread, call.caller);
  if (!made) return made.error();
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("challenge", made->text);
  writer.member("difficulty", made->bits);
  writer.member("expires", made->expires);
  writer.end_object();
  return written(201, std::move(json));
}

Result<HttpResponse> Api::post_comment(const Call& call) {
  if (Status status = check_json(call.request); !status) return status.error();
  auto posted = wire::read_post_request(call.request.body);
  if (!posted) return posted.error();
  PostQuery query;
  query.thread = call.thread;
  query.comment = std::move(posted->comment);
  query.page_title = std::move(posted->page.title);
  query.page_url = std::move(posted->page.url);
  query.effort = std::move(posted->effort);
  query.idempotency_key = call.request.idempotency_key;
  const auto answer = service_.post(call.site, query, call.caller);
  if (!answer) return answer.error();
  return written(answer->is_repeat ? 200 : 201, wire::write_posted(answer->comment));
}

Result<HttpResponse> Api::patch_comment(const Call& call) {
  if (Status status = check_json(call.request); !status) return status.error();
  auto text = wire::read_edit_request(call.request.body);
  if (!text) return text.error();
  const auto comment =
      service_.edit(call.site, {call.thread, call.comment, std::move(*text)}, call.caller);
  if (!comment) return comment.error();
  return written(200, wire::write_posted(*comment));
}

Result<HttpResponse> Api::delete_comment(const Call& call) {
  const Status erased = service_.erase(call.site, call.thread, call.comment, call.caller);
  if (!erased) return erased.error();
  HttpResponse response;
  response.status = 204;
  response.add_header("Cache-Control", "no-store");
  return response;
}

Result<HttpResponse> Api::put_vote(const Call& call) {
  if (Status status = check_json(call.request); !status) return status.error();
  const auto vote = wire::read_vote_request(call.request.body);
  if (!vote) return vote.error();
  const auto answer = service_.vote(call.site, {call.thread, call.comment, *vote}, call.caller);
  if (!answer) return answer.error();
  return written(200,
                 wire::write_vote_result({answer->id, answer->up, answer->down, answer->vote}));
}

Result<HttpResponse> Api::get_counts(const Call& call) {
  const auto parameters = query_parameters(call.request.query);
  if (!parameters) return invalid_parameter("query");
  std::vector<std::string> threads;
  const auto [begin, end] = parameters->equal_range("thread");
  for (auto at = begin; at != end; ++at) threads.push_back(at->second);
  const auto counts = service_.counts(call.site, threads);
  if (!counts) return counts.error();
  HttpResponse response = json_response(200, wire::write_counts(*counts));
  response.add_header("Cache-Control", "public, max-age=30");
  return response;
}

Result<HttpResponse> Api::get_events(const Call& call) {
  const auto seen = seen_event(call.request);
  if (!seen) return seen.error();
  const auto current = service_.thread_version(call.site, call.thread);
  if (!current) return current.error();
  auto place = gate_.enter(call.caller.address);
  if (!place) return place.error();

  auto stream = std::make_shared<EventStream>();
  stream->thread = LiveFeed::name(call.site.id, call.thread);
  if (!seen->empty())
    stream->seen = service_.version_of_event(*seen).value_or(EventStream::kForeign);
  stream->current = *current;
  stream->place = std::move(*place);
  HttpResponse response;
  response.content_type = "text/event-stream";
  response.body = kReconnectAfter;
  response.add_header("Cache-Control", "no-store");
  // nginx would keep events until it has a bufferful.
  response.add_header("X-Accel-Buffering", "no");
  response.stream = std::move(stream);
  return response;
}

}  // namespace parlance
