// The texts of comments that were shown lately: parsed and measured once, broken into lines again
// when the width is another.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "widget/core/conversation.h"
#include "widget/text/paragraph.h"
#include "widget/views/look.h"

namespace parlance {

class CommentTexts {
 public:
  // `advances` must live longer.
  explicit CommentTexts(AdvanceCache& advances) : advances_(advances) {}

  AdvanceCache& advances() { return advances_; }

  // The lines of a comment's text. Valid until begin_frame() or clear().
  const TextLayout& lines(const Conversation& conversation, CommentIndex index, const Look& look,
                          float width);

  // Forgets what the last frame had no use for, when there is much of it.
  void begin_frame();

  // Every width is void.
  void clear();

 private:
  struct Kept {
    TextLayout layout;
    TextStyle style;
    std::uint64_t content = 0;
    float width = 0;
    std::uint32_t used_in = 0;
  };
  AdvanceCache& advances_;
  std::vector<std::unique_ptr<Kept>> kept_;  // By comment index.
  std::size_t count_ = 0;
  std::uint32_t frame_ = 0;
};

}  // namespace parlance
