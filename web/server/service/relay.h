// Brings together what several processes on one PostgreSQL database know: every process hears of
// every change in the order of the commits, and of what each has counted for rate limits.
//
//   notice   change | rates | mark
//   change   "t " site " " version before " " version " " what " " comment " " aged " " thread's
//   key rates    "r " process (" " bucket ":" taken ":" allowance)+ mark     "m " process " "
//   number          comes back to who sent it, behind all before it
//
// Site, versions, what (ThreadEvent::What) comment and aged (0 or 1) are decimal numbers; a bucket
// is 16 hexadecimal digits. What a change consists of is read from the database, so a notice is
// short however long the comment is.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "web/server/service/service.h"
#include "web/server/store/notifications.h"

namespace parlance {

// A notice of a change, before what it is about was read.
struct ChangeNotice {
  RowId site = 0;
  std::int64_t before = 0;
  std::int64_t version = 0;
  ThreadEvent::What what = ThreadEvent::What::Nothing;
  RowId comment = 0;
  bool is_aged = false;  // The thread is closed by its age.
  std::string thread;
};
std::string to_notice(const ChangeNotice& change);
// Nothing when it is none.
std::optional<ChangeNotice> change_from_notice(std::string_view notice);

class Relay {
 public:
  using Clock = std::function<UnixSeconds()>;

  // Hears everything that is committed after it returns, or after the database has notices, as a
  // standby has none. `service` and `sink` must outlive it. Fails with Internal when the system has
  // no randomness. REQUIRES: a remote database, and nobody uses the service yet.
  static Result<std::unique_ptr<Relay>> start(const std::string& database, Service& service,
                                              EventSink& sink, Clock clock);
  ~Relay();
  // Waits until everything that was committed before is published; for a second at most.
  void settle();

  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

 private:
  Relay(std::string database, Service& service, EventSink& sink, Clock clock)
      : database_(std::move(database)), service_(service), sink_(sink), clock_(std::move(clock)) {}

  void run();
  // Until the connection is lost or the relay ends.
  void relay();
  void connect_again();
  void take(const std::vector<std::string>& notices);
  void publish(const std::vector<ChangeNotice>& changes);
  Status share_rates();

  const std::string database_;
  Service& service_;
  EventSink& sink_;
  const Clock clock_;
  std::string process_;
  std::unique_ptr<Notifications> notifications_;  // Null while there is no connection.
  std::atomic<bool> is_ending_ = false;
  std::mutex mutex_;
  std::condition_variable has_heard_;
  int marks_sent_ = 0;
  int marks_heard_ = 0;
  std::thread thread_;
};

}  // namespace parlance
