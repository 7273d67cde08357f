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
};

struct ThreadRow {
  RowId id = 0;
  RowId site = 0;
  std::string key;
  std::string title;
  std::string url;
  bool is_closed = false;
  std::int64_t version = 0;  // Grows with everything that a page of the thread shows.
  int comments = 0;          // Approved ones.
  int roots = 0;             // Roots with an approved comment in their tree.
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
  int up = 0;
  int down = 0;
  int living = 0;  // Of a root: approved comments in its tree.
  std::optional<GuestId> guest;
  std::string author;
  std::string email;
  std::string text;
};

}  // namespace parlance
