// Gathers new strips on a staging area, so that many of them go to their pages in few uploads.
//
// A strip stands on the staging area at the x that it has on its page. Strips of one shelf share a
// row, and rows that are neighbours on their page and begin at its left edge go up as one.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "shell/browser/atlas.h"

namespace parlance {

// Texels: this rectangle of a page is to be filled from the same x and `staging_y` of the staging
// area.
struct Upload {
  int page = 0;
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  int staging_y = 0;

  bool operator==(const Upload&) const = default;
};

class UploadBatch {
 public:
  explicit UploadBatch(int staging_height) : staging_height_(staging_height) {}

  // The y on the staging area at which the strip is to be drawn. Nothing when the area is full:
  // then carry out the uploads, clear() and ask again.
  std::optional<int> stage(const AtlasPlace& place);

  // What there is to carry out. Valid until the next call.
  std::span<const Upload> uploads();

  // How much of the staging area is in use, from the top.
  int used_height() const { return used_height_; }

  void clear();

 private:
  int staging_height_ = 0;
  int used_height_ = 0;
  std::vector<Upload> rows_;
  std::vector<Upload> merged_;
};

}  // namespace parlance
