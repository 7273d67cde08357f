// One-time passwords that follow the clock (RFC 6238): six digits of HMAC-SHA1, a new one every 30
// seconds, as authenticator apps make them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "widget/core/comment.h"

namespace parlance {

inline constexpr std::size_t kTotpSecretBytes = 20;

// RFC 4648, 6, without padding: how secrets are typed.
std::string to_base32(std::string_view bytes);
// With a hyphen after each four letters, for whoever has to type it.
std::string grouped(std::string_view letters);

// The six digits of a step.
std::string totp_code(std::string_view secret, std::int64_t step);

// The step whose code this is: now's, or one to either side of it, for clocks that differ. Nothing
// when it is none's. Takes the same time wherever the digits differ.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code,
                                      UnixSeconds now);

// What an authenticator app reads from a QR code or a link.
std::string totp_uri(std::string_view secret, std::string_view site, std::string_view name);

}  // namespace parlance
