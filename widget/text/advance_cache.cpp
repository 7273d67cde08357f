#include "widget/text/advance_cache.h"

#include <bit>
#include <utility>

#include "widget/core/hash.h"

namespace parlance {
namespace {

constexpr std::size_t kFirstSize = 1 << 10;
// A bound against hostile text: what is dropped is simply measured again. 1 MB.
constexpr std::size_t kMostSize = 1 << 16;
// Pages whose letters have another size at each width of the window have many.
constexpr std::size_t kMostFaces = 48;
// A key stands in one of as many neighbouring places.
constexpr std::size_t kPlaces = 4;

std::uint64_t key_of(std::string_view text, const Face& face, unsigned spaces) {
  Hash hash(static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(face.size)) << 32 |
            static_cast<std::uint64_t>(face.weight) << 8 |
            static_cast<std::uint64_t>(face.family) << 3 |
            static_cast<std::uint64_t>(face.is_italic) << 2 | spaces);
  hash.add(text);
  return hash.value() | 1;
}

}  // namespace

const AdvanceCache::Known* AdvanceCache::find(std::uint64_t key) const {
  if (known_.empty()) return nullptr;
  for (std::size_t i = 0; i < kPlaces; ++i) {
    const Known& known = known_[((key >> 8) + i) & (known_.size() - 1)];
    if (known.key == key) return &known;
  }
  return nullptr;
}

void AdvanceCache::keep(std::uint64_t key, float width) {
  if (known_.empty()) known_.resize(kFirstSize);
  for (;;) {
    const auto place = [&](std::uint64_t i) -> Known& {
      return known_[((key >> 8) + i) & (known_.size() - 1)];
    };
    for (std::size_t i = 0; i < kPlaces; ++i) {
      if (place(i).key != 0) continue;
      place(i) = {key, width};
      return;
    }
    if (known_.size() >= kMostSize) {
      place(key >> 4 & (kPlaces - 1)) = {key, width};
      return;
    }
    std::vector<Known> before(known_.size() * 2);
    before.swap(known_);
    for (const Known& known : before) {
      if (known.key != 0) keep(known.key, known.width);
    }
  }
}

FaceMetrics AdvanceCache::metrics(const Face& face) {
  for (const KnownMetrics& known : metrics_) {
    if (known.face == face) return known.metrics;
  }
  if (metrics_.size() >= kMostFaces) metrics_.clear();
  return metrics_.emplace_back(KnownMetrics{face, engine_.metrics(face)}).metrics;
}

float AdvanceCache::advance(std::string_view run, const Face& face) {
  if (run.empty()) return 0;
  const std::uint64_t key = key_of(run, face, 0);
  if (const Known* const known = find(key)) return known->width;
  float width = 0;
  engine_.measure_runs(run, face, {&width, 1});
  keep(key, width);
  return width;
}

void AdvanceCache::measure(std::string_view text, std::span<Run> runs, const Face& face,
                           std::uint8_t style) {
  find_missing(text, runs, face, style);
  if (missing_.empty()) return;
  sums_.measure(text, runs, face, style);
  std::erase_if(missing_, [&](const Missing& missing) {
    if (missing.run->is_measured) keep(missing.key, missing.run->advance);
    return missing.run->is_measured;
  });
  if (!missing_.empty()) measure_missing(text, face);
}

void AdvanceCache::find_missing(std::string_view text, std::span<Run> runs, const Face& face,
                                std::uint8_t style) {
  missing_.clear();
  bool follows_space = false;
  for (Run& run : runs) {
    const bool is_behind_space = std::exchange(follows_space, run.has_space);
    if (run.style != style || run.begin == run.end) continue;
    const std::uint64_t key = key_of(text.substr(run.begin, run.end - run.begin), face,
                                     (is_behind_space ? 2 : 0) + (run.has_space ? 1 : 0));
    if (const Known* const known = find(key)) {
      run.advance = known->width;
      run.is_measured = true;
      continue;
    }
    missing_.push_back({key, &run, is_behind_space});
  }
}

void AdvanceCache::measure_missing(std::string_view text, const Face& face) {
  const float space = advance(" ", face);
  joined_.clear();
  for (const auto& [key, run, follows_space] : missing_) {
    const int before = follows_space ? 1 : 0;
    const int after = run->has_space ? 1 : 0;
    if (!joined_.empty()) joined_.push_back('\n');
    joined_.append(before, ' ').append(text.substr(run->begin, run->end - run->begin));
    joined_.append(after, ' ');
    run->advance = -space * static_cast<float>(before + after);
  }
  widths_.resize(missing_.size());
  engine_.measure_runs(joined_, face, widths_);
  for (std::size_t i = 0; i < missing_.size(); ++i) {
    missing_[i].run->advance += widths_[i];
    keep(missing_[i].key, missing_[i].run->advance);
  }
}

void AdvanceCache::clear() {
  known_.clear();
  metrics_.clear();
  sums_.clear();
}

}  // namespace parlance
