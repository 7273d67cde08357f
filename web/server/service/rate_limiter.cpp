#include "web/server/service/rate_limiter.h"

#include <algorithm>
#include <cstring>

#include "web/server/service/guest_token.h"

namespace parlance {
namespace {

// A bucket untouched for so long is full again under every rate in use.
constexpr UnixSeconds kForgottenAfter = 3'600;

}  // namespace

bool RateLimiter::take(std::string_view key, const Rate& rate, UnixSeconds now) {
  const std::uint64_t id = bucket_of(key);
  const std::lock_guard lock(mutex_);
  Bucket& one = bucket(id, rate, now);
  if (one.left < 1) return false;
  one.left -= 1;
  if (!is_shared_) return true;
  Taken& taken = taken_.try_emplace(id, Taken{id, 0, rate.count}).first->second;
  ++taken.count;
  return true;
}

double RateLimiter::share_left(std::string_view key, const Rate& rate, UnixSeconds now) {
  const std::uint64_t id = bucket_of(key);
  const std::lock_guard lock(mutex_);
  // Who has taken nothing yet is not worth a bucket.
  if (!buckets_.contains(id)) return 1;
  return std::max(0.0, bucket(id, rate, now).left) / rate.count;
}

std::size_t RateLimiter::bucket_count() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

void RateLimiter::share() {
  const std::lock_guard lock(mutex_);
  is_shared_ = true;
}

std::vector<RateLimiter::Taken> RateLimiter::taken(std::size_t most) {
  std::vector<Taken> all;
  {
    const std::lock_guard lock(mutex_);
    all.reserve(taken_.size());
    for (const auto& [id, taken] : taken_) all.push_back(taken);
    taken_.clear();
  }
  if (all.size() <= most) return all;
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(all.begin(), end, all.end(),
                   [](const Taken& a, const Taken& b) { return a.count > b.count; });
  all.erase(end, all.end());
  return all;
}

void RateLimiter::hear(const Taken& elsewhere, UnixSeconds now) {
  if (elsewhere.count < 1 || elsewhere.allowance < 1) return;
  const std::lock_guard lock(mutex_);
  Bucket& one = bucket(elsewhere.bucket, Rate{elsewhere.allowance}, now);
  // Somebody who took more than there was owes it, but no more than a whole allowance.
  one.left = std::max(one.left - elsewhere.count, -1.0 * elsewhere.allowance);
}

std::uint64_t RateLimiter::bucket_of(std::string_view key) const {
  std::string text = secret_;
  text += key;
  const std::string hash = sha256(text);
  std::uint64_t id = 0;
  std::memcpy(&id, hash.data(), sizeof id);
  return id;
}

RateLimiter::Bucket& RateLimiter::bucket(std::uint64_t id, const Rate& rate, UnixSeconds now) {
  auto found = buckets_.find(id);
  if (found == buckets_.end()) {
    if (buckets_.size() >= max_buckets_) make_room(now);
    found = buckets_.emplace(id, Bucket{static_cast<double>(rate.count), now}).first;
  }
  Bucket& one = found->second;
  // The clock may have been set back.
  const auto elapsed = static_cast<double>(std::max<UnixSeconds>(0, now - one.at));
  one.left =
      std::min(static_cast<double>(rate.count), one.left + elapsed * rate.count / rate.seconds);
  one.at = now;
  return one;
}

void RateLimiter::make_room(UnixSeconds now) {
  std::erase_if(buckets_,
                [&](const auto& entry) { return now - entry.second.at > kForgottenAfter; });
  // More strangers at once than there is room for: to forget everybody lets some do more than their
  // share, to refuse newcomers would lock everybody out.
  if (buckets_.size() >= max_buckets_) buckets_.clear();
}

}  // namespace parlance
