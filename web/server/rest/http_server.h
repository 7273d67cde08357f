// Brings the routes and the files onto a socket. Everything about Drogon, the HTTP library, is in
// http_server.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "web/server/rest/api.h"
#include "web/server/rest/live_feed.h"
#include "web/server/rest/mail_pages.h"
#include "web/server/rest/static_files.h"

namespace parlance {

struct HttpServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;    // 0: whichever is free.
  bool shares_port = false;  // With another process that listens there already.
  int threads = 1;           // That read requests. More wait for the database.
  bool logs_requests = true;
  std::chrono::seconds longest_request{20};  // So long a request may take to come in.
  std::chrono::seconds drain{2};  // So long who is being served may ask for more, at the end.
  std::string metrics_token;      // Empty: only this machine may ask for the metrics.
};

// What is served. All of it must outlive the serving.
struct Served {
  Service& service;
  Api& api;
  LiveFeed& feed;
  const StaticFiles& files;
  std::function<void()> settle;  // Waits for what is still to be published. May be empty.
  MailPages& mail_pages;
  std::function<void(Metrics&)> add_metrics;  // What others count. May be empty.
};

// Serves until the process gets SIGTERM or SIGINT; then accepts nothing more, finishes what it has
// begun, ends event streams and returns, within a few seconds.
// Once it can be reached it prints "parlance-server listening on http://ADDRESS:PORT" to standard
// output. Fails with Unavailable when the address cannot be listened on. REQUIRES: called once in a
// process, from its first thread, before any other was started.
Status serve(const Served& served, const HttpServerOptions& options);

}  // namespace parlance
