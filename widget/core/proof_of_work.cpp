#include "widget/core/proof_of_work.h"

#include <bit>
#include <cstring>

namespace parlance {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kLengthBytes = 8;
constexpr std::string_view kVersion = "c1.";

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
constexpr std::uint32_t kRounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t big_endian(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

}  // namespace

void sha256_block(Sha256State& state, const std::uint8_t* block) {
  std::uint32_t words[64];
  for (int i = 0; i < 16; ++i) words[i] = big_endian(block + 4 * i);
  for (int i = 16; i < 64; ++i) {
    const std::uint32_t a = words[i - 15];
    const std::uint32_t b = words[i - 2];
    words[i] = words[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3) + words[i - 7] +
               (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10);
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (int i = 0; i < 64; ++i) {
    const std::uint32_t one = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                              ((e & f) ^ (~e & g)) + kRounds[i] + words[i];
    const std::uint32_t two =
        (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + one;
    d = c;
    c = b;
    b = a;
    a = one + two;
  }
  const std::uint32_t after[] = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < state.size(); ++i) state[i] += after[i];
}

std::optional<int> challenge_bits(std::string_view challenge) {
  if (!challenge.starts_with(kVersion) || challenge.size() > kMaxChallengeBytes) {
    return std::nullopt;
  }
  int bits = 0;
  std::size_t at = kVersion.size();
  for (; at < challenge.size() && challenge[at] >= '0' && challenge[at] <= '9'; ++at) {
    bits = bits * 10 + (challenge[at] - '0');
    if (bits > kMaxChallengeBits) return std::nullopt;
  }
  const bool is_whole = at > kVersion.size() && at < challenge.size() && challenge[at] == '.';
  return is_whole ? std::optional(bits) : std::nullopt;
}

int leading_zero_bits(std::span<const std::uint8_t> digest) {
  int count = 0;
  for (const std::uint8_t byte : digest) {
    count += std::countl_zero(byte);
    if (byte != 0) break;
  }
  return count;
}

ProofSearch::ProofSearch(std::string_view challenge)
    : challenge_(challenge), bits_(challenge_bits(challenge).value_or(0)) {
  challenge_ += ':';
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(challenge_.data());
  for (std::size_t at = 0; at + kBlock <= challenge_.size(); at += kBlock) {
    sha256_block(hashed_, bytes + at);
  }
}

bool ProofSearch::is_proof(std::string_view digits) const {
  std::uint8_t blocks[2 * kBlock] = {};
  const std::size_t rest = challenge_.size() % kBlock;
  std::memcpy(blocks, challenge_.data() + challenge_.size() - rest, rest);
  std::memcpy(blocks + rest, digits.data(), digits.size());
  const std::size_t used = rest + digits.size();
  blocks[used] = 0x80;
  const std::size_t size = used + 1 + kLengthBytes <= kBlock ? kBlock : 2 * kBlock;
  const std::uint64_t bits = (challenge_.size() + digits.size()) * 8;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    blocks[size - 1 - i] = static_cast<std::uint8_t>(bits >> 8 * i);
  }
  Sha256State state = hashed_;
  for (std::size_t at = 0; at < size; at += kBlock) sha256_block(state, blocks + at);
  // No challenge asks for more bits than the first word has.
  return std::countl_zero(state[0]) >= bits_;
}

std::optional<std::string> ProofSearch::search(std::uint32_t count) {
  for (; count > 0; --count) {
    const std::string digits = std::to_string(next_++);
    if (is_proof(digits)) return challenge_ + digits;
  }
  return std::nullopt;
}

}  // namespace parlance
