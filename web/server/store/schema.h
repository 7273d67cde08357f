// The tables of both engines, and how an older database becomes a current one.
#pragma once

#include "web/server/store/connection.h"

namespace parlance {

// Brings the database to the newest schema. Runs whole or not at all, and in one process at a time.
// Fails with Unavailable when the database belongs to another program or to a newer version of this
// one.
Status migrate(Connection& connection);

// The same up to a version of the schema, from 1 on: as a program of that time left it.
Status migrate_to(Connection& connection, std::int64_t version);
std::int64_t newest_schema();

}  // namespace parlance
