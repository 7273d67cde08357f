// What is told to the streams of readers: the latest changes of threads, as text.
//
//   event   "id: " event id "\n" "event: " ("change" | "reset") "\n" "data: " JSON "\n\n"
//
// Changes that follow each other within a second are one event, so that a reader of the busiest
// thread gets one a second. The latest events of a thread are kept, so that a stream that was
// broken off can go on where it was; where they do not reach back far enough, it is told to read
// the page anew. Knows no sockets. Safe to use from several threads at once.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "web/server/service/thread_event.h"

namespace parlance {

// What is sent to every stream of a thread whose reader knows less than `version`.
struct LiveMessage {
  std::string thread;  // As LiveFeed::name() has it.
  std::int64_t version = 0;
  std::shared_ptr<const std::string> text;
};

// Where messages go, and who keeps the time. Called while the feed is locked: must not call back.
class LiveOutlet {
 public:
  virtual ~LiveOutlet() = default;
  virtual void send(const LiveMessage& message) = 0;
  // Call LiveFeed::flush(thread) after kFlushPause.
  virtual void flush_later(const std::string& thread) = 0;
};

struct LiveLimits {
  std::size_t kept_events = 64;               // Of a thread.
  std::size_t kept_threads = 4'096;           // The longest unchanged ones go first.
  std::size_t kept_bytes = 16 * 1024 * 1024;  // In all.
};

class LiveFeed final : public EventSink {
 public:
  using EventIds = std::function<std::string(std::int64_t version)>;

  explicit LiveFeed(EventIds ids, LiveLimits limits = {}) : ids_(std::move(ids)), limits_(limits) {}

  // Before, and after nullptr, events are only kept. Once it returns, the outlet that was is not
  // called any more.
  void send_to(LiveOutlet* outlet) {
    const std::lock_guard lock(mutex_);
    outlet_ = outlet;
  }

  // What is in the database already may be published a little later: that is no gap. REQUIRES:
  // nobody uses the feed yet.
  void expect_delay() { is_behind_ = true; }

  static std::string name(RowId site, std::string_view thread);

  void publish(const ThreadEvent& event) override;
  // Sends everybody to the page, and forgets what was kept.
  void miss() override;
  void flush(const std::string& thread);
  // Sends what still waits, of every thread.
  void flush_all();

  // How a stream begins.
  struct Beginning {
    std::string text;
    std::int64_t version = 0;  // What its reader knows with that.
  };
  // `seen` is what the reader knows; nothing: they want what happens from now on. `current` is the
  // thread's version in the database, read before. REQUIRES: what is sent from now on reaches the
  // stream, too.
  Beginning begin(const std::string& thread, std::optional<std::int64_t> seen,
                  std::int64_t current) const;

 private:
  struct Kept {
    std::int64_t version = 0;
    std::shared_ptr<const std::string> text;
  };
  struct Thread {
    std::string name;
    std::int64_t base = 0;     // Everything that came after it is known.
    std::int64_t version = 0;  // The latest known.
    std::int64_t flushed = 0;  // The latest that was sent.
    std::vector<Kept> kept;    // Oldest first.
    ThreadChanges waiting;
    bool has_waiting = false;
    bool is_pausing = false;  // flush() will be called.
  };
  using Threads = std::list<Thread>;  // The latest changed first.

  Thread& touch(const std::string& name, std::int64_t before);
  static void gather(ThreadChanges& waiting, const ThreadEvent& event);
  void send_waiting(Thread& thread);
  void send_reset(Thread& thread);
  void keep(Thread& thread, const std::string& text);
  void make_room();
  std::string reset_text(std::int64_t version) const;

  const EventIds ids_;
  const LiveLimits limits_;
  LiveOutlet* outlet_ = nullptr;
  bool is_behind_ = false;
  mutable std::mutex mutex_;
  Threads threads_;
  std::unordered_map<std::string, Threads::iterator> by_name_;
  std::size_t bytes_ = 0;
};

}  // namespace parlance
