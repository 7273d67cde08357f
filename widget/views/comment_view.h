// One comment: who, when, what, and what can be done about it; below it, the box for a reply when
// it is open.
#pragma once

#include <array>
#include <string>

#include "widget/core/conversation.h"
#include "widget/views/comment_texts.h"
#include "widget/views/composer_view.h"
#include "widget/views/report_view.h"
#include "widget/views/ui.h"

namespace parlance {

// Boxes are relative to the comment's top left corner. Valid as long as the texts that it was made
// with.
struct CommentLayout {
  CommentIndex index = kNoComment;
  Box avatar, author, time, badge, collapse, body, notice;
  // The buttons; `collapse_drawn` is what is seen of the one at the top.
  Box collapse_drawn, votes, react, reply, spoiler, more, copy, report, arrived, link;
  std::array<Box, 6> reactions;  // As the thread has them; those without a width are not shown.
  std::string arrived_text;      // How many replies have arrived; empty for most.
  TextLayout author_lines, notice_lines;
  bool is_failure = false;                 // What the notice tells of.
  const TextLayout* body_lines = nullptr;  // None while it is folded away.
  bool has_report = false;
  ReportLayout report_form;
  bool has_composer = false;
  ComposerLayout composer;
  float height = 0;
};

CommentLayout lay_out_comment(const Conversation& conversation, CommentIndex index,
                              const Look& look, UnixSeconds now, CommentTexts& texts);

// A guess at lay_out_comment's height that does not measure any text.
float estimated_comment_height(const Thread::Entry& entry, const TextWeight& weight,
                               const Look& look);

struct CommentPlace {
  double top = 0;    // In the widget.
  int position = 0;  // Among all comments, from 1.
  int set_size = 0;
  int next_depth = 0;  // Of the comment below; 0 when there is none.
  bool is_drawn = false;
};

void show_comment(Ui& ui, const Conversation& conversation, const CommentLayout& layout,
                  const CommentPlace& place, UnixSeconds now);

}  // namespace parlance
