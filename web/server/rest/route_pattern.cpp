#include "web/server/rest/route_pattern.h"

#include "web/server/rest/http.h"

namespace parlance {

std::optional<std::array<std::string, RoutePattern::kMostNames>> RoutePattern::taken(
    const PathParts& path) const {
  std::array<std::string, kMostNames> names;
  std::size_t count = 0;
  for (std::size_t i = 0; i < parts_.size() && count < kMostNames; ++i) {
    if (!is_name(parts_[i])) continue;
    auto decoded = percent_decoded(path[i]);
    if (!decoded) return std::nullopt;
    names[count++] = std::move(*decoded);
  }
  return names;
}

}  // namespace parlance
