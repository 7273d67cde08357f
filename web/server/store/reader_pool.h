// Connections for reading: kept when they are given back, at most so many at a time.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "web/server/store/connector.h"

namespace parlance {

// Safe to use from several threads at once.
class ReaderPool {
 public:
  // `connector` must outlive the pool.
  explicit ReaderPool(Connector& connector) : connector_(connector) {}

  // A connection in a reading transaction. Waits for its turn. Fails with Overloaded when that
  // takes too long, and as connect() does.
  Result<std::unique_ptr<Connection>> take();

  // Ends the transaction, and keeps the connection unless it is lost. A lost one takes those that
  // wait with it: most often they are lost too.
  void give_back(std::unique_ptr<Connection> connection);

 private:
  Result<std::unique_ptr<Connection>> take_idle_or_open();
  void leave();

  Connector& connector_;
  std::mutex mutex_;
  std::condition_variable has_room_;
  int taken_ = 0;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace parlance
