#include "web/server/store/connection.h"

namespace parlance {

ErrorCode code_of(Failure failure) {
  switch (failure) {
    case Failure::Full:
    case Failure::ReadOnly:
      return ErrorCode::ReadOnly;
    case Failure::Slow:
      return ErrorCode::Overloaded;
    case Failure::Conflict:
    case Failure::Lost:
      return ErrorCode::Unavailable;
    case Failure::None:
    case Failure::Other:
      return ErrorCode::Internal;
  }
  return ErrorCode::Internal;
}

std::string Connection::list_of(std::span<const std::int64_t> numbers) const {
  std::string list;
  for (const std::int64_t number : numbers)
    list += (list.empty() ? "" : ",") + std::to_string(number);
  return engine() == Engine::Sqlite ? "[" + list + "]" : "{" + list + "}";
}

Error Connection::error(std::string_view what) const {
  std::string text = "database: " + message_ + " (";
  text += what.substr(0, what.find('\n'));
  text += ")";
  return {code_of(failure_), std::move(text), ""};
}

}  // namespace parlance
