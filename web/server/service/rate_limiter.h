// Token buckets in memory: everybody may do a burst of so many things, and gets the allowance back
// evenly. Safe to use from several threads at once.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "widget/core/comment.h"

namespace parlance {

struct Rate {
  int count = 0;
  int seconds = 600;
};

class RateLimiter {
 public:
  explicit RateLimiter(std::size_t max_buckets = 100'000) : max_buckets_(max_buckets) {}

  // Whether the one with this key may do it once more now, which then counts.
  bool take(std::string_view key, const Rate& rate, UnixSeconds now);

  std::size_t bucket_count() const;

 private:
  struct Bucket {
    double left = 0;
    UnixSeconds at = 0;
  };
  void make_room(UnixSeconds now);

  const std::size_t max_buckets_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace parlance
