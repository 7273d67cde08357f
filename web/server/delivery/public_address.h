// Which addresses are the public network's. A server that calls addresses which others have written
// down must not be led to what only it can reach.
#pragma once

#include <sys/socket.h>

namespace parlance {

// False for this machine, private and link-local networks, and everything else that is not routed
// to everybody, in whatever form of IPv6 it comes.
bool is_public_address(const sockaddr& address);

}  // namespace parlance
