// Challenges (widget/core/proof_of_work.h has what they are for) as the server makes and checks
// them:
//
//   challenge  "c1." bits "." expires "." base64url(nonce, 12 bytes) "." base64url(signature)
//   signature  HMAC-SHA256(key, "c1|" bits "|" expires "|" nonce "|" site "|" guest "|" thread)
//
// Nothing is kept of a challenge before it is answered: what it was made for is under its
// signature.
#pragma once

#include <string>
#include <string_view>

#include "web/server/store/records.h"
#include "widget/core/result.h"

namespace parlance {

// Who wants to post where.
struct ChallengePurpose {
  std::string_view site;
  std::string_view thread;
  GuestId guest{};
};

struct Challenge {
  std::string text;
  int bits = 0;
  UnixSeconds expires = 0;
};

// A proof that holds, and may not have been used before.
struct Proved {
  std::string nonce;
  UnixSeconds expires = 0;
};

class Challenger {
 public:
  static constexpr UnixSeconds kSeconds = 600;  // To answer in.

  // `key` is the same in every process.
  Challenger(std::string key, int bits) : key_(std::move(key)), bits_(bits) {}

  // Fails with Internal when the system has no randomness.
  Result<Challenge> make(const ChallengePurpose& purpose, UnixSeconds now) const;

  // Fails with ChallengeRequired when it proves nothing, or something else.
  Result<Proved> check(const ChallengePurpose& purpose, std::string_view proof,
                       UnixSeconds now) const;

 private:
  std::string signature(const ChallengePurpose& purpose, std::string_view head) const;

  std::string key_;
  int bits_;
};

}  // namespace parlance
