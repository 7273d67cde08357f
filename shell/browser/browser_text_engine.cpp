#include "shell/browser/browser_text_engine.h"

#include <array>
#include <charconv>
#include <cmath>

#include "shell/browser/canvas_text.h"
#include "shell/browser/host.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

void append(std::string& text, long number) {
  std::array<char, 24> digits{};
  text.append(digits.data(),
              std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

}  // namespace

BrowserTextEngine::BrowserTextEngine(int host, std::string_view mono_family)
    : host_(host), mono_family_(mono_family) {}

bool BrowserTextEngine::set_page(std::string_view page_family, float scale) {
  if (page_family == page_family_ && scale == scale_) return false;
  page_family_ = page_family;
  scale_ = scale;
  fonts_.clear();
  return true;
}

TextMeasures BrowserTextEngine::measure(std::string_view text, const Face& face, float scale,
                                        TextDirection direction) {
  TextMeasures measures{};
  std::string storage;
  const std::string_view shaped = canvas_text(text, storage);
  parlance_host_text_measure(host_, font_for(face, scale), direction == TextDirection::RightToLeft,
                             shaped.data(), shaped.size(), &measures.advance);
  return measures;
}

FaceMetrics BrowserTextEngine::metrics(const Face& face) {
  const TextMeasures measures = measure("x", face, scale_, TextDirection::LeftToRight);
  return {.ascent = measures.ascent / scale_, .descent = measures.descent / scale_};
}

void BrowserTextEngine::measure_runs(std::string_view runs, const Face& face,
                                     std::span<float> widths) {
  std::string storage;
  const std::string_view shaped = canvas_text(runs, storage);
  parlance_host_text_measure_runs(host_, font_for(face, scale_), shaped.data(), shaped.size(),
                                  widths.data(), widths.size());
  for (float& width : widths) width /= scale_;
}

void BrowserTextEngine::place(std::string_view line, TextDirection direction,
                              std::span<const LinePart> parts, std::span<LinePlace> places) {
  std::vector<std::uint32_t> told;
  std::size_t at = 0;
  std::uint32_t units = 0;
  for (const LinePart& part : parts) {
    while (at < part.end) {
      const std::size_t bytes = decode_at(line, at).bytes;
      units += bytes == 4 ? 2 : 1;
      at += bytes;
    }
    // The page is laid out in CSS pixels.
    told.insert(told.end(), {units, static_cast<std::uint32_t>(font_for(part.face, 1))});
  }
  static_assert(sizeof(LinePlace) == 2 * sizeof(float));
  parlance_host_text_place(host_, direction == TextDirection::RightToLeft, line.data(), line.size(),
                           told.data(), &places.data()->x, places.size());
}

bool BrowserTextEngine::find_words(std::string_view text, std::span<std::uint8_t> starts) {
  return parlance_host_text_find_words(host_, text.data(), text.size(), starts.data()) != 0;
}

int BrowserTextEngine::font_for(const Face& face, float scale) {
  for (std::size_t font = 0; font < fonts_.size(); ++font) {
    if (fonts_[font].face == face && fonts_[font].scale == scale) return static_cast<int>(font);
  }
  // "italic 700 16000e-3px Georgia": a CSS number may have an exponent, and so needs no decimal
  // point.
  std::string css = face.is_italic ? "italic " : "";
  append(css, face.weight);
  css += ' ';
  append(css, std::lround(face.size * scale * 1000));
  css += "e-3px ";
  css += face.family == FaceFamily::Mono ? mono_family_ : page_family_;
  fonts_.push_back({face, scale});
  const int font = static_cast<int>(fonts_.size()) - 1;
  parlance_host_text_font(host_, font, css.data(), css.size());
  return font;
}

}  // namespace parlance
