#include "web/server/service/totp.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace parlance {
namespace {

constexpr std::size_t kGroup = 4;
constexpr UnixSeconds kStepSeconds = 30;
constexpr std::int64_t kStepsAside = 1;
constexpr std::size_t kDigits = 6;

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (is_plain) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += "0123456789ABCDEF"[byte >> 4];
    encoded += "0123456789ABCDEF"[byte & 0xF];
  }
  return encoded;
}

}  // namespace

std::string to_base32(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 5; count -= 5) {
      text += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[bits >> (count - 5) & 0x1F];
    }
  }
  if (count > 0) text += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[bits << (5 - count) & 0x1F];
  return text;
}

std::string grouped(std::string_view letters) {
  std::string text;
  for (std::size_t at = 0; at < letters.size(); at += kGroup) {
    if (at != 0) text += '-';
    text += letters.substr(at, kGroup);
  }
  return text;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter;
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[i] = static_cast<unsigned char>(step >> (56 - 8 * i));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(),
       digest.data(), &size);
  // RFC 4226, 5.3: the last four bits say where the 31 bits of the number begin.
  const std::size_t at = digest[19] & 0xF;
  std::uint32_t number = digest[at] & 0x7F;
  for (std::size_t i = 1; i < 4; ++i) number = number << 8 | digest[at + i];
  std::string code(kDigits, '0');
  for (auto digit = code.rbegin(); digit != code.rend(); ++digit, number /= 10) {
    *digit = static_cast<char>('0' + number % 10);
  }
  return code;
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code,
                                      UnixSeconds now) {
  if (code.size() != kDigits || secret.empty()) return std::nullopt;
  std::optional<std::int64_t> found;
  for (std::int64_t step = now / kStepSeconds - kStepsAside;
       step <= now / kStepSeconds + kStepsAside; ++step) {
    const std::string expected = totp_code(secret, step);
    if (CRYPTO_memcmp(expected.data(), code.data(), kDigits) == 0) found = step;
  }
  return found;
}

std::string totp_uri(std::string_view secret, std::string_view site, std::string_view name) {
  const std::string issuer = percent_encoded("Parlance " + std::string(site));
  return "otpauth://totp/" + issuer + ":" + percent_encoded(name) + "?secret=" + to_base32(secret) +
         "&issuer=" + issuer;
}

}  // namespace parlance
