// The port to listen on, before there is a server to ask for it.
#pragma once

#include <cstdint>
#include <string>

#include "widget/core/result.h"

namespace parlance {

// Whether other processes may listen on the same port at the same time.
enum class PortSharing : std::uint8_t { Alone, Shared };

struct BoundAddress {
  std::string ip;
  std::uint16_t port = 0;
};
// Where a socket is bound. Fails with Unavailable.
Result<BoundAddress> bound_address(int socket);

// A port of an address, kept from others while this lives; from processes of other users where it
// is shared.
class ReservedPort {
 public:
  // Port 0 stands for any that is free. Fails with Unavailable, and says why in words for an
  // administrator.
  static Result<ReservedPort> reserve(const std::string& address, std::uint16_t port,
                                      PortSharing sharing);
  ReservedPort(ReservedPort&& other) noexcept;
  ReservedPort& operator=(ReservedPort&&) = delete;
  ~ReservedPort();

  std::uint16_t number() const { return number_; }

 private:
  ReservedPort(int socket, std::uint16_t number) : socket_(socket), number_(number) {}

  int socket_;
  std::uint16_t number_;
};

}  // namespace parlance
