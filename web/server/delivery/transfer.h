// libcurl with C++ lifetimes, for those who send: a handle that keeps its connection, and what came
// of a try.
#pragma once

#include <curl/curl.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace parlance {

// What became of one try to send something.
struct Sent {
  enum class Fate : std::uint8_t {
    Done,
    Later,    // It may go another time.
    Never,    // The other end does not want it, now or later.
    Stopped,  // This process ends.
  };
  Fate fate = Fate::Later;
  std::string why;  // For the administrator. Holds no address and no text.
};

class Transfer {
 public:
  // `is_ending`, which must outlive it, cuts a try short.
  explicit Transfer(const std::atomic<bool>& is_ending);

  CURL* handle() const { return handle_.get(); }
  // Forgets all options but the connection and what every transfer has.
  void begin(long timeout_seconds);
  CURLcode run();
  // Of the other end: 0 when it said none.
  long status() const;
  std::string why(CURLcode code) const;
  bool is_ending() const { return is_ending_; }

 private:
  struct Closing {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  const std::atomic<bool>& is_ending_;
  std::unique_ptr<CURL, Closing> handle_;
};

}  // namespace parlance
