// The database as the server uses it: one writer, and as many readers as there are threads reading.
// Safe to use from several threads at once.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "web/server/store/sqlite.h"

namespace parlance {

class Store {
 public:
  // Opens the file, creates it when it is missing, and brings its schema up to date.
  static Result<std::unique_ptr<Store>> open(const std::string& path);

  // One consistent view of everything that was committed when it began. Gives its connection back
  // when it goes.
  class Snapshot {
   public:
    Snapshot(Snapshot&&) noexcept = default;
    Snapshot& operator=(Snapshot&&) = delete;
    ~Snapshot();
    Connection& connection() { return *connection_; }

   private:
    friend class Store;
    Snapshot(Store& store, std::unique_ptr<Connection> connection, Transaction transaction)
        : store_(&store),
          connection_(std::move(connection)),
          transaction_(std::in_place, std::move(transaction)) {}

    Store* store_;
    std::unique_ptr<Connection> connection_;
    std::optional<Transaction> transaction_;
  };
  Result<Snapshot> snapshot();

  // The one writer's turn. What is not committed is rolled back when it goes.
  class Change {
   public:
    Connection& connection() { return *connection_; }
    Status commit() { return transaction_.commit(); }

   private:
    friend class Store;
    Change(std::unique_lock<std::mutex> lock, Connection& connection, Transaction transaction)
        : lock_(std::move(lock)), connection_(&connection), transaction_(std::move(transaction)) {}

    // In this order: the transaction ends before the lock is given up.
    std::unique_lock<std::mutex> lock_;
    Connection* connection_;
    Transaction transaction_;
  };
  Result<Change> change();

 private:
  Store(std::string path, std::unique_ptr<Connection> writer)
      : path_(std::move(path)), writer_(std::move(writer)) {}

  std::string path_;
  std::mutex writer_mutex_;
  std::unique_ptr<Connection> writer_;
  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Connection>> idle_readers_;
};

}  // namespace parlance
