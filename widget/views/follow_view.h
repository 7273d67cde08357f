// The form for following a thread by mail, in place below the heading: a native field, what has
// become of it, and buttons.
#pragma once

#include "widget/core/conversation.h"
#include "widget/views/ui.h"

namespace parlance {

struct FollowLayout {
  Box group, email, hint, failure, send, close;
  TextLayout hint_lines, failure_lines;
  bool has_field = false;  // Until the mailbox was told.
};

// In the whole width from `y` on. The group's height is that of the form.
FollowLayout lay_out_follow(const Conversation& conversation, float y, const Look& look,
                            AdvanceCache& advances);
void show_follow(Ui& ui, const Conversation& conversation, const FollowLayout& layout);

}  // namespace parlance
