// A comment as it stands in a thread, and a comment that somebody asks to post.
//
// Text is UTF-8 without NUL. Times are whole seconds since 1970 (UTC).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace parlance {

using UnixSeconds = std::int64_t;

// Opaque: only the backend knows what is in it. Empty means "none".
using CommentId = std::string;

// What this reader has said about a comment. The numbers are the wire's.
enum class Vote : std::int8_t { Down = -1, None = 0, Up = 1 };

enum class CommentStatus : std::uint8_t { Pending, Approved, Spam, Deleted };

// How many readers answer a comment with the same emoji.
struct Reaction {
  std::string kind;  // The emoji.
  int count = 0;
  bool is_own = false;  // This reader is one of them.
};

struct Comment {
  CommentId id;
  CommentId parent;  // Empty for a root.
  std::string author;
  std::string avatar_url;  // Empty: an initials disc is drawn.
  std::string text;
  UnixSeconds created = 0;
  UnixSeconds edited = 0;          // 0: never.
  UnixSeconds editable_until = 0;  // By this reader; 0: not at all.
  int up = 0;
  int down = 0;
  Vote vote = Vote::None;           // This reader's.
  std::vector<Reaction> reactions;  // Those that somebody has chosen.
  CommentStatus status = CommentStatus::Approved;
  bool is_own = false;
  bool is_pinned = false;    // A moderator has put it first.
  bool is_reported = false;  // By this reader.
  bool is_left_out = false;  // It could not be understood; only its id and parent count.

  int score() const { return up - down; }
};

// What a reader sends. `email` may be empty. Limits are in limits.h; validate() in
// new_comment.h checks them on both ends of the wire.
struct NewComment {
  CommentId parent;  // Empty for a root.
  std::string author;
  std::string email;
  std::string text;
};

}  // namespace parlance
