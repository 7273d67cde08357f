// Passwords as argon2id hashes (RFC 9106), with salt and parameters in one text:
//
//   "$argon2id$v=19$m=19456,t=2,p=1$" salt "$" hash
#pragma once

#include <string>
#include <string_view>

#include "widget/core/result.h"

namespace parlance {

inline constexpr std::size_t kMinPasswordCodePoints = 10;
inline constexpr std::size_t kMaxPasswordBytes = 200;

// Fails with InvalidField when the password is too short, too long or not UTF-8, and with Internal.
Result<std::string> hash_password(std::string_view password);

// Whether the hash is that of the password. An empty hash is nobody's, and takes as long. Only a
// few are checked at the same time, since each takes 19 MB and a core: fails with Overloaded when
// too many wait.
Result<bool> is_password(std::string_view password, const std::string& hash);

}  // namespace parlance
