// Answers that many readers get, kept until there is no more room for them.
//
// A key holds the ETag, so what is found under it is never out of date; what became so is not asked
// for any more and makes room by itself.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "web/server/rest/http.h"

namespace parlance {

// Safe to use from several threads at once.
class PageCache {
 public:
  explicit PageCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // Null when it is not there.
  std::shared_ptr<const HttpResponse> find(const std::string& key);

  // Makes room for it by letting go of what was not asked for the longest.
  void keep(const std::string& key, const HttpResponse& response);

  std::size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const HttpResponse> response;
  };
  static std::size_t size_of(const Entry& entry);

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  // The one asked for last comes first.
  std::unordered_map<std::string, std::list<Entry>::iterator> places_;
};

}  // namespace parlance
