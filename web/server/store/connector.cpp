#include "web/server/store/connector.h"

#include <algorithm>

namespace parlance {

Result<std::unique_ptr<Connection>> Connector::connect(Engine::Access access) {
  {
    const std::lock_guard lock(mutex_);
    if (Clock::now() < earliest_) return last_error_;
  }
  auto connection = engine_->connect(access);
  const std::lock_guard lock(mutex_);
  if (connection) {
    pause_ = kShortestPause;
    earliest_ = {};
    return connection;
  }
  last_error_ = connection.error();
  // Many may have failed together: that is one failure.
  if (Clock::now() >= earliest_) {
    earliest_ = Clock::now() + pause_;
    pause_ = std::min(pause_ * 2, kLongestPause);
  }
  return connection;
}

}  // namespace parlance
