// Opens connections, and spares a database that is not there: after a failure nobody knocks again
// for a while, and longer each time.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>

#include "web/server/store/engine.h"

namespace parlance {

// Safe to use from several threads at once.
class Connector {
 public:
  explicit Connector(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

  // Fails at once while it is too early to try again.
  Result<std::unique_ptr<Connection>> connect(Engine::Access access);

  const Engine& engine() const { return *engine_; }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr auto kShortestPause = std::chrono::milliseconds(50);
  static constexpr auto kLongestPause = std::chrono::milliseconds(2'000);

  std::unique_ptr<Engine> engine_;
  std::mutex mutex_;
  Clock::time_point earliest_;
  std::chrono::milliseconds pause_ = kShortestPause;
  Error last_error_;
};

}  // namespace parlance
