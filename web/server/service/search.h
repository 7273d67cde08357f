// Searching in a thread, without the database: which comments fit best, and what of them is shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/words.h"

namespace parlance {

// A stretch of text, and whether it is what was looked for.
struct ExcerptPiece {
  std::string text;
  bool is_hit = false;
};
using Excerpt = std::vector<ExcerptPiece>;

struct Found {
  int rank = 0;  // 0: a reader does not see what was looked for.
  Excerpt excerpt;
};

// How well what a reader sees of a comment fits, and the part of it around the first hit.
Found look_for(const std::vector<Term>& terms, std::string_view author, std::string_view text);

}  // namespace parlance
