// Where strips of text lie in a few large textures.
//
// Pages are filled shelf by shelf and emptied as a whole: a page that nothing of was used in this
// frame whenever room is short, and between frames also one that little of was used in the last.
// (Words like "Reply" are used in every frame; waiting for their page to fall out of use would be
// waiting for ever.) Which pixels a place holds is the caller's business: a place is new exactly
// when add() gave it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace parlance {

struct AtlasLimits {
  int page_width = 2048;
  int first_page_height = 512;  // A short thread needs no more.
  int page_height = 1024;
  int max_pages = 4;
  int strip_height = 240;
};

struct AtlasKey {
  std::uint64_t one = 0;
  std::uint64_t two = 0;

  bool operator==(const AtlasKey&) const = default;
};

// Texels. A free texel lies on the right of and below each place.
struct AtlasPlace {
  int page = 0;
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  int shelf_height = 0;
  // What the caller wants to know again when it finds the place: where the pen is in it, and how
  // far it moves.
  float pen_x = 0;
  float pen_y = 0;
  float advance = 0;
  // The atlas's own: the last frame that the place was used in.
  std::uint32_t last_used = 0;
};

class StripAtlas {
 public:
  explicit StripAtlas(AtlasLimits limits = {}) : limits_(limits) {}

  // Strips used from here on are used in a new frame. Empties a page when there will hardly be room
  // for it otherwise.
  void begin_frame();

  // Where the strip is; null when it is not here. Valid until the next add().
  const AtlasPlace* find(const AtlasKey& key);

  // Finds a place for a new strip, cut off at the limits. Null when every page is full of strips
  // used in this frame. The caller may fill in pen_x, pen_y and advance. Valid until the next
  // add(). REQUIRES: the key is not here, and width and height are above 0.
  AtlasPlace* add(const AtlasKey& key, int width, int height);

  // Forgets all strips and pages.
  void clear();

  // Whether a strip of this frame has found no place.
  bool was_short() const { return was_short_; }

  int page_count() const { return static_cast<int>(pages_.size()); }
  int page_width() const { return limits_.page_width; }
  int page_height(int page) const {
    return page == 0 ? limits_.first_page_height : limits_.page_height;
  }

 private:
  struct Shelf {
    int y = 0;
    int height = 0;
    int used_width = 0;
  };
  struct Page {
    std::vector<Shelf> shelves;
    int used_height = 0;
    int used_texels = 0;  // By strips used in this frame.
  };
  struct KeyHash {
    std::size_t operator()(const AtlasKey& key) const { return static_cast<std::size_t>(key.one); }
  };

  bool place_on(int page, AtlasPlace& place);
  bool place_on_shelf(Page& page, AtlasPlace& place) const;
  bool place_on_new_page(AtlasPlace& place);
  bool place_on_emptied_page(AtlasPlace& place);
  void use(AtlasPlace& place);
  void empty(int page);
  int free_height(int page) const { return page_height(page) - pages_[page].used_height; }

  AtlasLimits limits_;
  std::vector<Page> pages_;
  std::unordered_map<AtlasKey, AtlasPlace, KeyHash> places_;
  std::uint32_t frame_ = 1;
  bool was_short_ = false;  // Some strip of this frame had no place.
};

}  // namespace parlance
