#include "web/server/delivery/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace parlance {
namespace {

struct Range4 {
  std::uint32_t begin;
  int bits;
};
// RFC 6890 and what has been added since.
constexpr std::array<Range4, 15> kSpecial4 = {{{0x00000000, 8},
                                               {0x0A000000, 8},
                                               {0x64400000, 10},
                                               {0x7F000000, 8},
                                               {0xA9FE0000, 16},
                                               {0xAC100000, 12},
                                               {0xC0000000, 24},
                                               {0xC0000200, 24},
                                               {0xC0586300, 24},
                                               {0xC0A80000, 16},
                                               {0xC6120000, 15},
                                               {0xC6336400, 24},
                                               {0xCB007100, 24},
                                               {0xE0000000, 4},
                                               {0xF0000000, 4}}};

bool is_public4(std::uint32_t address) {
  return std::ranges::none_of(kSpecial4, [&](const Range4& range) {
    return (address ^ range.begin) >> (32 - range.bits) == 0;
  });
}

std::uint32_t number_at(const std::uint8_t* bytes) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes, sizeof number);
  return ntohl(number);
}

bool is_public6(const std::uint8_t* bytes) {
  constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  constexpr std::array<std::uint8_t, 12> kTranslated = {0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0};
  for (const auto& prefix : {kMapped, kTranslated}) {
    if (std::equal(prefix.begin(), prefix.end(), bytes)) return is_public4(number_at(bytes + 12));
  }
  // Only 2000::/3 is routed; of that not Teredo, documentation and the like, nor 6to4.
  if ((bytes[0] & 0xE0) != 0x20) return false;
  const std::uint32_t begin = number_at(bytes);
  const bool is_protocols = begin >> 9 == 0x20010000U >> 9;
  return !is_protocols && begin != 0x20010DB8 && begin >> 16 != 0x2002;
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 in{};
  std::memcpy(&in, &address, sizeof in);
  return is_public6(in.sin6_addr.s6_addr);
}

}  // namespace parlance
