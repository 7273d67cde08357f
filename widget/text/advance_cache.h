// Remembers how wide runs are: asking the engine costs microseconds, remembering costs tens of
// nanoseconds.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "widget/text/line_sums.h"
#include "widget/text/runs.h"
#include "widget/text/text_engine.h"

namespace parlance {

class AdvanceCache {
 public:
  // `engine` must live longer than the cache.
  explicit AdvanceCache(TextEngine& engine) : engine_(engine), sums_(engine) {}

  float advance(std::string_view run, const Face& face);
  FaceMetrics metrics(const Face& face);

  // Fills in the advances of those runs of `text` that have this style, between the spaces that
  // they stand between: fonts kern across spaces. What is not known yet is asked for at once.
  void measure(std::string_view text, std::span<Run> runs, const Face& face, std::uint8_t style);

  // Every width is void, e.g. because a font has finished loading.
  void clear();

  TextEngine& engine() { return engine_; }

 private:
  // A text is known by its hash alone: hostile texts that collide cost one reader a crooked line.
  struct Known {
    std::uint64_t key = 0;  // 0: nothing is known here.
    float width = 0;
  };
  struct Missing {
    std::uint64_t key = 0;
    Run* run = nullptr;
    bool follows_space = false;
  };
  struct KnownMetrics {
    Face face;
    FaceMetrics metrics;
  };
  const Known* find(std::uint64_t key) const;
  void keep(std::uint64_t key, float width);
  void find_missing(std::string_view text, std::span<Run> runs, const Face& face,
                    std::uint8_t style);
  void measure_missing(std::string_view text, const Face& face);

  TextEngine& engine_;
  LineSums sums_;
  std::vector<Known> known_;
  std::vector<KnownMetrics> metrics_;
  // Kept for their memory.
  std::vector<Missing> missing_;
  std::vector<float> widths_;
  std::string joined_;
};

}  // namespace parlance
