#include "web/server/rest/stream_gate.h"

namespace parlance {

Result<std::unique_ptr<StreamGate::Place>> StreamGate::enter(const std::string& address) {
  const std::lock_guard lock(mutex_);
  if (open_ >= limits_.streams) {
    return Error{ErrorCode::Unavailable, "as many event streams are open as may be", ""};
  }
  const auto known = by_address_.try_emplace(address, 0).first;
  if (known->second >= limits_.streams_per_address) {
    return Error{ErrorCode::RateLimited, "too many event streams from one address", ""};
  }
  ++known->second;
  ++open_;
  return std::make_unique<Place>(*this, address);
}

int StreamGate::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

void StreamGate::leave(const std::string& address) {
  const std::lock_guard lock(mutex_);
  --open_;
  const auto found = by_address_.find(address);
  if (--found->second == 0) by_address_.erase(found);
}

}  // namespace parlance
