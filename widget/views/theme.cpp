#include "widget/views/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

namespace parlance {
namespace {

using Channels = std::array<float, 3>;  // sRGB, 0 to 1.

Channels channels(Rgba colour) {
  return {static_cast<float>(colour >> 24 & 0xFF) / 255,
          static_cast<float>(colour >> 16 & 0xFF) / 255,
          static_cast<float>(colour >> 8 & 0xFF) / 255};
}

Rgba packed(const Channels& colour) {
  Rgba result = 0xFF;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto byte = static_cast<Rgba>(std::lround(std::clamp(colour[i], 0.0f, 1.0f) * 255));
    result |= byte << (24 - 8 * i);
  }
  return result;
}

Rgba mix(Rgba from, Rgba to, float share) {
  const Channels a = channels(from);
  const Channels b = channels(to);
  return packed(
      {a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share});
}

// WCAG 2.2, "relative luminance".
float luminance(Rgba colour) {
  const auto linear = [](float c) {
    return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
  };
  const Channels c = channels(colour);
  return 0.2126f * linear(c[0]) + 0.7152f * linear(c[1]) + 0.0722f * linear(c[2]);
}

Rgba black_or_white(Rgba background) {
  return contrast(0x000000FF, background) >= contrast(0xFFFFFFFF, background) ? 0x000000FF
                                                                              : 0xFFFFFFFF;
}

// `colour`, moved towards `pole` just as far as the contrast with every one of the grounds asks
// for.
Rgba readable(Rgba colour, std::initializer_list<Rgba> grounds, Rgba pole, float ratio) {
  for (int step = 0; step < 20; ++step) {
    const Rgba candidate = mix(colour, pole, static_cast<float>(step) / 20);
    const bool is_readable = std::all_of(grounds.begin(), grounds.end(), [&](Rgba ground) {
      return contrast(candidate, ground) >= ratio;
    });
    if (is_readable) return candidate;
  }
  return pole;
}

// A ground of its own kind: towards `colour`, unless text could not be read there; then the other
// way.
Rgba tinted(Rgba ground, Rgba colour, Rgba pole, float share, float ratio) {
  const Rgba tint = mix(ground, colour, share);
  if (contrast(pole, tint) >= ratio) return tint;
  const Rgba other_pole = pole == 0xFFFFFFFF ? 0x000000FF : 0xFFFFFFFF;
  return mix(ground, other_pole, share);
}

}  // namespace

float contrast(Rgba one, Rgba other) {
  const float a = luminance(one);
  const float b = luminance(other);
  return (std::max(a, b) + 0.05f) / (std::min(a, b) + 0.05f);
}

Palette palette_for(const PageStyle& page) {
  constexpr float kTextRatio = 4.5f;
  constexpr float kEdgeRatio = 3.0f;
  const Rgba ground = page.background | 0xFF;
  const Rgba pole = black_or_white(ground);
  const bool is_dark = luminance(ground) < 0.18f;

  Palette palette;
  palette.background = ground;
  const Rgba text = readable(page.text | 0xFF, {ground}, pole, kTextRatio);
  palette.hover = tinted(ground, text, pole, is_dark ? 0.14f : 0.07f, kTextRatio);
  palette.highlight = tinted(ground, page.link | 0xFF, pole, is_dark ? 0.2f : 0.09f, kTextRatio);
  palette.surface = is_dark ? tinted(ground, pole, pole, 0.05f, kTextRatio)
                            : tinted(ground, 0xFFFFFFFF, pole, 0.6f, kTextRatio);
  palette.faint = mix(ground, text, is_dark ? 0.24f : 0.16f);

  // Text may stand on a hovered or highlighted ground, so it is held against all of them.
  const auto on_all = [&](Rgba colour, float ratio) {
    return readable(colour, {ground, palette.hover, palette.highlight, palette.surface}, pole,
                    ratio);
  };
  palette.text = on_all(text, kTextRatio);
  palette.muted = on_all(mix(ground, palette.text, 0.6f), kTextRatio);
  palette.border =
      readable(mix(ground, palette.text, 0.35f), {ground, palette.surface}, pole, kEdgeRatio);
  palette.accent = on_all(page.link | 0xFF, kTextRatio);
  palette.on_accent = black_or_white(palette.accent);
  palette.danger = on_all(is_dark ? 0xFF8A80FF : 0xB3261EFF, kTextRatio);
  palette.focus = readable(page.link | 0xFF, {ground}, pole, kEdgeRatio);
  return palette;
}

}  // namespace parlance
