// Text by the browser's own engine: measured and rasterised on a Canvas2D, kept as textures of a
// WebGL context.
//
// Text is measured at the size that it is drawn at on the device, as the browser does for the page
// itself, so that lines end where the page's own would.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "shell/browser/atlas.h"
#include "shell/browser/upload_batch.h"
#include "widget/text/text_engine.h"

namespace parlance {

class BrowserTextEngine : public TextEngine {
 public:
  // `host` as in host.h. `mono_family` is a CSS font-family list.
  BrowserTextEngine(int host, std::string_view mono_family);

  // The CSS font-family list of Face::Page, and the device pixels per CSS pixel. When either is
  // new, every width and every strip so far is void, and it answers true.
  [[nodiscard]] bool set_page(std::string_view page_family, float scale);

  // No line will be wider than this, in device pixels. REQUIRES: the context, if there is one, is
  // current.
  void set_line_width(int device_pixels);

  // The glyphs of a font have changed: every strip so far is void.
  void forget_strips();

  // Strips can be drawn from here on, into textures of the current context.
  void attach_context();

  // Lets go of all textures. REQUIRES: their context is current, though it may be lost.
  void detach_context();

  void begin_frame() { atlas_.begin_frame(); }

  // Brings the strips that are new since the last call into their textures. REQUIRES: the context
  // is current.
  void upload();

  // Whether a line of this frame had to stay undrawn. It is drawn if the frame is made again.
  bool was_short() const { return atlas_.was_short(); }

  std::size_t atlas_bytes() const;

  FaceMetrics metrics(const Face& face) override;
  float advance(std::string_view run, const Face& face) override;
  std::optional<Sprite> raster(const Strip& strip) override;

 private:
  struct Font {
    Face face;
    float scale = 1;
  };

  int font_for(const Face& face, float scale);
  const AtlasPlace* draw(const Strip& strip, const AtlasKey& key);
  void make_textures();
  void delete_textures();

  int host_ = 0;
  std::string mono_family_;
  std::string page_family_;
  float scale_ = 1;
  bool has_context_ = false;
  std::vector<Font> fonts_;  // Its index is the number that the host knows it by.
  StripAtlas atlas_;
  UploadBatch batch_;
  std::vector<std::uint32_t> textures_;  // One a page.
};

}  // namespace parlance
