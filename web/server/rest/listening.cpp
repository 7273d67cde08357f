#include "web/server/rest/listening.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace parlance {
namespace {

// The first socket that a service manager hands over; -1 when there is none for this process.
int inherited_socket() {
  constexpr int kFirst = 3;
  const char* process = ::getenv("LISTEN_PID");
  const char* count = ::getenv("LISTEN_FDS");
  const bool is_ours = process != nullptr && count != nullptr &&
                       std::to_string(::getpid()) == process && std::string_view(count) != "0";
  ::unsetenv("LISTEN_PID");
  ::unsetenv("LISTEN_FDS");
  if (!is_ours) return -1;
  ::fcntl(kFirst, F_SETFD, FD_CLOEXEC);
  // Several threads wait for the same connection, and only one gets it.
  ::fcntl(kFirst, F_SETFL, ::fcntl(kFirst, F_GETFL) | O_NONBLOCK);
  return kFirst;
}

std::string to_url(const std::string& address, std::uint16_t port) {
  const bool is_v6 = address.find(':') != std::string::npos;
  return "http://" + (is_v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

// Drogon has no way to stop accepting and go on serving. So its socket is taken out of the thread's
// event poll, which can be found by trying, and something is put into its place that never has an
// event. REQUIRES: on the thread that accepts.
void stop_accepting(int socket) {
  const int silent = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (silent < 0) return;
  std::error_code error;
  for (auto at = std::filesystem::directory_iterator("/proc/self/fd", error);
       !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
    const auto target = std::filesystem::read_symlink(at->path(), error);
    if (error || target.native().find("[eventpoll]") == std::string::npos) continue;
    const std::string name = at->path().filename().string();
    int poll = -1;
    std::from_chars(name.data(), name.data() + name.size(), poll);
    if (::epoll_ctl(poll, EPOLL_CTL_DEL, socket, nullptr) != 0) continue;
    ::dup3(silent, socket, O_CLOEXEC);
    epoll_event nothing{};
    ::epoll_ctl(poll, EPOLL_CTL_ADD, socket, &nothing);
    break;
  }
  ::close(silent);
}

}  // namespace

Result<std::unique_ptr<Listening>> Listening::open(const std::string& address, std::uint16_t port,
                                                   PortSharing sharing) {
  const int inherited = inherited_socket();
  // Where the socket is inherited, Drogon's own ones stay unused, wherever they are.
  auto reserved = inherited < 0 ? ReservedPort::reserve(address, port, sharing)
                                : ReservedPort::reserve("127.0.0.1", 0, sharing);
  if (!reserved) return reserved.error();
  std::unique_ptr<Listening> listening(new Listening(inherited, std::move(*reserved)));
  if (inherited < 0) {
    listening->address_ = address;
    listening->port_ = listening->reserved_.number();
    listening->url_ = to_url(address, listening->port_);
    return listening;
  }
  listening->address_ = "127.0.0.1";
  listening->port_ = 0;
  const auto bound = bound_address(inherited);
  if (!bound) return bound.error();
  listening->url_ = to_url(bound->ip, bound->port);
  return listening;
}

Listening::~Listening() {
  if (inherited_ >= 0) ::close(inherited_);
}

void Listening::adopt(int socket) {
  if (inherited_ >= 0) ::dup3(inherited_, socket, O_CLOEXEC);
  const std::lock_guard lock(mutex_);
  acceptors_.push_back({trantor::EventLoop::getEventLoopOfCurrentThread(), socket});
}

void Listening::stop() {
  const std::lock_guard lock(mutex_);
  for (const Acceptor& acceptor : acceptors_) {
    acceptor.loop->queueInLoop([socket = acceptor.socket] { stop_accepting(socket); });
  }
  acceptors_.clear();
}

}  // namespace parlance
