// Text drawn by the browser's own engine: rasterised on a Canvas2D, kept as textures of the current
// WebGL context.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "shell/browser/atlas.h"
#include "shell/browser/browser_text_engine.h"
#include "shell/browser/upload_batch.h"
#include "widget/text/rasteriser.h"

namespace parlance {

class CanvasRasteriser final : public Rasteriser {
 public:
  // `host` as in host.h; `text` must live longer. REQUIRES: one context is current from here on to
  // the end, though it may be lost.
  CanvasRasteriser(int host, BrowserTextEngine& text);
  ~CanvasRasteriser();
  CanvasRasteriser(const CanvasRasteriser&) = delete;
  CanvasRasteriser& operator=(const CanvasRasteriser&) = delete;

  // No line will be wider than this, in device pixels.
  void set_line_width(int device_pixels);

  // The glyphs of a font have changed: every strip so far is void.
  void forget_strips();

  void begin_frame() { atlas_.begin_frame(); }

  // Brings the strips that are new since the last call into their textures.
  void upload();

  // Whether a line of this frame had to stay undrawn. It is drawn if the frame is made again.
  bool was_short() const { return atlas_.was_short(); }

  std::size_t atlas_bytes() const;

  std::optional<Sprite> raster(const Strip& strip) override;

 private:
  const AtlasPlace* draw(const Strip& strip, const AtlasKey& key);
  void make_textures();
  void delete_textures();

  int host_;
  BrowserTextEngine& text_;
  StripAtlas atlas_;
  UploadBatch batch_;
  std::vector<std::uint32_t> textures_;  // One a page.
};

}  // namespace parlance
