// Makes readable what broken servers send.
#pragma once

#include <string>
#include <string_view>

namespace parlance {

// The same JSON with U+FFFD in its strings for what cannot stand there: bytes that are not UTF-8,
// control characters, \u0000, and surrogates without their other half. What is wrong outside of
// strings stays wrong.
std::string repaired_json(std::string_view json);

}  // namespace parlance
