#include "shell/browser/atlas.h"

#include <algorithm>
#include <cassert>

namespace parlance {
namespace {

constexpr int kGutter = 1;

// Shelves come in steps of this height, so that lines of about the same height share one.
constexpr int kShelfStep = 4;

// Rather than open another page, one is emptied that has not been used for so many frames.
constexpr std::uint32_t kLongUnused = 4;

int shelf_height_for(int height) {
  return (height + kGutter + kShelfStep - 1) / kShelfStep * kShelfStep;
}

}  // namespace

const AtlasPlace* StripAtlas::find(const AtlasKey& key) {
  const auto found = places_.find(key);
  if (found == places_.end()) return nullptr;
  pages_[found->second.page].last_used = frame_;
  return &found->second;
}

AtlasPlace* StripAtlas::add(const AtlasKey& key, int width, int height) {
  assert(width > 0 && height > 0 && limits_.strip_height < limits_.page_height);
  assert(!places_.contains(key));
  AtlasPlace place;
  place.width = std::min(width, limits_.page_width - kGutter);
  place.height = std::min(height, limits_.strip_height);

  bool is_placed = false;
  for (int page = page_count() - 1; page >= 0 && !is_placed; --page)
    is_placed = place_on(page, place);
  if (!is_placed) is_placed = place_on_emptied_page(place, kLongUnused);
  if (!is_placed) is_placed = place_on_new_page(place);
  if (!is_placed) is_placed = place_on_emptied_page(place, 1);
  if (!is_placed) return nullptr;

  pages_[place.page].last_used = frame_;
  return &places_.insert_or_assign(key, place).first->second;
}

bool StripAtlas::place_on(int page_index, AtlasPlace& place) {
  Page& page = pages_[page_index];
  place.page = page_index;
  if (place_on_shelf(page, place)) return true;

  const int height = shelf_height_for(place.height);
  if (page.used_height + height > page_height(page_index)) return false;
  page.shelves.push_back({.y = page.used_height, .height = height});
  page.used_height += height;
  return place_on_shelf(page, place);
}

bool StripAtlas::place_on_shelf(Page& page, AtlasPlace& place) const {
  const int height = shelf_height_for(place.height);
  const int width = place.width + kGutter;
  // The newest shelves first: they are the ones with room. One step of height is given away rather
  // than a new shelf begun.
  for (auto shelf = page.shelves.rbegin(); shelf != page.shelves.rend(); ++shelf) {
    const bool fits = shelf->height >= height && shelf->height <= height + kShelfStep &&
                      shelf->used_width + width <= limits_.page_width;
    if (!fits) continue;
    place.x = shelf->used_width;
    place.y = shelf->y;
    place.shelf_height = shelf->height;
    shelf->used_width += width;
    return true;
  }
  return false;
}

bool StripAtlas::place_on_new_page(AtlasPlace& place) {
  while (page_count() < limits_.max_pages) {
    pages_.emplace_back();
    if (place_on(page_count() - 1, place)) return true;
  }
  return false;
}

bool StripAtlas::place_on_emptied_page(AtlasPlace& place, std::uint32_t unused_frames) {
  int oldest = -1;
  for (int page = 0; page < page_count(); ++page) {
    const bool may_empty = frame_ - pages_[page].last_used >= unused_frames &&
                           shelf_height_for(place.height) <= page_height(page);
    if (may_empty && (oldest < 0 || pages_[page].last_used < pages_[oldest].last_used))
      oldest = page;
  }
  if (oldest < 0) return false;
  std::erase_if(places_, [oldest](const auto& entry) { return entry.second.page == oldest; });
  pages_[oldest] = {};
  return place_on(oldest, place);
}

void StripAtlas::clear() {
  pages_.clear();
  places_.clear();
}

}  // namespace parlance
