// Tokens that a publisher signs for its own users (RFC 7519), as far as they are accepted:
//
//   header   {"alg": "HS256" | "EdDSA", "kid"?: the key's name}
//   claims   {"sub", "name", "aud": site or [site…], "exp", "nbf"?, "iat"?, "picture"?: https
//   address}
//
// A key signs in one way only, whatever a token says, so no public key can be used as a shared
// secret; "none" is nothing. A token lives an hour at most. Clocks may differ by a minute.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "web/server/store/people.h"
#include "widget/core/result.h"

namespace parlance {

inline constexpr std::size_t kMaxJwtBytes = 4'096;
inline constexpr UnixSeconds kLongestJwtSeconds = 3'600;
inline constexpr UnixSeconds kJwtLeewaySeconds = 60;

// Whether the token is of this kind at all.
bool is_jwt(std::string_view token);

// Who the token is for. Fails with TokenInvalid, or with TokenExpired when nothing else is wrong.
// Takes the same time wherever signatures differ.
Result<Person> read_jwt(std::string_view token, std::string_view site,
                        std::span<const SiteKey> keys, UnixSeconds now);

}  // namespace parlance
