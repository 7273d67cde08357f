// Keeps many short texts alive together and lets go of all of them at once.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace parlance {

class StringArena {
 public:
  // A copy of `text`, at an address that stays until clear().
  std::string_view keep(std::string_view text);

  // Forgets every text; keeps the memory for the next round.
  void clear();

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };
  std::vector<Block> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
};

}  // namespace parlance
