#include "widget/core/proof_of_work.h"

#include <doctest/doctest.h>

#include <vector>

using namespace parlance;

namespace {

// The whole of FIPS 180-4 around the block function.
std::string sha256_hex(std::string text) {
  const std::uint64_t bits = text.size() * 8;
  text += '\x80';
  while (text.size() % 64 != 56) text += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(bits >> shift);
  Sha256State state = kSha256Begin;
  for (std::size_t at = 0; at < text.size(); at += 64) {
    sha256_block(state, reinterpret_cast<const std::uint8_t*>(text.data()) + at);
  }
  constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (const std::uint32_t word : state) {
    for (int shift = 28; shift >= 0; shift -= 4) hex += kHex[word >> shift & 15];
  }
  return hex;
}

}  // namespace

TEST_CASE("sha-256: hashes as the examples of FIPS 180-4 do") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("challenge: tells how many bits it asks for, within bounds") {
  CHECK(challenge_bits("c1.18.x") == 18);
  CHECK(challenge_bits("c1.0.x") == 0);
  CHECK(challenge_bits("c1.24.x") == 24);

  for (const char* bad : {"", "c1.", "c1.18", "c1..x", "c2.18.x", "c1.25.x", "c1.99999999999.x",
                          "c1.-1.x", "c1.1a.x"}) {
    CAPTURE(bad);
    CHECK_FALSE(challenge_bits(bad).has_value());
  }
  CHECK_FALSE(challenge_bits("c1.8." + std::string(kMaxChallengeBytes, 'x')).has_value());
}

TEST_CASE("proof search: finds a number that proves, whatever the challenge's length") {
  for (const std::size_t length : {1u, 40u, 50u, 54u, 58u, 59u, 60u, 70u, 120u}) {
    CAPTURE(length);
    const std::string challenge = "c1.9." + std::string(length, 'x');
    ProofSearch search(challenge);

    std::optional<std::string> proof;
    while (!proof) proof = search.search(100);

    CHECK(proof->starts_with(challenge + ":"));
    const std::string hex = sha256_hex(*proof);
    CHECK(hex.starts_with("00"));
    CHECK(hex[2] < '8');
  }
}

TEST_CASE("proof search: tries no more numbers than it is told to") {
  ProofSearch search("c1.24.patience");
  CHECK_FALSE(search.search(0).has_value());
  CHECK_FALSE(search.search(10).has_value());
}

TEST_CASE("leading zero bits: are counted across bytes") {
  CHECK(leading_zero_bits(std::vector<std::uint8_t>{0xff}) == 0);
  CHECK(leading_zero_bits(std::vector<std::uint8_t>{0x00, 0x01}) == 15);
  CHECK(leading_zero_bits(std::vector<std::uint8_t>{0x00, 0x00}) == 16);
}
