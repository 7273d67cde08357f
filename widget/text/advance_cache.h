// Remembers how wide runs are: asking the engine costs microseconds, remembering costs tens of
// nanoseconds.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "widget/text/text_engine.h"

namespace parlance {

class AdvanceCache {
 public:
  // `engine` must live longer than the cache.
  explicit AdvanceCache(TextEngine& engine) : engine_(engine) {}

  float advance(std::string_view run, const Face& face);
  FaceMetrics metrics(const Face& face);

  // Every width is void, e.g. because a font has finished loading.
  void clear() {
    faces_.clear();
    runs_ = 0;
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const;
  };
  struct Known {
    Face face;
    FaceMetrics metrics;
    std::unordered_map<std::string, float, Hash, std::equal_to<>> widths;
  };
  Known& known(const Face& face);

  TextEngine& engine_;
  std::vector<Known> faces_;
  std::size_t runs_ = 0;  // Of all faces.
};

}  // namespace parlance
