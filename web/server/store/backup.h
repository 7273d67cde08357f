// Copies a database while it is in use.
#pragma once

#include <string>

#include "widget/core/result.h"

namespace parlance {

// Writes a whole and consistent copy of the SQLite file `database` to `copy`, which only its owner
// may read. Whoever writes meanwhile is not held up. `copy` appears when it is complete. Fails with
// Unavailable: where there is a file already, where a file cannot be read or written, and for
// PostgreSQL, which has tools of its own.
Status back_up(const std::string& database, const std::string& copy);

}  // namespace parlance
