// Where readers write: the box under the heading and the boxes under the comments they answer. Its
// fields are native ones that the host shows; the view says where they stand. Below the text stand
// what can be written, what has to be said of the draft, and how it will look when it is posted.
#pragma once

#include <string>
#include <string_view>

#include "widget/core/conversation.h"
#include "widget/views/ui.h"

namespace parlance {

struct ComposerSpec {
  const Conversation* conversation = nullptr;
  const Draft* draft = nullptr;
  // The comment that is answered; kNoComment for the widget's own composer.
  CommentIndex parent = kNoComment;
  std::string_view parent_author;
  float x = 0;
  float y = 0;
  float width = 0;
};

struct ComposerLayout {
  Box text, help, preview, notice, use_other, keep_own, previewed, author, email, hint, replies,
      failure, post, cancel;
  Box avatar;  // Of a reader whom the page knows; they have no fields for who they are.
  TextLayout notice_lines, previewed_lines, failure_lines, writer_lines;
  std::string help_text;  // What can be written, or how much more.
  bool is_open = false;
  float height = 0;
};

// Boxes are relative to the stage, like the spec's x and y.
ComposerLayout lay_out_composer(const ComposerSpec& spec, const Look& look, AdvanceCache& advances);

void show_composer(Ui& ui, const ComposerSpec& spec, const ComposerLayout& layout);

// The id of a composer's part.
NodeId composer_node(CommentIndex parent, Part part);

}  // namespace parlance
