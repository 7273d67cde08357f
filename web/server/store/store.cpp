#include "web/server/store/store.h"

#include <cassert>

#include "web/server/store/schema.h"
#include "widget/core/fnv.h"

namespace parlance {

Store::Store(std::unique_ptr<Engine> engine, bool is_remote)
    : is_remote_(is_remote), connector_(std::move(engine)), readers_(connector_) {
  const int lanes = connector_.engine().lanes();
  for (int i = 0; i < lanes; ++i) {
    lanes_.push_back(std::make_unique<WriteLane>(connector_, i));
  }
  // With one lane, that is every lane.
  if (lanes > 1) {
    lanes_.push_back(std::make_unique<WriteLane>(connector_, Connection::kEveryLane));
  }
}

Result<std::unique_ptr<Store>> Store::open(const std::string& address) {
  std::unique_ptr<Store> store(new Store(engine_for(address), is_postgres_address(address)));
  auto connection = store->connector_.connect(Engine::Access::ReadWrite);
  if (!connection) return connection.error();
  if (Status status = migrate(**connection); !status) return status.error();
  return store;
}

Store::Snapshot::~Snapshot() {
  if (connection_ != nullptr) readers_->give_back(std::move(connection_));
}

Result<Store::Snapshot> Store::snapshot() {
  auto connection = readers_.take();
  if (!connection) return connection.error();
  return Snapshot(readers_, std::move(*connection));
}

Store::Change::~Change() {
  if (lane_ != nullptr) lane_->leave();
}

Status Store::Change::commit() {
  assert(lane_ != nullptr);
  return std::exchange(lane_, nullptr)->join(std::move(after_));
}

Result<Store::Change> Store::change() { return change_in(*lanes_.back()); }

Result<Store::Change> Store::change(std::string_view key) {
  const auto lanes = static_cast<std::size_t>(connector_.engine().lanes());
  return change_in(*lanes_[fnv1a(key) % lanes]);
}

Result<Store::Change> Store::change_in(WriteLane& lane) {
  auto connection = lane.enter();
  if (!connection) return connection.error();
  return Change(lane, **connection);
}

}  // namespace parlance
