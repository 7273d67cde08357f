#include "shell/browser/upload_batch.h"

#include <algorithm>

namespace parlance {

std::optional<int> UploadBatch::stage(const AtlasPlace& place) {
  for (Upload& row : rows_) {
    if (row.page != place.page || row.y != place.y) continue;
    row.width = std::max(row.width, place.x + place.width - row.x);
    return row.staging_y;
  }
  if (used_height_ + place.shelf_height > staging_height_) return std::nullopt;
  rows_.push_back({.page = place.page,
                   .x = place.x,
                   .y = place.y,
                   .width = place.width,
                   .height = place.shelf_height,
                   .staging_y = used_height_});
  used_height_ += place.shelf_height;
  return rows_.back().staging_y;
}

std::span<const Upload> UploadBatch::uploads() {
  merged_.clear();
  for (const Upload& row : rows_) {
    if (!merged_.empty()) {
      Upload& last = merged_.back();
      const bool continues =
          row.page == last.page && row.y == last.y + last.height && row.x == 0 && last.x == 0;
      if (continues) {
        last.width = std::max(last.width, row.width);
        last.height += row.height;
        continue;
      }
    }
    merged_.push_back(row);
  }
  return merged_;
}

void UploadBatch::clear() {
  rows_.clear();
  merged_.clear();
  used_height_ = 0;
}

}  // namespace parlance
