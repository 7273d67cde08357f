#include "web/server/rest/security_headers.h"

#include <algorithm>

namespace parlance {

void add_security_headers(HttpResponse& response) {
  const auto add = [&](const char* name, const char* value) {
    const auto is_it = [&](const auto& header) { return header.first == name; };
    if (std::any_of(response.headers.begin(), response.headers.end(), is_it)) return;
    response.add_header(name, value);
  };
  add("X-Content-Type-Options", "nosniff");
  add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  add("Referrer-Policy", "no-referrer");
  // Pages that isolate themselves may read what they are allowed to read.
  add("Cross-Origin-Resource-Policy", "cross-origin");
}

}  // namespace parlance
