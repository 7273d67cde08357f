#include "web/server/rest/operations.h"

#include <openssl/crypto.h>

#include "web/server/rest/failure.h"

namespace parlance {
namespace {

constexpr std::string_view kLivePath = "/healthz";
constexpr std::string_view kReadyPath = "/healthz/ready";
constexpr std::string_view kMetricsPath = "/metrics";

HttpResponse well() {
  HttpResponse response;
  response.content_type = "application/json";
  response.body = R"({"status":"ok"})";
  return response;
}

}  // namespace

std::vector<RouteName> Operations::routes() {
  return {{"GET", kLivePath}, {"GET", kReadyPath}, {"GET", kMetricsPath}};
}

bool Operations::owns(std::string_view path) {
  return path == kLivePath || path == kReadyPath || path == kMetricsPath;
}

bool Operations::waits(std::string_view path) { return path == kReadyPath; }

HttpResponse Operations::answer(const HttpRequest& request, Error& error) const {
  const auto answered = [&]() -> Result<HttpResponse> {
    if (request.method != "GET") {
      return Error{ErrorCode::MethodNotAllowed, "not with this method", ""};
    }
    if (request.path == kLivePath) return well();
    return request.path == kReadyPath ? ready() : metrics(request);
  }();
  if (!answered) error = answered.error();
  HttpResponse response = answered ? *answered : failure(error);
  if (error.code == ErrorCode::MethodNotAllowed) response.add_header("Allow", "GET");
  if (answered) response.add_header("Cache-Control", "no-store");
  for (const RouteName& route : routes()) {
    if (route.pattern == request.path && route.method == request.method) response.route = route;
  }
  return response;
}

Result<HttpResponse> Operations::ready() const {
  if (is_draining_) return Error{ErrorCode::Unavailable, "the server is stopping", ""};
  if (Status status = service_.check(); !status) return status.error();
  return well();
}

Result<HttpResponse> Operations::metrics(const HttpRequest& request) const {
  // That there are any is nobody else's business.
  if (!may_see_metrics(request)) return Error{ErrorCode::NotFound, "no such path", ""};
  HttpResponse response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = metrics_.text();
  return response;
}

bool Operations::may_see_metrics(const HttpRequest& request) const {
  if (metrics_token_.empty()) return is_this_machine(request);
  const std::string wanted = "Bearer " + metrics_token_;
  return request.authorization.size() == wanted.size() &&
         CRYPTO_memcmp(request.authorization.data(), wanted.data(), wanted.size()) == 0;
}

}  // namespace parlance
