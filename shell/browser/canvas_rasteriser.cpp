#include "shell/browser/canvas_rasteriser.h"

#include <GLES3/gl3.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "shell/browser/host.h"
#include "widget/core/hash.h"

namespace parlance {
namespace {

// The height of the staging canvas: some ten lines of text at three device pixels per CSS pixel.
constexpr int kStagingHeight = 256;

// Pages for lines that fit into one of the usual width, and for longer ones; no browser is without
// textures of 4096. Both take the same memory.
constexpr AtlasLimits kPages{};
constexpr AtlasLimits kWidePages{.page_width = 4096, .first_page_height = 256, .page_height = 512};

// Antialiasing may touch the texels around the ink.
constexpr int kInkMargin = 1;

AtlasKey key_of(const Strip& strip) {
  Hash one(1), two(2);
  const std::uint64_t look = static_cast<std::uint64_t>(strip.colour) << 32 |
                             static_cast<std::uint64_t>(strip.face.weight) << 8 |
                             static_cast<std::uint64_t>(strip.face.family) << 2 |
                             static_cast<std::uint64_t>(strip.face.is_italic) << 1 |
                             static_cast<std::uint64_t>(strip.direction);
  const std::uint64_t size =
      static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(strip.face.size)) << 32 |
      std::bit_cast<std::uint32_t>(strip.scale);
  for (Hash* const hash : {&one, &two}) {
    hash->add(look);
    hash->add(size);
    hash->add(strip.text);
  }
  return {one.value(), two.value()};
}

}  // namespace

CanvasRasteriser::CanvasRasteriser(int host, BrowserTextEngine& text)
    : host_(host), text_(text), atlas_(kPages), batch_(kStagingHeight) {
  parlance_host_staging_resize(host_, atlas_.page_width(), kStagingHeight);
}

CanvasRasteriser::~CanvasRasteriser() {
  delete_textures();
  parlance_host_staging_resize(host_, 0, 0);
}

void CanvasRasteriser::set_line_width(int device_pixels) {
  const AtlasLimits limits = device_pixels < kPages.page_width ? kPages : kWidePages;
  if (limits.page_width == atlas_.page_width()) return;
  forget_strips();
  delete_textures();
  atlas_ = StripAtlas(limits);
  parlance_host_staging_resize(host_, limits.page_width, kStagingHeight);
}

void CanvasRasteriser::forget_strips() {
  atlas_.clear();
  if (batch_.used_height() > 0) {
    parlance_host_staging_clear(host_, atlas_.page_width(), batch_.used_height());
  }
  batch_.clear();
}

std::size_t CanvasRasteriser::atlas_bytes() const {
  constexpr std::size_t kBytesPerTexel = 4;
  std::size_t texels = 0;
  for (int page = 0; page < static_cast<int>(textures_.size()); ++page) {
    texels += static_cast<std::size_t>(atlas_.page_width()) * atlas_.page_height(page);
  }
  return texels * kBytesPerTexel;
}

std::optional<Sprite> CanvasRasteriser::raster(const Strip& strip) {
  if (strip.text.empty()) return std::nullopt;
  const AtlasKey key = key_of(strip);
  const AtlasPlace* place = atlas_.find(key);
  if (place == nullptr) place = draw(strip, key);
  if (place == nullptr) return std::nullopt;

  const float page_width = static_cast<float>(atlas_.page_width());
  const float page_height = static_cast<float>(atlas_.page_height(place->page));
  return Sprite{.texture = textures_[place->page],
                .u0 = static_cast<float>(place->x) / page_width,
                .v0 = static_cast<float>(place->y) / page_height,
                .u1 = static_cast<float>(place->x + place->width) / page_width,
                .v1 = static_cast<float>(place->y + place->height) / page_height,
                .left = -place->pen_x / strip.scale,
                .top = -place->pen_y / strip.scale,
                .width = static_cast<float>(place->width) / strip.scale,
                .height = static_cast<float>(place->height) / strip.scale,
                .advance = place->advance};
}

const AtlasPlace* CanvasRasteriser::draw(const Strip& strip, const AtlasKey& key) {
  const TextMeasures measures = text_.measure(strip.text, strip.face, strip.scale, strip.direction);
  // The pen stands on a whole device pixel of the strip, so texels fall onto pixels wherever the
  // caller's pen does.
  // Chromium leaves out a line from right to left whose ink begins behind a space, if what it may
  // draw on does not begin at the pen.
  const int left = static_cast<int>(std::ceil(std::max(measures.left, 0.0f))) + kInkMargin;
  // Firefox tells the ink of the first run only where a line has runs of both directions.
  const float right_edge = std::max(measures.right, measures.advance);
  const int right = static_cast<int>(std::ceil(right_edge)) + kInkMargin;
  const int above = static_cast<int>(std::ceil(measures.above)) + kInkMargin;
  const int below = static_cast<int>(std::ceil(measures.below)) + kInkMargin;
  AtlasPlace* const place = atlas_.add(key, std::max(left + right, 1), std::max(above + below, 1));
  if (place == nullptr) return nullptr;
  place->pen_x = static_cast<float>(left);
  place->pen_y = static_cast<float>(above);
  place->advance = measures.advance / strip.scale;
  make_textures();

  std::optional<int> staging_y = batch_.stage(*place);
  if (!staging_y) {
    upload();
    staging_y = batch_.stage(*place);
  }
  if (staging_y) {
    parlance_host_text_draw(host_, strip.colour, place->x + left, *staging_y + above, place->x,
                            *staging_y, place->width, place->height);
  }
  return place;
}

void CanvasRasteriser::upload() {
  for (const Upload& upload : batch_.uploads()) {
    glBindTexture(GL_TEXTURE_2D, textures_[upload.page]);
    parlance_host_staging_upload(host_, upload.x, upload.y, upload.width, upload.height,
                                 upload.staging_y);
  }
  if (batch_.used_height() > 0)
    parlance_host_staging_clear(host_, atlas_.page_width(), batch_.used_height());
  batch_.clear();
}

void CanvasRasteriser::make_textures() {
  while (static_cast<int>(textures_.size()) < atlas_.page_count()) {
    const int page = static_cast<int>(textures_.size());
    glGenTextures(1, &textures_.emplace_back());
    glBindTexture(GL_TEXTURE_2D, textures_.back());
    glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, atlas_.page_width(), atlas_.page_height(page));
    // Texels are as large as pixels and lie on them: there is nothing to interpolate.
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  }
}

void CanvasRasteriser::delete_textures() {
  glDeleteTextures(static_cast<GLsizei>(textures_.size()), textures_.data());
  textures_.clear();
}

}  // namespace parlance
