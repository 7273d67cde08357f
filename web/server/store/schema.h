// The tables, and how an older database becomes a current one.
#pragma once

#include "web/server/store/sqlite.h"

namespace parlance {

// Brings the database to the newest schema. Runs whole or not at all.
// Fails with Unavailable when the database belongs to another program or to a newer version of this
// one.
Status migrate(Connection& connection);

}  // namespace parlance
