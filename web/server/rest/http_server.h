// Brings the routes and the files onto a socket. Everything about Drogon, the HTTP library, is in
// http_server.cpp.
#pragma once

#include <cstdint>
#include <string>

#include "web/server/rest/api.h"
#include "web/server/rest/live_feed.h"
#include "web/server/rest/static_files.h"

namespace parlance {

struct HttpServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: whichever is free.
  int threads = 1;         // That read requests. More wait for the database.
  bool logs_requests = true;
};

// Serves until the process gets SIGTERM or SIGINT; then finishes what it has begun and returns.
// Once it can be reached it prints "parlance-server listening on http://ADDRESS:PORT" to standard
// output. Fails with Unavailable when the address cannot be listened on. REQUIRES: called once in a
// process, from its first thread, before any other was started.
Status serve(Api& api, LiveFeed& feed, const StaticFiles& files, const HttpServerOptions& options);

}  // namespace parlance
