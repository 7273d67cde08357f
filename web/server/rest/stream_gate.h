// How many event streams may be open at once: in this process, and from one address. Safe to use
// from several threads at once.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "widget/core/result.h"

namespace parlance {

struct StreamLimits {
  int streams = 12'000;
  // A company or a mobile network can stand behind one.
  int streams_per_address = 500;
};

class StreamGate {
 public:
  explicit StreamGate(const StreamLimits& limits) : limits_(limits) {}

  // The place of one stream, given back when it goes. The gate must outlive it.
  class Place {
   public:
    Place(StreamGate& gate, std::string address) : gate_(gate), address_(std::move(address)) {}
    ~Place() { gate_.leave(address_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    StreamGate& gate_;
    std::string address_;
  };

  // Fails with Unavailable when the process has as many as it may, and with RateLimited when the
  // address has.
  Result<std::unique_ptr<Place>> enter(const std::string& address);

  int open() const;

 private:
  void leave(const std::string& address);

  const StreamLimits limits_;
  mutable std::mutex mutex_;
  int open_ = 0;
  std::unordered_map<std::string, int> by_address_;
};

}  // namespace parlance
