#include "web/server/transfer/source_text.h"

#include <array>
#include <charconv>
#include <chrono>
#include <optional>

#include "web/server/transfer/sources.h"

namespace parlance {
namespace {

// Exactly so many digits from the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  int number = 0;
  if (text.size() < digits) return std::nullopt;
  const char* end = text.data() + digits;
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end || number < 0) return std::nullopt;
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// Seconds that the place is ahead of UTC.
std::optional<int> zone_of(std::string_view text) {
  if (text.empty() || text == "Z") return 0;
  const int sign = text.front() == '-' ? -1 : 1;
  if (!take(text, "+-")) return std::nullopt;
  const auto hours = take_number(text, 2);
  take(text, ":");
  const auto minutes = take_number(text, 2);
  if (!hours || !minutes || !text.empty()) return std::nullopt;
  return sign * (*hours * 3'600 + *minutes * 60);
}

}  // namespace

UnixSeconds time_from(std::string_view text) {
  std::array<int, 6> parts{};
  constexpr std::array<std::string_view, 6> kBefore = {"", "-", "-", "T ", ":", ":"};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!kBefore[i].empty() && !take(text, kBefore[i])) return 0;
    const auto number = take_number(text, i == 0 ? 4 : 2);
    if (!number) return 0;
    parts[i] = *number;
  }
  if (take(text, ".")) {
    while (take(text, "0123456789")) {
    }
  }
  const auto zone = zone_of(text);
  const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (!zone || !day.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 60) return 0;
  const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
  return days * 86'400 + parts[3] * 3'600 + parts[4] * 60 + parts[5] - *zone;
}

std::string path_of(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
    const std::size_t slash = url.find('/');
    url = slash == std::string_view::npos ? std::string_view("/") : url.substr(slash);
  }
  url = url.substr(0, url.find_first_of("?#"));
  for (const std::string_view end : {"/index.html", "/index.htm", "/"}) {
    if (!url.ends_with(end)) continue;
    url.remove_suffix(end.size());
    break;
  }
  return url.empty() ? "/" : std::string(url);
}

std::string ThreadKeys::key(const std::string& url, const std::string& id) const {
  const std::string path = path_of(url);
  for (const std::string& name : {url, path, id}) {
    if (name.empty()) continue;
    if (const auto wanted = mapped.find(name); wanted != mapped.end()) return wanted->second;
  }
  if (form == Form::Id) return id;
  if (url.empty()) return {};
  return form == Form::Url ? url : path;
}

}  // namespace parlance
