// The tables of both engines, and how an older database becomes a current one.
#pragma once

#include "web/server/store/connection.h"

namespace parlance {

// Brings the database to the newest schema. Runs whole or not at all, and in one process at a time.
// Fails with Unavailable when the database belongs to another program or to a newer version of this
// one.
Status migrate(Connection& connection);

}  // namespace parlance
