// Base64 with the alphabet that needs no escaping in URLs and headers, without padding (RFC 4648,
// 5).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace parlance {

std::string to_base64url(std::span<const std::uint8_t> bytes);

// Nothing when the text is not what to_base64url would have written.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace parlance
