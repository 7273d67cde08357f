// What processes that share a PostgreSQL database tell each other, by LISTEN and NOTIFY. A notice
// that is sent inside a transaction comes when that is committed, in the order of the commits, and
// not at all when it is rolled back.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/connection.h"

namespace parlance {

// PostgreSQL takes less than 8,000 bytes.
constexpr std::size_t kMaxNoticeBytes = 7'900;

// Sends a notice with the transaction. REQUIRES: PostgreSQL; at most kMaxNoticeBytes.
Status send_notice(Connection& connection, const std::string& channel, const std::string& notice);

// A connection of its own that hears all notices of a channel, this process's own ones, too. For
// one thread.
class Notifications {
 public:
  // From now on every notice is heard. Fails with Unavailable.
  static Result<std::unique_ptr<Notifications>> listen(const std::string& address,
                                                       const std::string& channel);
  virtual ~Notifications() = default;

  // What has come, in order; waits for the first one, but no longer than `most`. Fails with
  // Unavailable when the connection is lost; then notices may be, too.
  virtual Result<std::vector<std::string>> wait(std::chrono::milliseconds most) = 0;

  // Sends one at once.
  virtual Status send(const std::string& notice) = 0;
};

}  // namespace parlance
