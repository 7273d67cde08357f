#include "shell/browser/atlas.h"

#include <algorithm>
#include <cassert>

namespace parlance {
namespace {

constexpr int kGutter = 1;

// Shelves come in steps of this height, so that lines of about the same height share one.
constexpr int kShelfStep = 4;

// A frame should begin with a page that has a quarter of its height free. If none has, a page is
// emptied that the last frame used less than a third of; what it did use is drawn anew.
constexpr int kFreeShare = 4;
constexpr int kUsedShare = 3;

int shelf_height_for(int height) {
  return (height + kGutter + kShelfStep - 1) / kShelfStep * kShelfStep;
}

}  // namespace

void StripAtlas::begin_frame() {
  bool has_room = page_count() == 0;
  int least_used = 0;
  for (int page = 0; page < page_count(); ++page) {
    has_room |= free_height(page) >= page_height(page) / kFreeShare;
    if (pages_[page].used_texels < pages_[least_used].used_texels) least_used = page;
  }
  if (!has_room) {
    const int texels = limits_.page_width * page_height(least_used);
    if (was_short_ || pages_[least_used].used_texels < texels / kUsedShare) empty(least_used);
  }
  ++frame_;
  was_short_ = false;
  for (Page& page : pages_) page.used_texels = 0;
}

const AtlasPlace* StripAtlas::find(const AtlasKey& key) {
  const auto found = places_.find(key);
  if (found == places_.end()) return nullptr;
  use(found->second);
  return &found->second;
}

void StripAtlas::use(AtlasPlace& place) {
  if (place.last_used == frame_) return;
  place.last_used = frame_;
  pages_[place.page].used_texels += place.width * place.height;
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
  if (!is_placed) is_placed = place_on_new_page(place);
  if (!is_placed) is_placed = place_on_emptied_page(place);
  was_short_ |= !is_placed;
  if (!is_placed) return nullptr;

  AtlasPlace& kept = places_.insert_or_assign(key, place).first->second;
  use(kept);
  return &kept;
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

bool StripAtlas::place_on_emptied_page(AtlasPlace& place) {
  for (int page = 0; page < page_count(); ++page) {
    const bool may_empty = pages_[page].used_texels == 0;
    if (!may_empty || shelf_height_for(place.height) > page_height(page)) continue;
    empty(page);
    return place_on(page, place);
  }
  return false;
}

void StripAtlas::empty(int page) {
  std::erase_if(places_, [page](const auto& entry) { return entry.second.page == page; });
  pages_[page] = {};
}

void StripAtlas::clear() {
  pages_.clear();
  places_.clear();
}

}  // namespace parlance
