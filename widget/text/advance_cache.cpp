#include "widget/text/advance_cache.h"

#include "widget/core/fnv.h"

namespace parlance {
namespace {

// A bound against hostile text: what is dropped is simply measured again. About 4 MB at most.
constexpr std::size_t kMaxRunsPerFace = 40'000;
// Longer runs are as good as never seen twice.
constexpr std::size_t kMaxKeptBytes = 64;

}  // namespace

std::size_t AdvanceCache::Hash::operator()(std::string_view text) const { return fnv1a(text); }

AdvanceCache::Known& AdvanceCache::known(const Face& face) {
  for (Known& known : faces_) {
    if (known.face == face) return known;
  }
  return faces_.emplace_back(Known{face, engine_.metrics(face), {}});
}

FaceMetrics AdvanceCache::metrics(const Face& face) { return known(face).metrics; }

float AdvanceCache::advance(std::string_view run, const Face& face) {
  if (run.empty()) return 0;
  if (run.size() > kMaxKeptBytes) return engine_.advance(run, face);
  Known& of_face = known(face);
  const auto found = of_face.widths.find(run);
  if (found != of_face.widths.end()) return found->second;
  if (of_face.widths.size() >= kMaxRunsPerFace) of_face.widths.clear();
  const float width = engine_.advance(run, face);
  of_face.widths.emplace(std::string(run), width);
  return width;
}

}  // namespace parlance
