// One person's data: who they are in the database, and what becomes of it when they ask.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"
#include "widget/core/result.h"

namespace parlance {

// Whoever is meant; at least one of the fields.
struct PersonNamed {
  std::optional<GuestId> guest;
  std::string email;    // As it was given with a comment. Empty: not by it.
  std::string subject;  // Who they are to their publisher. Empty: not by it.
  RowId comment = 0;    // Whoever wrote it. 0: not by it.
};

struct ErasedPerson {
  int comments = 0;
  int votes = 0;
};

enum class ErasedTexts : std::uint8_t { Remove, Keep };

}  // namespace parlance
