// The port to listen on, before there is a server to ask for it.
#pragma once

#include <cstdint>
#include <string>

#include "widget/core/result.h"

namespace parlance {

// A port of an address, kept from others while this lives.
class ReservedPort {
 public:
  // Port 0 stands for any that is free. Fails with Unavailable, and says why in words for an
  // administrator.
  static Result<ReservedPort> reserve(const std::string& address, std::uint16_t port);
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
