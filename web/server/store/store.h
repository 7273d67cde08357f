// The database as the server uses it: an SQLite file or a PostgreSQL server, with one behaviour.
// Safe to use from several threads at once.
//
// A connection that is lost, or a database that restarts, is found again by the next who asks;
// until then everything fails with Unavailable. Fails with ReadOnly where nothing can be written (a
// full disk, a read-only database) and with Overloaded where it takes too long.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/server/store/reader_pool.h"
#include "web/server/store/write_lane.h"

namespace parlance {

class Store {
 public:
  // Opens the database, creates an SQLite file that is missing, and brings the schema up to date.
  // `address` is the name of a file, or a URL that begins with postgresql://.
  static Result<std::unique_ptr<Store>> open(const std::string& address);

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
    Snapshot(ReaderPool& readers, std::unique_ptr<Connection> connection)
        : readers_(&readers), connection_(std::move(connection)) {}

    ReaderPool* readers_;
    std::unique_ptr<Connection> connection_;
  };
  Result<Snapshot> snapshot();

  // A turn to write. What is not committed is rolled back when it goes.
  class Change {
   public:
    Change(Change&& other) noexcept
        : lane_(std::exchange(other.lane_, nullptr)),
          connection_(other.connection_),
          after_(std::move(other.after_)) {}
    Change& operator=(Change&&) = delete;
    ~Change();
    // REQUIRES: not committed.
    Connection& connection() { return *connection_; }
    // Has `after` called when the change is durable, before anybody is told that it is, and after
    // what was given before. Changes with the same key are told of in their order. REQUIRES:
    // `after` does not fail, is short, and does not use the store.
    void after_commit(std::function<void()> after) {
      if (!after_) {
        after_ = std::move(after);
        return;
      }
      after_ = [first = std::move(after_), second = std::move(after)] { first(), second(); };
    }
    // Durable when it succeeds. Others may commit together with this one.
    Status commit();

   private:
    friend class Store;
    Change(WriteLane& lane, Connection& connection) : lane_(&lane), connection_(&connection) {}

    WriteLane* lane_;  // Null once the turn is over.
    Connection* connection_;
    std::function<void()> after_;
  };
  // While it goes on nobody else writes anything.
  Result<Change> change();
  // While it goes on nobody else writes with the same key. REQUIRES: what is written belongs to the
  // key alone, as a thread's comments and votes do to the thread.
  Result<Change> change(std::string_view key);

  // Answers what `job` answers, which takes a connection and gives a Result. It runs again on
  // another connection when the first was lost.
  template <typename Job>
  auto read(const Job& job) -> decltype(job(std::declval<Connection&>())) {
    for (int attempt = 1;; ++attempt) {
      auto view = snapshot();
      if (!view) return view.error();
      auto result = job(view->connection());
      if (result || attempt == kAttempts || !view->connection().is_lost()) return result;
    }
  }

  // The same with a change, which is committed when the job succeeds. A job that wrote at the same
  // time as somebody else runs again from the beginning, with another change.
  template <typename Job>
  auto write(std::string_view key, const Job& job) -> decltype(job(std::declval<Change&>())) {
    return write_in(job, [&] { return change(key); });
  }
  // The same where what is written belongs to several keys.
  template <typename Job>
  auto write_everywhere(const Job& job) -> decltype(job(std::declval<Change&>())) {
    return write_in(job, [&] { return change(); });
  }

  // Whether asking it can take long: it lies on the other end of a wire.
  bool is_remote() const { return is_remote_; }

 private:
  static constexpr int kAttempts = 3;

  Store(std::unique_ptr<Engine> engine, bool is_remote);
  Result<Change> change_in(WriteLane& lane);

  template <typename Job, typename Begin>
  auto write_in(const Job& job, const Begin& begin) -> decltype(job(std::declval<Change&>())) {
    for (int attempt = 1;; ++attempt) {
      auto turn = begin();
      if (!turn) return turn.error();
      auto result = job(*turn);
      if (result) {
        if (Status kept = turn->commit(); !kept) return kept.error();
        return result;
      }
      const Failure failure = turn->connection().failure();
      if (attempt == kAttempts || failure != Failure::Conflict) return result;
    }
  }

  const bool is_remote_;
  Connector connector_;
  ReaderPool readers_;
  std::vector<std::unique_ptr<WriteLane>> lanes_;  // The last one is every lane.
};

}  // namespace parlance
