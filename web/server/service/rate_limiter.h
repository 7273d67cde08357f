// Token buckets in memory: everybody may do a burst of so many things, and gets the allowance back
// evenly. Safe to use from several threads at once.
//
// A bucket is known by a keyed hash, so that no address stays in memory, and so that processes can
// tell each other what they have counted (relay.h). They do so twice a second: somebody who goes
// from one to the next gets no more than what fits between two times of telling.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "widget/core/comment.h"

namespace parlance {

struct Rate {
  int count = 0;
  int seconds = 600;
};

class RateLimiter {
 public:
  // `secret` is the same in every process that shares what it counts.
  explicit RateLimiter(std::size_t max_buckets = 100'000, std::string secret = {})
      : secret_(std::move(secret)), max_buckets_(max_buckets) {}

  // Whether the one with this key may do it once more now, which then counts.
  bool take(std::string_view key, const Rate& rate, UnixSeconds now);

  // How much of their allowance is left, from 0 to 1. Takes nothing.
  double share_left(std::string_view key, const Rate& rate, UnixSeconds now);

  std::size_t bucket_count() const;

  // What was taken from a bucket.
  struct Taken {
    std::uint64_t bucket = 0;
    int count = 0;
    int allowance = 0;  // Rate::count.
  };
  // From now on what is taken is kept for taken().
  void share();
  // What was taken since the last time: of those who took most, at most so many.
  std::vector<Taken> taken(std::size_t most);
  // What was taken elsewhere.
  void hear(const Taken& elsewhere, UnixSeconds now);

 private:
  struct Bucket {
    double left = 0;
    UnixSeconds at = 0;
  };
  std::uint64_t bucket_of(std::string_view key) const;
  // Brought up to date. REQUIRES: the lock.
  Bucket& bucket(std::uint64_t id, const Rate& rate, UnixSeconds now);
  void make_room(UnixSeconds now);

  const std::string secret_;
  const std::size_t max_buckets_;
  mutable std::mutex mutex_;
  std::unordered_map<std::uint64_t, Bucket> buckets_;
  bool is_shared_ = false;
  std::unordered_map<std::uint64_t, Taken> taken_;
};

}  // namespace parlance
