// Challenges that cost the one who wants to post a moment of computing, and the server nothing.
//
//   challenge  "c1." bits "." whatever else the server has put into it
//   proof      challenge ":" number; its SHA-256 begins with so many zero bits
//
// The server makes challenges and signs them; the widget looks for the number.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace parlance {

// Above this nobody would wait for it.
inline constexpr int kMaxChallengeBits = 24;
inline constexpr std::size_t kMaxChallengeBytes = 256;

// Nothing when it is none, or one that would take too long.
std::optional<int> challenge_bits(std::string_view challenge);

int leading_zero_bits(std::span<const std::uint8_t> digest);

// Goes on with the SHA-256 of what came before by a block of 64 bytes (FIPS 180-4, 6.2.2).
using Sha256State = std::array<std::uint32_t, 8>;
inline constexpr Sha256State kSha256Begin = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
void sha256_block(Sha256State& state, const std::uint8_t* block);

// Looks for the number, a part at a time. What does not change is hashed once.
class ProofSearch {
 public:
  // REQUIRES: challenge_bits(challenge).
  explicit ProofSearch(std::string_view challenge);

  // Tries the next `count` numbers. The proof, once it is found.
  std::optional<std::string> search(std::uint32_t count);

 private:
  bool is_proof(std::string_view digits) const;

  std::string challenge_;  // With the colon.
  int bits_;
  Sha256State hashed_ = kSha256Begin;  // Of its whole blocks.
  std::uint32_t next_ = 0;
};

}  // namespace parlance
