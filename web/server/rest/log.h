// The log: one JSON object a line on standard error. It never holds a token, an e-mail address or a
// text.
#pragma once

#include <chrono>
#include <string_view>

#include "web/server/rest/http.h"
#include "widget/core/result.h"

namespace parlance {

enum class LogLevel { Info, Warning, Error };

void log_event(LogLevel level, std::string_view event, std::string_view message);

struct RequestRecord {
  std::string_view id;
  std::string_view method;
  std::string_view path;  // Without the query.
  int status = 0;
  std::chrono::duration<double, std::milli> duration{};
  const Error* error = nullptr;  // What went wrong, if something did.
};
void log_request(const RequestRecord& record);

}  // namespace parlance
