// A conversation of any length that nobody held, for demos and benches. The same seed says the same
// everywhere.
#pragma once

#include <cstdint>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

struct GeneratedThread {
  int count = 0;
  std::uint64_t seed = 0;
  UnixSeconds now = 0;  // The newest comment is a few minutes older.
};

// Adds `count` comments to the thread: 20 to 80 words each, two of five are roots, replies up to
// six deep.
Status generate_thread(Connection& connection, RowId thread, const GeneratedThread& wanted);

}  // namespace parlance
