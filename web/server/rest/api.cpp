#include "web/server/rest/api.h"

#include "web/server/rest/cors.h"
#include "web/server/rest/failure.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

Result<std::string> bearer_token(const HttpRequest& request) {
  constexpr std::string_view kScheme = "Bearer ";
  if (request.authorization.empty()) return std::string();
  if (!request.authorization.starts_with(kScheme)) {
    return Error{ErrorCode::TokenInvalid, "authorization: not a bearer token", ""};
  }
  std::string token = request.authorization.substr(kScheme.size());
  // An empty one would pass for no token at all.
  if (token.empty()) return Error{ErrorCode::TokenInvalid, "authorization: an empty token", ""};
  return token;
}

// The address a rate limit counts for. The last entry is the one the trusted proxy added itself.
std::string client_address(const HttpRequest& request, const ApiOptions& options) {
  if (!options.trusts_forwarded_for || request.forwarded_for.empty()) return request.address;
  const std::size_t comma = request.forwarded_for.rfind(',');
  std::string address =
      comma == std::string::npos ? request.forwarded_for : request.forwarded_for.substr(comma + 1);
  address.erase(0, address.find_first_not_of(' '));
  return address;
}

}  // namespace

const std::array<Api::Route, 44> Api::kRoutes = {{
    {"GET", "/v1/sites/{site}/threads/{thread}/comments", &Api::get_page},
    {"POST", "/v1/sites/{site}/threads/{thread}/comments", &Api::post_comment},
    {"PATCH", "/v1/sites/{site}/threads/{thread}/comments/{id}", &Api::patch_comment},
    {"DELETE", "/v1/sites/{site}/threads/{thread}/comments/{id}", &Api::delete_comment},
    {"PUT", "/v1/sites/{site}/threads/{thread}/comments/{id}/vote", &Api::put_vote},
    {"PUT", "/v1/sites/{site}/threads/{thread}/comments/{id}/report", &Api::put_report},
    {"DELETE", "/v1/sites/{site}/threads/{thread}/comments/{id}/report", &Api::delete_report},
    {"PUT", "/v1/sites/{site}/threads/{thread}/comments/{id}/reactions/{kind}", &Api::put_reaction},
    {"DELETE", "/v1/sites/{site}/threads/{thread}/comments/{id}/reactions/{kind}",
     &Api::delete_reaction},
    {"GET", "/v1/sites/{site}/threads/{thread}/events", &Api::get_events},
    {"GET", "/v1/sites/{site}/threads/{thread}/search", &Api::get_search},
    {"POST", "/v1/sites/{site}/threads/{thread}/subscriptions", &Api::post_subscription},
    {"GET", "/v1/sites/{site}/threads/{thread}/feed.atom", &Api::get_atom},
    {"GET", "/v1/sites/{site}/threads/{thread}/feed.rss", &Api::get_rss},
    {"GET", "/v1/sites/{site}/feed.atom", &Api::get_atom},
    {"GET", "/v1/sites/{site}/feed.rss", &Api::get_rss},
    {"POST", "/v1/sites/{site}/guests", &Api::post_guest},
    {"GET", "/v1/sites/{site}/me", &Api::get_me},
    {"DELETE", "/v1/sites/{site}/me", &Api::delete_me},
    {"POST", "/v1/sites/{site}/challenges", &Api::post_challenge},
    {"GET", "/v1/sites/{site}/counts", &Api::get_counts},
    {"POST", "/v1/sites/{site}/session", &Api::post_session},
    {"GET", "/v1/sites/{site}/session", &Api::get_session},
    {"DELETE", "/v1/sites/{site}/session", &Api::delete_session},
    {"DELETE", "/v1/sites/{site}/sessions", &Api::delete_sessions},
    {"POST", "/v1/sites/{site}/session/second-factor", &Api::post_second_factor},
    {"PUT", "/v1/sites/{site}/session/second-factor", &Api::put_second_factor},
    {"DELETE", "/v1/sites/{site}/session/second-factor", &Api::delete_second_factor},
    {"PUT", "/v1/sites/{site}/session/password", &Api::put_password},
    {"GET", "/v1/sites/{site}/moderators", &Api::get_moderators},
    {"POST", "/v1/sites/{site}/moderators", &Api::post_moderator},
    {"PATCH", "/v1/sites/{site}/moderators/{moderator}", &Api::patch_moderator},
    {"DELETE", "/v1/sites/{site}/moderators/{moderator}", &Api::delete_moderator},
    {"POST", "/v1/sites/{site}/moderators/{moderator}/password", &Api::post_new_password},
    {"DELETE", "/v1/sites/{site}/moderators/{moderator}/second-factor", &Api::delete_member_factor},
    {"GET", "/v1/sites/{site}/moderation/comments", &Api::get_queue},
    {"GET", "/v1/sites/{site}/moderation/comments/{id}", &Api::get_moderated},
    {"POST", "/v1/sites/{site}/moderation/acts", &Api::post_act},
    {"GET", "/v1/sites/{site}/moderation/acts", &Api::get_audit},
    {"POST", "/v1/sites/{site}/moderation/undo", &Api::post_undo},
    {"GET", "/v1/sites/{site}/moderation/rules", &Api::get_rules},
    {"PATCH", "/v1/sites/{site}/moderation/rules", &Api::patch_rules},
    {"GET", "/v1/sites/{site}/moderation/threads/{thread}", &Api::get_thread},
    {"PUT", "/v1/sites/{site}/moderation/threads/{thread}", &Api::put_thread},
}};

bool Api::owns(std::string_view path) { return path == "/v1" || path.starts_with("/v1/"); }

std::vector<RouteName> Api::routes() {
  std::vector<RouteName> names;
  for (const Route& route : kRoutes) names.push_back({route.method, route.pattern.text()});
  return names;
}

std::optional<Api::Match> Api::match(const HttpRequest& request) {
  const PathParts path(request.path);
  const Route* known = nullptr;
  Match found;
  for (const Route& route : kRoutes) {
    if (!route.pattern.fits(path)) continue;
    known = &route;
    if (route.method == request.method) found.route = &route;
  }
  if (known == nullptr) return std::nullopt;
  auto names = known->pattern.taken(path);
  if (!names) return std::nullopt;
  found.site = std::move((*names)[0]);
  found.thread = std::move((*names)[1]);
  found.comment = std::move((*names)[2]);
  found.kind = std::move((*names)[3]);
  return found;
}

std::string Api::allowed_methods(std::string_view path) {
  const PathParts parts(path);
  std::string methods;
  for (const Route& route : kRoutes) {
    if (!route.pattern.fits(parts)) continue;
    if (!methods.empty()) methods += ", ";
    methods += route.method;
  }
  return methods;
}

HttpResponse Api::answer(const HttpRequest& request, UnixSeconds now, Error& error) {
  if (const auto found = match(request)) {
    HttpResponse response = answer_match(*found, request, now, error);
    if (found->route != nullptr) {
      response.route = {found->route->method, found->route->pattern.text()};
    }
    return response;
  }
  error = {ErrorCode::NotFound, "no such path", ""};
  HttpResponse response = failure(error);
  allow_every_origin(response);
  return response;
}

HttpResponse Api::answer_match(const Match& found, const HttpRequest& request, UnixSeconds now,
                               Error& error) {
  const auto site = service_.site(found.site, now);
  if (!site) {
    error = site.error();
    HttpResponse response = failure(error);
    allow_every_origin(response);
    return response;
  }
  if (!is_origin_allowed(request, *site)) {
    error = {ErrorCode::OriginNotAllowed, "the site does not allow this origin", ""};
    HttpResponse response = failure(error);
    // The refusal itself is no secret, and a widget that cannot read it could only guess at the
    // network.
    allow_every_origin(response);
    response.add_header("Vary", "Origin");
    return response;
  }

  HttpResponse response;
  if (request.method == "OPTIONS") {
    response = preflight_answer(allowed_methods(request.path));
  } else if (found.route == nullptr) {
    error = {ErrorCode::MethodNotAllowed, "not with this method", ""};
    response = failure(error);
    response.add_header("Allow", allowed_methods(request.path));
  } else {
    const auto call = to_call(found, request, *site, now);
    Result<HttpResponse> handled =
        call ? (this->*found.route->handler)(*call) : Result<HttpResponse>(call.error());
    if (!handled) error = handled.error();
    response = handled ? std::move(*handled) : failure(error);
  }
  allow_origin(request, *site, response);
  response.add_header("Vary", "Authorization, Origin, Accept-Encoding");
  return response;
}

Result<Api::Call> Api::to_call(const Match& found, const HttpRequest& request, const Site& site,
                               UnixSeconds now) const {
  auto token = bearer_token(request);
  if (!token) return token.error();
  if (request.body.size() > kMaxRequestBytes) {
    return Error{ErrorCode::BodyTooLarge, "the body is larger than 64 KiB", ""};
  }
  Caller caller{std::move(*token), client_address(request, options_), now};
  return Call{request, site, std::move(caller), found.thread, found.comment, found.kind};
}

}  // namespace parlance
