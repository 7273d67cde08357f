// Changes in one line, many to a transaction.
//
// Waiting for the disk is what a small change costs most, and a disk takes a hundred changes as
// fast as one. So those who wait for their turn join the transaction that is open, each behind a
// savepoint of its own; the last of them commits for all, and until then everybody waits. Nobody is
// told that their change is kept before it is durable.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "web/server/store/connector.h"

namespace parlance {

// Safe to use from several threads at once.
class WriteLane {
 public:
  // `number` is what begin_write() takes. `connector` must outlive the lane.
  WriteLane(Connector& connector, int number) : connector_(connector), number_(number) {}

  // Waits for a turn; nobody else uses the connection until join() or leave(). Fails with
  // Overloaded when that takes too long, and as connect() and begin_write() do.
  Result<Connection*> enter();

  // Ends the turn. Succeeds when what was changed in it is durable; then `after` was called, once
  // those of earlier turns were. REQUIRES: a turn; `after` does not fail and does not enter a lane.
  Status join(std::function<void()> after);

  // Ends the turn and takes back what was changed in it. REQUIRES: a turn.
  void leave();

 private:
  // Those who share a transaction. Everything in it is guarded by the lane's mutex.
  struct Group {
    int members = 0;
    std::vector<std::function<void()>> after;
    bool is_done = false;
    Status status;
    std::condition_variable done;
  };

  Status open_group();
  Status end_turn(std::unique_lock<std::mutex>& lock, bool has_joined);
  // Settles what becomes of the group. REQUIRES: `is_busy_` is ours and the lock is not held.
  Status finish_transaction(const Group& group, const Status& fate);
  void hand_on() {
    is_busy_ = false;
    turn_.notify_one();
  }

  Connector& connector_;
  const int number_;
  std::unique_ptr<Connection> connection_;  // Of whoever has the turn.

  std::mutex mutex_;
  std::condition_variable turn_;
  bool is_busy_ = false;
  int waiting_ = 0;
  Status fate_;  // A failure: why the transaction that is open cannot be kept.
  std::shared_ptr<Group> group_;
};

}  // namespace parlance
