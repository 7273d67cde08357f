// What is told of a thread whenever something in it has changed, for whoever passes it on to
// readers who are looking at it.
#pragma once

#include <cstdint>
#include <string>

#include "web/server/store/records.h"
#include "widget/core/thread_page.h"

namespace parlance {

struct ThreadEvent {
  enum class What : std::uint8_t {
    Nothing,    // That a reader without a token could see.
    Comment,    // It is new, or something else than its votes has changed.
    Score,      // Its votes have.
    Thread,     // Only the thread itself has.
    Reactions,  // Only what readers react with has.
  };

  RowId site = 0;
  // Everything between these two versions of the thread is in this event. 0: nobody had written.
  std::int64_t before = 0;
  std::int64_t version = 0;
  ThreadInfo thread;  // As a reader without a token sees it now; the same holds for the comment.
  What what = What::Nothing;
  Comment comment;
};

// Where events go once they are durable. One process hears of its own writes directly; where
// several share a database, of all processes' by way of the database.
class EventSink {
 public:
  virtual ~EventSink() = default;
  // A thread's events come in the order of their versions. May be called from any thread; must not
  // call back into the service.
  virtual void publish(const ThreadEvent& event) = 0;
  // Events may have been lost, of any thread.
  virtual void miss() {}
};

}  // namespace parlance
