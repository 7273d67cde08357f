#include "shell/headless/headless_text.h"

#include "widget/core/utf8.h"
#include "widget/text/characters.h"

namespace parlance {

FaceMetrics HeadlessText::metrics(const Face& face) {
  return {.ascent = face.size * 0.8f, .descent = face.size * 0.2f};
}

float HeadlessText::advance(std::string_view run, const Face& face) {
  ++measured;
  float ems = 0;
  for (std::size_t at = 0; at < run.size();) {
    const CodePoint point = decode_at(run, at);
    at += point.bytes;
    if (extends_cluster(point.value)) continue;
    ems += break_class(point.value) == BreakClass::Ideograph ? 1.0f : 0.5f;
  }
  return ems * face.size;
}

std::optional<Sprite> HeadlessText::raster(const Strip& strip) {
  ++rasterised;
  const float width = advance(strip.text, strip.face);
  --measured;
  return Sprite{.texture = 1,
                .u1 = 1,
                .v1 = 1,
                .top = -strip.face.size * 0.8f,
                .width = width,
                .height = strip.face.size,
                .advance = width};
}

}  // namespace parlance
