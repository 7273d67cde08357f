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

// A draft as the reader's storage has it.
struct KeptDraft {
  std::string text;
  std::string key;          // Idempotency key, once it has been sent with this very text.
  std::string slot;         // Empty, unless its place holds several.
  UnixSeconds written = 0;  // 0 when nobody knows.
};

// What its writer is told about a draft, quietly.
enum class DraftNotice : std::uint8_t { None, NotKept, BackOnline };

struct Draft : KeptDraft {
  CommentId parent;  // Empty for a top-level comment.
  // What another tab has written in the same place, for the reader to choose. It has no text when
  // there is none.
  KeptDraft other;
  std::optional<ErrorCode> failure;  // Why the last attempt to post it failed.
  int retry_after = 0;               // Seconds, when the server has said how long to wait.
  std::string failed_field;
  DraftNotice notice = DraftNotice::None;
  float field_height = 0;        // CSS pixels that the field would like to have.
  bool is_open = false;          // Shown with all its fields.
  bool is_previewed = false;     // Shown as it will look, too.
  bool is_written_here = false;  // Not only taken from the storage.
  CommentIndex sending =
      kNoComment;  // The comment that shows in the thread while this is on its way.

  // Code points left to type. Negative once it is too long.
  int remaining() const;

  // Replaces the text. Another text is another post: the key goes, and what was said of the last.
  void set_text(std::string_view new_text);
  // Goes on with what was kept.
  void take(KeptDraft kept);
  void forget_attempt();

  // What a comment can be made of: without the control characters that come with pasted text.
  std::string sendable_text() const;
};

// From here on the reader is told how much room is left.
inline constexpr int kRoomToTell = 500;

// "12 characters left", "1 character too many".
std::string room_left(int remaining);

// Drafts of more bytes are not kept.
inline constexpr std::size_t kMaxKeptDraftBytes = 256 * 1024;

// What is kept in the reader's storage: when it was written, the key and the text, with a line feed
// between them. Empty for a draft without text.
std::string stored(const KeptDraft& draft);
// Anything unreadable counts as text.
KeptDraft read_kept(std::string_view kept);

}  // namespace parlance
