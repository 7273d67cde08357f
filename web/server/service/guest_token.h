// The token that makes a browser the same guest again:
//
//   "g1." base64url(guest id, 16 bytes) "." base64url(HMAC-SHA256(key, "g1|" site "|" guest id))
//
// It says nothing about a person, and is worth nothing on another site: the site is under the
// signature.
#pragma once

#include <string>
#include <string_view>

#include "web/server/store/records.h"
#include "web/server/store/store.h"

namespace parlance {

class TokenSigner {
 public:
  // With the database's key, which is made when there is none yet.
  static Result<TokenSigner> open(Store& store);

  // A guest nobody has been yet. Fails with Internal when the system has no randomness.
  static Result<GuestId> new_guest();

  std::string token(std::string_view site, const GuestId& guest) const;

  // A secret for another purpose, the same in every process of the database.
  std::string derived(std::string_view purpose) const;

  // Who the token was given to. Fails with TokenInvalid. Takes the same time wherever the
  // signatures differ.
  Result<GuestId> guest(std::string_view site, std::string_view token) const;

 private:
  explicit TokenSigner(std::string key) : key_(std::move(key)) {}
  std::string signature(std::string_view site, const GuestId& guest) const;

  std::string key_;
};

// 32 bytes.
std::string sha256(std::string_view text);

// Bytes nobody can predict. Fails with Internal.
Result<std::string> random_bytes(std::size_t count);

// Bytes nobody can predict that are the database's own: made once and the same ever after, for
// every process.
Result<std::string> kept_random_bytes(Store& store, std::string_view name, std::size_t count);

}  // namespace parlance
