#include "web/server/store/write_lane.h"

#include <utility>

namespace parlance {
namespace {

constexpr auto kLongestWait = std::chrono::seconds(5);

}  // namespace

Result<Connection*> WriteLane::enter() {
  std::unique_lock lock(mutex_);
  ++waiting_;
  const bool is_mine = turn_.wait_for(lock, kLongestWait, [this] { return !is_busy_; });
  --waiting_;
  if (!is_mine) return Error{ErrorCode::Overloaded, "database: too many are writing", ""};
  is_busy_ = true;
  if (group_ == nullptr) group_ = std::make_shared<Group>();
  lock.unlock();

  Status begun = open_group();
  if (begun) {
    connection_->forget_failure();
    begun = connection_->run("SAVEPOINT turn");
  }
  if (begun) return connection_.get();
  lock.lock();
  if (fate_) fate_ = begun;
  static_cast<void>(end_turn(lock, false));
  return begun.error();
}

// Opens the group's transaction unless it is open.
Status WriteLane::open_group() {
  // The connection may have waited here while the server restarted; a new one has not.
  for (int attempt = 0;; ++attempt) {
    if (connection_ != nullptr && connection_->is_in_transaction()) return {};
    {
      const std::lock_guard lock(mutex_);
      if (group_->members > 0) return Error{ErrorCode::Unavailable, "database: rolled back", ""};
    }
    if (connection_ == nullptr || connection_->is_lost()) {
      connection_.reset();
      auto opened = connector_.connect(Engine::Access::ReadWrite);
      if (!opened) return opened.error();
      connection_ = std::move(*opened);
    }
    Status begun = connection_->begin_write(number_);
    if (begun || !connection_->is_lost() || attempt > 0) return begun;
  }
}

Status WriteLane::join(std::function<void()> after) {
  // A full disk or a lost connection takes the whole transaction with it, savepoints and all.
  const Status released = connection_->is_in_transaction()
                              ? connection_->run("RELEASE turn")
                              : Status(connection_->error("the transaction was rolled back"));
  std::unique_lock lock(mutex_);
  if (!released && fate_) fate_ = released;
  if (after) group_->after.push_back(std::move(after));
  return end_turn(lock, true);
}

void WriteLane::leave() {
  Status undone;
  if (!connection_->is_in_transaction()) {
    undone = connection_->error("the transaction was rolled back");
  } else {
    undone = connection_->run("ROLLBACK TO turn");
    if (undone) undone = connection_->run("RELEASE turn");
  }
  std::unique_lock lock(mutex_);
  if (!undone && fate_) fate_ = undone;
  static_cast<void>(end_turn(lock, false));
}

Status WriteLane::end_turn(std::unique_lock<std::mutex>& lock, bool has_joined) {
  const std::shared_ptr<Group> group = group_;
  if (has_joined) ++group->members;
  if (waiting_ > 0 && fate_) {
    // Whoever is next joins too, or ends it for us.
    hand_on();
    if (!has_joined) return {};
    group->done.wait(lock, [&] { return group->is_done; });
    return group->status;
  }

  // From here on the group takes nobody any more, and the turn stays ours.
  group_.reset();
  const Status fate = std::exchange(fate_, Status());
  lock.unlock();
  Status status = finish_transaction(*group, fate);
  lock.lock();
  group->status = status;
  group->is_done = true;
  group->done.notify_all();
  hand_on();
  return status;
}

Status WriteLane::finish_transaction(const Group& group, const Status& fate) {
  if (connection_ == nullptr) return fate;
  Status status = fate;
  if (group.members > 0 && status) {
    status = connection_->commit();
    // Before anybody else can commit, so that it happens in the order of the changes.
    if (status) {
      for (const auto& after : group.after) after();
    }
  }
  connection_->roll_back();
  // A new connection knows nothing of what went wrong, and finds a file writable that has become
  // so.
  if (connection_->is_lost() || connection_->failure() == Failure::ReadOnly) connection_.reset();
  return status;
}

}  // namespace parlance
