#include "shell/headless/headless_text.h"

#include <algorithm>

#include "widget/core/utf8.h"
#include "widget/text/characters.h"

namespace parlance {
namespace {

float width_of(std::string_view run, const Face& face) {
  float ems = 0;
  for (std::size_t at = 0; at < run.size();) {
    const CodePoint point = decode_at(run, at);
    at += point.bytes;
    if (extends_cluster(point.value)) continue;
    ems += break_class(point.value) == BreakClass::Ideograph ? 1.0f : 0.5f;
  }
  return ems * face.size;
}

}  // namespace

FaceMetrics HeadlessText::metrics(const Face& face) {
  return {.ascent = face.size * 0.8f, .descent = face.size * 0.2f};
}

void HeadlessText::measure_runs(std::string_view runs, const Face& face, std::span<float> widths) {
  ++measurings;
  for (float& width : widths) {
    ++measured;
    const std::size_t end = std::min(runs.find('\n'), runs.size());
    width = width_of(runs.substr(0, end), face);
    runs.remove_prefix(std::min(end + 1, runs.size()));
  }
}

void HeadlessText::place(std::string_view line, TextDirection direction,
                         std::span<const LinePart> parts, std::span<LinePlace> places) {
  ++placed;
  float x = 0;
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const float width = width_of(line.substr(begin, parts[i].end - begin), parts[i].face);
    places[i] = {x, width};
    x += width;
    begin = parts[i].end;
  }
  if (direction == TextDirection::LeftToRight) return;
  for (LinePlace& place : places) place.x = x - place.x - place.width;
}

bool HeadlessText::find_words(std::string_view text, std::span<std::uint8_t> starts) {
  int letters = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_at(text, at);
    const bool is_letter = break_class(point.value) == BreakClass::Unspaced;
    if (is_letter && letters % 3 == 0) starts[at] = 1;
    if (!extends_cluster(point.value)) letters = is_letter ? letters + 1 : 0;
    at += point.bytes;
  }
  return true;
}

std::optional<Sprite> HeadlessText::raster(const Strip& strip) {
  ++rasterised;
  const float width = width_of(strip.text, strip.face);
  return Sprite{.texture = 1,
                .u1 = 1,
                .v1 = 1,
                .top = -strip.face.size * 0.8f,
                .width = width,
                .height = strip.face.size,
                .advance = width};
}

}  // namespace parlance
