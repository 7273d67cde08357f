#include "web/server/service/rate_limiter.h"

#include <algorithm>

namespace parlance {
namespace {

// A bucket untouched for so long is full again under every rate in use.
constexpr UnixSeconds kForgottenAfter = 3'600;

}  // namespace

bool RateLimiter::take(std::string_view key, const Rate& rate, UnixSeconds now) {
  const std::lock_guard lock(mutex_);
  auto found = buckets_.find(std::string(key));
  if (found == buckets_.end()) {
    if (buckets_.size() >= max_buckets_) make_room(now);
    found = buckets_.emplace(key, Bucket{static_cast<double>(rate.count), now}).first;
  }
  Bucket& bucket = found->second;
  // The clock may have been set back.
  const auto elapsed = static_cast<double>(std::max<UnixSeconds>(0, now - bucket.at));
  bucket.left =
      std::min(static_cast<double>(rate.count), bucket.left + elapsed * rate.count / rate.seconds);
  bucket.at = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}

std::size_t RateLimiter::bucket_count() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

void RateLimiter::make_room(UnixSeconds now) {
  std::erase_if(buckets_,
                [&](const auto& entry) { return now - entry.second.at > kForgottenAfter; });
  // More strangers at once than there is room for: to forget everybody lets some do more than their
  // share, to refuse newcomers would lock everybody out.
  if (buckets_.size() >= max_buckets_) buckets_.clear();
}

}  // namespace parlance
