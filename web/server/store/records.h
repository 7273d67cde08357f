// The rows that the service works with. Numbers named `id` are the database's own.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "widget/core/comment.h"

namespace parlance {

using RowId = std::int64_t;

// Who somebody without an account is. Random, so it can be neither guessed nor traced to a person.
using GuestId = std::array<std::uint8_t, 16>;

// When a comment that somebody without an account wrote is seen by others. The numbers are the
// database's.
enum class Approval : std::uint8_t {
  AtOnce = 0,
  First = 1,       // Once a moderator has approved it.
  AfterFirst = 2,  // At once, when another of theirs on the site has been approved.
};

struct Site {
  RowId id = 0;
  std::string key;
  std::string name;
  std::vector<std::string> origins;  // Exact origins that may embed it; "*" stands for all.
  Approval approval = Approval::AtOnce;
  int edit_seconds = 900;  // So long everybody may edit and delete what they wrote.
  int closing_days = 0;    // So long after its first comment a thread takes others; 0: for good.
  std::string rules;       // JSON, which the service understands.
  std::vector<std::string> reactions;  // As its rules say. Only the service knows.
};

// Why a comment was not approved at once. The numbers are the database's.
enum class Held : std::uint8_t {
  No = 0,
  Approval = 1,
  Links = 2,
  Words = 3,
  Reports = 4,  // So many readers have reported it.
  Trap = 5,     // A field that people do not see was filled in.
  Haste = 6,    // Written faster than people write, or nobody knows how fast.
  Repeat = 7,   // Said before by the same, elsewhere on the site.
  Crowd = 8,    // Said by several guests at the same time.
};

struct ThreadRow {
  RowId id = 0;
  RowId site = 0;
  std::string key;
  std::string title;
  std::string url;
  UnixSeconds created = 0;
  bool is_closed = false;     // By hand.
  bool is_kept_open = false;  // By hand, in spite of its age.
  bool is_aged = false;       // Older than its site lets threads be open. Only the service knows.
  std::optional<Approval> approval;  // Nothing: as its site has it.
  std::int64_t version = 0;          // Grows with everything that a page of the thread shows.
  int comments = 0;                  // Approved ones.
  int roots = 0;                     // Roots with an approved comment in their tree.

  bool takes_nothing() const { return is_closed || (is_aged && !is_kept_open); }
};

struct CommentRow {
  RowId id = 0;
  RowId thread = 0;
  RowId parent = 0;  // 0 for a root.
  RowId root = 0;    // 0 for a root.
  int depth = 0;     // 0 for a root.
  CommentStatus status = CommentStatus::Approved;
  UnixSeconds created = 0;
  UnixSeconds edited = 0;  // 0: never.
  UnixSeconds pinned = 0;  // 0: not.
  Held held = Held::No;
  int up = 0;
  int down = 0;
  std::int64_t wilson = 0;  // As wilson_bound() has it; the database keeps it.
  int reports = 0;          // That no moderator has looked at.
  UnixSeconds vouched = 0;  // When a moderator has found nothing wrong with it; 0: not.
  int living = 0;           // Of a root: approved comments in its tree.
  std::optional<GuestId> guest;
  std::string author;
  std::string avatar;  // The address of a picture; empty: none.
  std::string email;
  std::string text;
};

}  // namespace parlance
