#include "web/server/store/store.h"

#include "web/server/store/schema.h"

namespace parlance {

Result<std::unique_ptr<Store>> Store::open(const std::string& path) {
  auto writer = Connection::open(path, Connection::Access::ReadWrite);
  if (!writer) return writer.error();
  if (Status status = migrate(**writer); !status) return status.error();
  return std::unique_ptr<Store>(new Store(path, std::move(*writer)));
}

Store::Snapshot::~Snapshot() {
  if (connection_ == nullptr) return;
  transaction_.reset();
  const std::lock_guard lock(store_->readers_mutex_);
  store_->idle_readers_.push_back(std::move(connection_));
}

Result<Store::Snapshot> Store::snapshot() {
  std::unique_ptr<Connection> connection;
  {
    const std::lock_guard lock(readers_mutex_);
    if (!idle_readers_.empty()) {
      connection = std::move(idle_readers_.back());
      idle_readers_.pop_back();
    }
  }
  if (connection == nullptr) {
    auto opened = Connection::open(path_, Connection::Access::Read);
    if (!opened) return opened.error();
    connection = std::move(*opened);
  }
  auto transaction = Transaction::begin(*connection, Transaction::Kind::Read);
  if (!transaction) return transaction.error();
  return Snapshot(*this, std::move(connection), std::move(*transaction));
}

Result<Store::Change> Store::change() {
  std::unique_lock lock(writer_mutex_);
  auto transaction = Transaction::begin(*writer_, Transaction::Kind::Write);
  if (!transaction) return transaction.error();
  return Change(std::move(lock), *writer_, std::move(*transaction));
}

}  // namespace parlance
