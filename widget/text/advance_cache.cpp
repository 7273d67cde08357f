#include "widget/text/advance_cache.h"

#include "widget/core/fnv.h"

namespace parlance {
namespace {

// Bounds against hostile text, and against pages whose letters have another size at each width of
// the window: what is dropped is simply measured again. About 6 MB at most.
constexpr std::size_t kMaxRuns = 60'000;
constexpr std::size_t kMaxFaces = 48;
// Longer runs are as good as never seen twice.
constexpr std::size_t kMaxKeptBytes = 64;

}  // namespace

std::size_t AdvanceCache::Hash::operator()(std::string_view text) const { return fnv1a(text); }

AdvanceCache::Known& AdvanceCache::known(const Face& face) {
  for (Known& known : faces_) {
    if (known.face == face) return known;
  }
  if (faces_.size() >= kMaxFaces) clear();
  return faces_.emplace_back(Known{face, engine_.metrics(face), {}});
}

FaceMetrics AdvanceCache::metrics(const Face& face) { return known(face).metrics; }

float AdvanceCache::advance(std::string_view run, const Face& face) {
  if (run.empty()) return 0;
  if (run.size() > kMaxKeptBytes) return engine_.advance(run, face);
  const auto& widths = known(face).widths;
  const auto found = widths.find(run);
  if (found != widths.end()) return found->second;
  if (runs_ >= kMaxRuns) clear();
  ++runs_;
  const float width = engine_.advance(run, face);
  known(face).widths.emplace(std::string(run), width);
  return width;
}

}  // namespace parlance
