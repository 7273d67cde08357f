// A Draft is what a reader is writing before it becomes a comment, and where that stands.
//
// Text is UTF-8; lengths count code points, because that is what a reader counts. What is kept
// across page loads (stored()) has the idempotency key in it, so that a post whose answer was lost
// is not posted twice.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "widget/core/comment.h"
#include "widget/core/error_code.h"
#include "widget/core/thread.h"

namespace parlance {

struct Draft {
  CommentId parent;  // Empty for a top-level comment.
  std::string text;
  std::string key;                   // Idempotency key, once it has been sent with this very text.
  std::optional<ErrorCode> failure;  // Why the last attempt to post it failed.
  std::string failed_field;
  float field_height = 0;  // CSS pixels that the field would like to have.
  bool is_open = false;    // Shown with all its fields.
  CommentIndex sending =
      kNoComment;  // The comment that shows in the thread while this is on its way.

  // Code points left to type. Negative once it is too long.
  int remaining() const;

  // Replaces the text. Another text is another post: the key and the failure go.
  void set_text(std::string_view new_text);
};

// What is kept in the reader's storage: the key, a line feed, the text. Empty for a draft without
// text.
std::string stored(const Draft& draft);
// Fills `draft` from what was kept; anything unreadable counts as text.
void restore(Draft& draft, std::string_view kept);

}  // namespace parlance
