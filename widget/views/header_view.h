// What stands above the comments: how many there are, in which order, and the box to write one.
#pragma once

#include "widget/core/conversation.h"
#include "widget/views/composer_view.h"
#include "widget/views/ui.h"

namespace parlance {

struct HeaderLayout {
  Box heading, sort;
  ComposerLayout composer;
  bool has_composer = false;  // Not when comments are closed.
  float height = 0;
};

HeaderLayout lay_out_header(const Conversation& conversation, const Look& look,
                            AdvanceCache& advances);
void show_header(Ui& ui, const Conversation& conversation, const HeaderLayout& layout);

}  // namespace parlance
