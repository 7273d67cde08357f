#include "web/server/rest/http.h"

#include <algorithm>

namespace parlance {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// What stands before the separator, which goes with it.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

}  // namespace

bool is_this_machine(const HttpRequest& request) {
  if (!request.forwarded_for.empty()) return false;
  return request.address.starts_with("127.") || request.address == "::1";
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded.push_back(text[at]);
      continue;
    }
    if (at + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[at + 1]);
    const int low = hex_value(text[at + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded.push_back(static_cast<char>(high * 16 + low));
    at += 2;
  }
  return decoded;
}

std::optional<std::multimap<std::string, std::string>> query_parameters(std::string_view query) {
  std::multimap<std::string, std::string> parameters;
  while (!query.empty()) {
    std::string pair(take_until(query, '&'));
    if (pair.empty()) continue;
    std::replace(pair.begin(), pair.end(), '+', ' ');
    std::string_view rest = pair;
    const auto name = percent_decoded(take_until(rest, '='));
    const auto value = percent_decoded(rest);
    if (!name || !value) return std::nullopt;
    parameters.emplace(*name, *value);
  }
  return parameters;
}

}  // namespace parlance
