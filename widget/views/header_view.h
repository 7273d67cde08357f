// What stands above the comments: how many there are, in which order, and the box to write one.
#pragma once

#include <array>

#include "widget/core/conversation.h"
#include "widget/views/composer_view.h"
#include "widget/views/follow_view.h"
#include "widget/views/ui.h"

namespace parlance {

enum class ViewChoice : std::uint8_t { None, Drawn, Plain };

struct HeaderLayout {
  Box heading, sort, view, fresh, follow;
  std::array<Box, 4> orders;  // Within `sort`.
  FollowLayout form;          // To follow by mail, where it is open.
  ComposerLayout composer;
  bool has_composer = false;  // Not when comments are closed.
  bool has_follow = false;
  ViewChoice choice = ViewChoice::None;
  int new_comments = 0;
  bool says_new_shortly = false;
  float height = 0;
};

// `choice` is what the reader sees; None where the host leaves them none.
HeaderLayout lay_out_header(const Conversation& conversation, const Look& look, ViewChoice choice,
                            AdvanceCache& advances);
void show_header(Ui& ui, const Conversation& conversation, const HeaderLayout& layout);

}  // namespace parlance
