// What those who run the server ask it: whether it lives, whether it is ready, what it has counted.
#pragma once

#include <atomic>
#include <string>

#include "web/server/rest/http.h"
#include "web/server/rest/metrics.h"
#include "web/server/service/service.h"

namespace parlance {

// Safe to use from several threads at once.
class Operations {
 public:
  // Both must outlive it. An empty token: only this machine may ask for the metrics.
  Operations(Service& service, const Metrics& metrics, std::string metrics_token)
      : service_(service), metrics_(metrics), metrics_token_(std::move(metrics_token)) {}

  static std::vector<RouteName> routes();

  // Whether the path is one of these.
  static bool owns(std::string_view path);

  // Whether answering may take as long as the database does.
  static bool waits(std::string_view path);

  // REQUIRES: owns(request.path).
  HttpResponse answer(const HttpRequest& request, Error& error) const;

  // From now on it is not ready any more.
  void drain() { is_draining_ = true; }

 private:
  Result<HttpResponse> ready() const;
  Result<HttpResponse> metrics(const HttpRequest& request) const;
  bool may_see_metrics(const HttpRequest& request) const;

  Service& service_;
  const Metrics& metrics_;
  const std::string metrics_token_;
  std::atomic<bool> is_draining_ = false;
};

}  // namespace parlance
