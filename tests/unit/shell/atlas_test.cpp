#include "shell/browser/atlas.h"

#include <doctest/doctest.h>

#include <vector>

using namespace parlance;

namespace {

constexpr AtlasLimits kSmall{.page_width = 100,
                             .first_page_height = 40,
                             .page_height = 80,
                             .max_pages = 2,
                             .strip_height = 60};

bool overlap(const AtlasPlace& one, const AtlasPlace& other) {
  return one.page == other.page && one.x < other.x + other.width && other.x < one.x + one.width &&
         one.y < other.y + other.height && other.y < one.y + one.height;
}

}  // namespace

TEST_CASE("atlas: finds what was added, and nothing else") {
  StripAtlas atlas(kSmall);

  AtlasPlace* const place = atlas.add({1, 2}, 30, 10);
  REQUIRE(place != nullptr);
  place->advance = 28.5f;

  REQUIRE(atlas.find({1, 2}) != nullptr);
  CHECK(atlas.find({1, 2})->advance == 28.5f);
  CHECK(atlas.find({1, 3}) == nullptr);
}

TEST_CASE("atlas: places lie inside their page and never overlap") {
  StripAtlas atlas;
  std::vector<AtlasPlace> places;
  for (std::uint64_t key = 1; key <= 300; ++key) {
    const int width = static_cast<int>(key * 37 % 700) + 1;
    const int height = static_cast<int>(key * 11 % 40) + 1;
    const AtlasPlace* const place = atlas.add({key, key}, width, height);
    REQUIRE(place != nullptr);
    CHECK(place->x + place->width < atlas.page_width());
    CHECK(place->y + place->height < atlas.page_height(place->page));
    for (const AtlasPlace& other : places) CHECK_FALSE(overlap(*place, other));
    places.push_back(*place);
  }
}

TEST_CASE("atlas: strips that are too large are cut off") {
  StripAtlas atlas(kSmall);

  const AtlasPlace* const place = atlas.add({1, 1}, 5000, 5000);

  REQUIRE(place != nullptr);
  CHECK(place->width == 99);
  CHECK(place->height == 60);
  CHECK(place->page == 1);
}

TEST_CASE("atlas: a page used in this frame is never emptied") {
  StripAtlas atlas(kSmall);
  std::uint64_t key = 0;
  while (atlas.add({++key, 0}, 90, 15) != nullptr) {
  }

  CHECK(atlas.page_count() == 2);
  for (std::uint64_t kept = 1; kept < key; ++kept) CHECK(atlas.find({kept, 0}) != nullptr);
}

TEST_CASE("atlas: a page not used in this frame makes room") {
  StripAtlas atlas(kSmall);
  atlas.add({1, 0}, 90, 36);  // Fills the first page.
  atlas.add({2, 0}, 90, 60);  // Fills the second.
  atlas.begin_frame();
  CHECK(atlas.find({1, 0}) != nullptr);

  const AtlasPlace* const place = atlas.add({3, 0}, 90, 30);

  REQUIRE(place != nullptr);
  CHECK(place->page == 1);
  CHECK(atlas.find({2, 0}) == nullptr);
  CHECK(atlas.find({1, 0}) != nullptr);
}

TEST_CASE("atlas: a strip used in every frame does not keep its page for ever") {
  StripAtlas atlas(kSmall);
  for (std::uint64_t key = 1; key <= 100; ++key) {
    atlas.begin_frame();
    if (atlas.find({1000, 0}) == nullptr) REQUIRE(atlas.add({1000, 0}, 5, 7) != nullptr);
    REQUIRE(atlas.add({key, 0}, 90, 7) != nullptr);
  }

  CHECK(atlas.page_count() == 1);
}

TEST_CASE("atlas: a frame that was short of room is followed by one that is not") {
  StripAtlas atlas(kSmall);
  std::uint64_t key = 0;
  while (atlas.add({++key, 0}, 90, 15) != nullptr) {
  }

  atlas.begin_frame();

  CHECK(atlas.add({key, 0}, 90, 15) != nullptr);
}

TEST_CASE("atlas: grows page by page and never past its limit") {
  StripAtlas atlas(kSmall);
  for (std::uint64_t key = 1; key <= 1000; ++key) {
    if (key % 3 == 0) atlas.begin_frame();
    REQUIRE(atlas.add({key, 0}, 50, 15) != nullptr);
  }

  CHECK(atlas.page_count() == 2);
  atlas.clear();
  CHECK(atlas.page_count() == 0);
  CHECK(atlas.find({1000, 0}) == nullptr);
}

TEST_CASE("atlas: a hundred thousand strips, no two alike, take no more than its pages") {
  constexpr std::uint64_t kStrips = 100;  // In a frame.
  constexpr int kMostTurns = 3;
  StripAtlas atlas;
  for (std::uint64_t frame = 0; frame < 1'000; ++frame) {
    // A frame that is short of room is drawn again.
    int turns = 0;
    do {
      atlas.begin_frame();
      for (std::uint64_t key = frame * kStrips; key < (frame + 1) * kStrips; ++key) {
        const int width = static_cast<int>(key * 37 % 1'900) + 1;
        if (atlas.find({key, key}) == nullptr) atlas.add({key, key}, width, 24);
      }
    } while (++turns < kMostTurns && atlas.was_short());
    CHECK_FALSE(atlas.was_short());
    CHECK(atlas.page_count() <= AtlasLimits{}.max_pages);
  }

  CHECK(atlas.find({1, 1}) == nullptr);
}
