// HMAC with SHA-256 (RFC 2104): who does not know the key cannot make it.
#pragma once

#include <string>
#include <string_view>

namespace parlance {

// 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view text);

// In lower-case hexadecimal digits.
std::string hex_of(std::string_view bytes);

// Whether both are the same; takes the same time wherever they differ.
bool is_same_secret(std::string_view one, std::string_view other);

}  // namespace parlance
