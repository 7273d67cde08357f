#include "web/server/rest/port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace parlance {
namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
  std::uint16_t port() const {
    // The port stands at the same place in both families.
    return ntohs(reinterpret_cast<const sockaddr_in*>(&storage)->sin_port);
  }
};

Result<SocketAddress> to_socket_address(const std::string& address, std::uint16_t port) {
  SocketAddress result;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&result.storage);
  if (inet_pton(AF_INET, address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    result.size = sizeof *v4;
    return result;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&result.storage);
  if (inet_pton(AF_INET6, address.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    result.size = sizeof *v6;
    return result;
  }
  return Error{ErrorCode::Unavailable, "not an IP address: " + address, ""};
}

Error refused(const std::string& address, std::uint16_t port) {
  return {ErrorCode::Unavailable,
          "cannot listen on " + address + ":" + std::to_string(port) + ": " + std::strerror(errno),
          ""};
}

// Binds without listening: connections still go to whoever listens.
int bind_socket(SocketAddress& address, int shared_option) {
  const int handle = ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (handle < 0) return -1;
  const int on = 1;
  ::setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (shared_option != 0) ::setsockopt(handle, SOL_SOCKET, shared_option, &on, sizeof on);
  if (::bind(handle, address.get(), address.size) == 0) return handle;
  const int why = errno;
  ::close(handle);
  errno = why;
  return -1;
}

}  // namespace

Result<BoundAddress> bound_address(int socket) {
  SocketAddress address;
  address.size = sizeof address.storage;
  if (::getsockname(socket, address.get(), &address.size) != 0) {
    return Error{ErrorCode::Unavailable, "the inherited file is no socket", ""};
  }
  std::array<char, INET6_ADDRSTRLEN> ip{};
  const bool is_v6 = address.storage.ss_family == AF_INET6;
  const void* bytes =
      is_v6 ? static_cast<const void*>(&reinterpret_cast<sockaddr_in6*>(address.get())->sin6_addr)
            : static_cast<const void*>(&reinterpret_cast<sockaddr_in*>(address.get())->sin_addr);
  if (::inet_ntop(address.storage.ss_family, bytes, ip.data(), ip.size()) == nullptr) {
    return Error{ErrorCode::Unavailable, "the inherited socket has no IP address", ""};
  }
  return BoundAddress{ip.data(), address.port()};
}

Result<ReservedPort> ReservedPort::reserve(const std::string& address, std::uint16_t port,
                                           PortSharing sharing) {
  auto wanted = to_socket_address(address, port);
  if (!wanted) return wanted.error();
  if (port != 0 && sharing == PortSharing::Alone) {
    // Drogon lets several processes share a port, so a second server would start without a word and
    // get half of the requests. A socket that does not share finds out.
    const int probe = bind_socket(*wanted, 0);
    if (probe < 0) return refused(address, port);
    ::close(probe);
  }
  const int handle = bind_socket(*wanted, SO_REUSEPORT);
  if (handle < 0) return refused(address, port);
  if (::getsockname(handle, wanted->get(), &wanted->size) != 0) {
    ::close(handle);
    return refused(address, port);
  }
  return ReservedPort(handle, wanted->port());
}

ReservedPort::ReservedPort(ReservedPort&& other) noexcept
    : socket_(other.socket_), number_(other.number_) {
  other.socket_ = -1;
}

ReservedPort::~ReservedPort() {
  if (socket_ >= 0) ::close(socket_);
}

}  // namespace parlance
