// What was said lately, and by whom, so that the same is not said again and again. It is forgotten
// after two days; addresses are keyed hashes that are worth nothing after that.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

struct Said {
  RowId site = 0;
  std::string text;  // A fingerprint.
  GuestId guest{};
  std::string address;  // A hash; empty: unknown.
  RowId thread = 0;
  RowId comment = 0;
  UnixSeconds created = 0;
};

Status add_said(Connection& connection, const Said& said);

// Who looks for what they have said before.
struct SaidQuery {
  RowId site = 0;
  std::string text;
  GuestId guest{};
  // The hashes that their address has had lately. Empty ones: only what the guest said counts.
  std::array<std::string, 2> addresses;
  RowId thread = 0;  // What was said here goes before what was said elsewhere.
  UnixSeconds since = 0;
};

struct SaidBefore {
  RowId comment = 0;
  RowId thread = 0;
  CommentStatus status = CommentStatus::Approved;  // Never Deleted: what is gone was not said.
  bool is_own = false;                             // The guest's, not only the address's.
};
Result<std::optional<SaidBefore>> find_said(Connection& connection, const SaidQuery& query);

// How many other guests have said it; no more than `most` are counted.
Result<int> count_others_who_said(Connection& connection, const SaidQuery& query, int most);

Status forget_said(Connection& connection, UnixSeconds before);

}  // namespace parlance
