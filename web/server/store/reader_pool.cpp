#include "web/server/store/reader_pool.h"

namespace parlance {
namespace {

constexpr auto kLongestWait = std::chrono::seconds(5);

}  // namespace

Result<std::unique_ptr<Connection>> ReaderPool::take() {
  const int most = connector_.engine().readers();
  {
    std::unique_lock lock(mutex_);
    const auto is_free = [&] { return most == 0 || taken_ < most; };
    if (!has_room_.wait_for(lock, kLongestWait, is_free)) {
      return Error{ErrorCode::Overloaded, "database: too many are reading", ""};
    }
    ++taken_;
  }
  // The first one may have waited here while the server restarted; a new one has not.
  for (int attempt = 0;; ++attempt) {
    auto connection = take_idle_or_open();
    if (!connection) {
      leave();
      return connection;
    }
    const Status begun = (*connection)->begin_read();
    if (begun) return connection;
    const bool is_lost = (*connection)->is_lost();
    if (!is_lost || attempt > 0) {
      give_back(std::move(*connection));
      return begun.error();
    }
    const std::lock_guard lock(mutex_);
    idle_.clear();
  }
}

Result<std::unique_ptr<Connection>> ReaderPool::take_idle_or_open() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  return connector_.connect(Engine::Access::Read);
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
  connection->roll_back();
  {
    const std::lock_guard lock(mutex_);
    if (connection->is_lost()) {
      idle_.clear();
    } else {
      idle_.push_back(std::move(connection));
    }
  }
  leave();
}

void ReaderPool::leave() {
  {
    const std::lock_guard lock(mutex_);
    --taken_;
  }
  has_room_.notify_one();
}

}  // namespace parlance
