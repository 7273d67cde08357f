// Following a thread by mail.
#include "web/server/rest/api.h"
#include "web/server/rest/json_body.h"
#include "widget/backends/parlance_wire.h"

namespace parlance {
namespace {

constexpr std::size_t kMaxWordBytes = 16;

Result<MailScope> read_scope(const JsonBody& body) {
  const auto scope = body.text_or("scope", kMaxWordBytes, "all");
  if (!scope) return scope.error();
  if (*scope == "all") return MailScope::All;
  if (*scope == "replies") return MailScope::Replies;
  return Error{ErrorCode::InvalidField, "scope: all or replies", "scope"};
}

Result<MailPace> read_pace(const JsonBody& body) {
  const auto pace = body.text_or("pace", kMaxWordBytes, "at_once");
  if (!pace) return pace.error();
  if (*pace == "at_once") return MailPace::AtOnce;
  if (*pace == "hourly") return MailPace::Hourly;
  if (*pace == "daily") return MailPace::Daily;
  return Error{ErrorCode::InvalidField, "pace: at_once, hourly or daily", "pace"};
}

}  // namespace

Result<HttpResponse> Api::post_subscription(const Call& call) {
  if (subscriptions_ == nullptr) {
    return Error{ErrorCode::NotFound, "this server sends no mail", ""};
  }
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  SubscribeQuery query;
  query.thread = call.thread;
  auto email = body->text("email", kMaxEmailBytes);
  if (!email) return email.error();
  query.email = std::move(*email);
  const auto scope = read_scope(*body);
  if (!scope) return scope.error();
  query.scope = *scope;
  const auto pace = read_pace(*body);
  if (!pace) return pace.error();
  query.pace = *pace;
  auto title = body->text_or("title", 4 * kMaxTitleCodePoints, "");
  if (!title) return title.error();
  query.page_title = std::move(*title);
  auto url = body->text_or("url", kMaxUrlBytes, "");
  if (!url) return url.error();
  query.page_url = std::move(*url);

  const auto subscribed = subscriptions_->subscribe(call.site, query, call.caller);
  if (!subscribed) return subscribed.error();
  return private_json(202, wire::write_followed(*subscribed == Subscribed::Asked));
}

}  // namespace parlance
