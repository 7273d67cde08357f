// Where the process listens: at an address of its own, or on a socket that the system's service
// manager holds for it (LISTEN_FDS), so that who connects while one process ends and the next one
// begins has only to wait.
//
// Drogon makes the sockets, one for each of its threads, and shows them before they listen. Only
// for Linux.
#pragma once

#include <trantor/net/EventLoop.h>

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "web/server/rest/port.h"

namespace parlance {

class Listening {
 public:
  // Fails with Unavailable when nobody can listen there; so it does where somebody listens already,
  // unless the port is shared.
  static Result<std::unique_ptr<Listening>> open(const std::string& address, std::uint16_t port,
                                                 PortSharing sharing);
  ~Listening();
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

  // What Drogon is to be told.
  const std::string& address() const { return address_; }
  std::uint16_t port() const { return port_; }
  // Where it can be reached: "http://127.0.0.1:8080".
  const std::string& url() const { return url_; }

  // Drogon's socket, on the thread that is going to accept from it.
  void adopt(int socket);

  // Nothing is accepted any more once every thread has come to it; what has not been accepted goes
  // to who else holds the socket.
  void stop();

 private:
  struct Acceptor {
    trantor::EventLoop* loop;
    int socket;
  };
  Listening(int inherited, ReservedPort reserved)
      : inherited_(inherited), reserved_(std::move(reserved)) {}

  const int inherited_;  // -1: none.
  ReservedPort reserved_;
  std::string address_;
  std::uint16_t port_ = 0;
  std::string url_;
  std::mutex mutex_;
  std::vector<Acceptor> acceptors_;
};

}  // namespace parlance
