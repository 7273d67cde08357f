// Challenges that were answered, and are worth nothing a second time.
#pragma once

#include <string_view>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

// Whether this is the first time.
Result<bool> spend_challenge(Connection& connection, std::string_view nonce, UnixSeconds expires);

Status forget_challenges(Connection& connection, UnixSeconds before);

}  // namespace parlance
