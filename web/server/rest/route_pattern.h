// Paths and the patterns that they fit, part by part:
//
//   pattern   ("/" (text | "{" name "}"))+     a name takes any one part
//
// Patterns are taken apart when the program is compiled. A path is taken apart once for all of
// them, and only what a name took is decoded, so that looking for a route allocates nothing.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parlance {

// The parts of a path between its slashes, still percent-encoded. A view of the path.
class PathParts {
 public:
  static constexpr std::size_t kMost = 10;

  constexpr explicit PathParts(std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    while (!path.empty()) {
      const std::size_t end = path.find('/');
      if (size_ < kMost) parts_[size_] = path.substr(0, end);
      ++size_;
      path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
    }
  }

  // Larger than kMost when there were more than it holds; such a path fits no pattern.
  constexpr std::size_t size() const { return size_; }
  constexpr std::string_view operator[](std::size_t at) const { return parts_[at]; }

 private:
  std::array<std::string_view, kMost> parts_{};
  std::size_t size_ = 0;
};

class RoutePattern {
 public:
  // Not explicit: routes are written as lists of texts. REQUIRES: a string literal.
  constexpr RoutePattern(const char* text) : text_(text), parts_(text_) {}

  constexpr std::string_view text() const { return text_; }

  constexpr bool fits(const PathParts& path) const {
    if (path.size() != parts_.size() || path.size() > PathParts::kMost) return false;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (!is_name(parts_[i]) && parts_[i] != path[i]) return false;
    }
    return true;
  }

  // What the names take, in order and decoded; the rest stays empty. Nothing when one of them
  // cannot be decoded. REQUIRES: fits(path).
  static constexpr std::size_t kMostNames = 4;
  std::optional<std::array<std::string, kMostNames>> taken(const PathParts& path) const;

 private:
  static constexpr bool is_name(std::string_view part) { return part.starts_with('{'); }

  std::string_view text_;
  PathParts parts_;
};

}  // namespace parlance
