#include "web/server/rest/page_cache.h"

namespace parlance {

std::shared_ptr<const HttpResponse> PageCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(key);
  if (place == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->response;
}

void PageCache::keep(const std::string& key, const HttpResponse& response) {
  Entry entry{key, std::make_shared<const HttpResponse>(response)};
  const std::size_t size = size_of(entry);
  if (size > most_bytes_) return;
  const std::lock_guard lock(mutex_);
  if (places_.contains(key)) return;
  bytes_ += size;
  entries_.push_front(std::move(entry));
  places_.emplace(key, entries_.begin());
  while (bytes_ > most_bytes_) {
    bytes_ -= size_of(entries_.back());
    places_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

std::size_t PageCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

// With what the containers take for themselves, roughly.
std::size_t PageCache::size_of(const Entry& entry) {
  constexpr std::size_t kOverhead = 512;
  return kOverhead + 2 * entry.key.size() + entry.response->body.size();
}

}  // namespace parlance
