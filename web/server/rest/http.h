// A request and its answer as the routes see them. Only http_server.cpp knows which library moves
// the bytes, and so every route can be tested without a socket.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/server/rest/metrics.h"
#include "web/server/rest/stream_gate.h"

namespace parlance {

struct HttpRequest {
  std::string method;  // In capitals; HEAD comes as GET.
  std::string path;    // As it was sent, still percent-encoded, without the query.
  std::string query;   // The same, without "?".
  std::string body;
  std::string address;  // Of who asks.

  // Headers; empty when they were not sent.
  std::string accept_encoding;
  std::string authorization;
  std::string content_type;
  std::string forwarded_for;
  std::string host;
  std::string idempotency_key;
  std::string if_modified_since;
  std::string if_none_match;
  std::string last_event_id;
  std::string origin;
  std::string request_id;  // As a proxy may have named it.
};

// What follows the body of a response that does not end: the events of a thread.
struct EventStream {
  static constexpr std::int64_t kForeign = -1;

  std::string thread;                // As LiveFeed::name() has it.
  std::optional<std::int64_t> seen;  // The version its reader knows; kForeign: of another database.
  std::int64_t current = 0;          // The thread's version in the database.
  std::unique_ptr<StreamGate::Place> place;
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string content_type;  // Empty: there is no body.
  std::string body;
  std::shared_ptr<EventStream> stream;  // Null: the response is all.
  RouteName route{};                    // Which one has answered; empty: none.

  void add_header(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
  }
};

// Whether it comes from this machine, and not from a proxy on it that asks for somebody else.
bool is_this_machine(const HttpRequest& request);

// The text with %XX resolved; nothing when there is a % without two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text);

// The parameters of a query; one that is given twice has both values, in order. "+" is a space, as
// forms send it. Nothing when one cannot be decoded.
std::optional<std::multimap<std::string, std::string>> query_parameters(std::string_view query);

}  // namespace parlance
