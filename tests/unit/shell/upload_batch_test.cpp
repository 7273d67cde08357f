#include "shell/browser/upload_batch.h"

#include <doctest/doctest.h>

#include <vector>

using namespace parlance;

namespace {

AtlasPlace place(int page, int x, int y, int width) {
  return {.page = page, .x = x, .y = y, .width = width, .height = 18, .shelf_height = 20};
}

std::vector<Upload> uploads(UploadBatch& batch) {
  const auto all = batch.uploads();
  return {all.begin(), all.end()};
}

}  // namespace

TEST_CASE("upload batch: strips of one shelf share a row and an upload") {
  UploadBatch batch(100);

  CHECK(batch.stage(place(0, 0, 40, 30)) == 0);
  CHECK(batch.stage(place(0, 31, 40, 50)) == 0);

  CHECK(
      uploads(batch) ==
      std::vector<Upload>{{.page = 0, .x = 0, .y = 40, .width = 81, .height = 20, .staging_y = 0}});
}

TEST_CASE("upload batch: neighbouring new shelves go up as one") {
  UploadBatch batch(100);

  CHECK(batch.stage(place(0, 0, 0, 30)) == 0);
  CHECK(batch.stage(place(0, 0, 20, 70)) == 20);

  CHECK(
      uploads(batch) ==
      std::vector<Upload>{{.page = 0, .x = 0, .y = 0, .width = 70, .height = 40, .staging_y = 0}});
}

TEST_CASE("upload batch: what a shelf already holds is not written over") {
  UploadBatch batch(100);

  batch.stage(place(0, 0, 0, 30));
  batch.stage(place(0, 60, 20, 10));
  batch.stage(place(1, 0, 40, 10));

  CHECK(uploads(batch) ==
        std::vector<Upload>{
            {.page = 0, .x = 0, .y = 0, .width = 30, .height = 20, .staging_y = 0},
            {.page = 0, .x = 60, .y = 20, .width = 10, .height = 20, .staging_y = 20},
            {.page = 1, .x = 0, .y = 40, .width = 10, .height = 20, .staging_y = 40}});
}

TEST_CASE("upload batch: a full staging area takes strips again once it is cleared") {
  UploadBatch batch(30);
  CHECK(batch.stage(place(0, 0, 0, 30)).has_value());
  CHECK_FALSE(batch.stage(place(0, 0, 20, 30)).has_value());

  batch.clear();

  CHECK(batch.used_height() == 0);
  CHECK(batch.stage(place(0, 0, 20, 30)) == 0);
  CHECK(uploads(batch).size() == 1);
}
