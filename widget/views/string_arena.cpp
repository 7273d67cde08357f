#include "widget/views/string_arena.h"

#include <algorithm>
#include <cstring>

namespace parlance {

std::string_view StringArena::keep(std::string_view text) {
  if (text.empty()) return {};
  constexpr std::size_t kBlockBytes = 16 * 1024;
  while (block_ < blocks_.size() && blocks_[block_].size - used_ < text.size()) {
    ++block_;
    used_ = 0;
  }
  if (block_ == blocks_.size()) {
    const std::size_t size = std::max(kBlockBytes, text.size());
    blocks_.push_back({std::make_unique<char[]>(size), size});
    used_ = 0;
  }
  char* const place = blocks_[block_].bytes.get() + used_;
  std::memcpy(place, text.data(), text.size());
  used_ += text.size();
  return {place, text.size()};
}

void StringArena::clear() {
  block_ = 0;
  used_ = 0;
}

}  // namespace parlance
