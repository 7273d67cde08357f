#include "web/server/service/challenge.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <charconv>

#include "web/server/service/base64url.h"
#include "web/server/service/guest_token.h"
#include "web/server/store/connection.h"
#include "widget/core/proof_of_work.h"

namespace parlance {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kMaxProofBytes = kMaxChallengeBytes + 16;

Error unproved() {
  return {ErrorCode::ChallengeRequired, "proof: proves nothing here and now", "proof"};
}

// What stands before the next dot, which goes with it.
std::string_view take_part(std::string_view& text) {
  const std::size_t dot = text.find('.');
  const std::string_view part = text.substr(0, dot);
  text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
  return part;
}

}  // namespace

std::string Challenger::signature(const ChallengePurpose& purpose, std::string_view head) const {
  std::string text(head);
  for (const std::string_view part :
       {purpose.site,
        std::string_view(reinterpret_cast<const char*>(purpose.guest.data()), purpose.guest.size()),
        purpose.thread}) {
    text += '|';
    text += part;
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size);
  return to_base64url(Bytes(digest, size));
}

Result<Challenge> Challenger::make(const ChallengePurpose& purpose, UnixSeconds now) const {
  const auto nonce = random_bytes(kNonceBytes);
  if (!nonce) return nonce.error();
  Challenge made{"", bits_, now + kSeconds};
  made.text = "c1." + std::to_string(bits_) + "." + std::to_string(made.expires) + "." +
              to_base64url(bytes_of(*nonce));
  made.text += "." + signature(purpose, made.text);
  return made;
}

Result<Proved> Challenger::check(const ChallengePurpose& purpose, std::string_view proof,
                                 UnixSeconds now) const {
  const std::size_t colon = proof.find(':');
  if (colon == std::string_view::npos || proof.size() > kMaxProofBytes) return unproved();
  const std::string_view challenge = proof.substr(0, colon);
  const std::size_t last = challenge.rfind('.');
  const auto bits = challenge_bits(challenge);
  if (!bits || last == std::string_view::npos) return unproved();

  const std::string expected = signature(purpose, challenge.substr(0, last));
  const std::string_view given = challenge.substr(last + 1);
  if (given.size() != expected.size()) return unproved();
  if (CRYPTO_memcmp(given.data(), expected.data(), expected.size()) != 0) return unproved();

  // From here on it is known to be one of ours.
  std::string_view rest = challenge;
  take_part(rest);
  take_part(rest);
  const std::string_view until = take_part(rest);
  Proved proved{std::string(take_part(rest)), 0};
  std::from_chars(until.data(), until.data() + until.size(), proved.expires);
  if (now > proved.expires) return unproved();
  if (leading_zero_bits(bytes_of(sha256(proof))) < *bits) return unproved();
  return proved;
}

}  // namespace parlance
