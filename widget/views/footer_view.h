// What stands below the comments, or instead of them: loading, nothing yet, failed, more to come.
#pragma once

#include "widget/core/conversation.h"
#include "widget/views/ui.h"

namespace parlance {

struct FooterLayout {
  TextLayout lines;
  Box state, button;
  Part button_part = Part::None;
  bool is_waiting = false;  // The button has been pressed, and its answer is not here yet.
  Role role = Role::Status;
  float height = 0;
};

// `asks` is for hosts in which nothing loads by itself when the reader comes near: there is a
// button then.
enum class MorePages : std::uint8_t { LoadBySelf, Ask };

FooterLayout lay_out_footer(const Conversation& conversation, const Look& look, MorePages more,
                            AdvanceCache& advances);
void show_footer(Ui& ui, const FooterLayout& layout);

}  // namespace parlance
