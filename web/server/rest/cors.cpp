#include "web/server/rest/cors.h"

#include <algorithm>

namespace parlance {
namespace {

constexpr const char* kReadableHeaders = "ETag, Retry-After";

bool is_own_host(const HttpRequest& request) {
  const std::string_view origin = request.origin;
  const std::size_t scheme_end = origin.find("://");
  if (scheme_end == std::string_view::npos || request.host.empty()) return false;
  return origin.substr(scheme_end + 3) == request.host;
}

bool allows_all(const Site& site) {
  return std::find(site.origins.begin(), site.origins.end(), "*") != site.origins.end();
}

}  // namespace

bool is_origin_allowed(const HttpRequest& request, const Site& site) {
  if (request.origin.empty() || allows_all(site) || is_own_host(request)) return true;
  return std::find(site.origins.begin(), site.origins.end(), request.origin) != site.origins.end();
}

void allow_origin(const HttpRequest& request, const Site& site, HttpResponse& response) {
  if (request.origin.empty()) return;
  response.add_header("Access-Control-Allow-Origin", allows_all(site) ? "*" : request.origin);
  response.add_header("Access-Control-Expose-Headers", kReadableHeaders);
}

void allow_every_origin(HttpResponse& response) {
  response.add_header("Access-Control-Allow-Origin", "*");
  response.add_header("Access-Control-Expose-Headers", kReadableHeaders);
}

HttpResponse preflight_answer(std::string_view allowed_methods) {
  HttpResponse response;
  response.status = 204;
  response.add_header("Access-Control-Allow-Methods", std::string(allowed_methods));
  response.add_header("Access-Control-Allow-Headers",
                      "authorization, content-type, idempotency-key, if-none-match, last-event-id");
  response.add_header("Access-Control-Max-Age", "86400");
  return response;
}

}  // namespace parlance
