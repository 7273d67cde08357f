#include "web/server/rest/connection_watch.h"

#include <vector>

#include "web/server/rest/log.h"

namespace parlance {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kLookEvery = std::chrono::seconds(1);
constexpr std::string_view kTooSlow =
    "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

}  // namespace

void ConnectionWatch::opened(const trantor::TcpConnectionPtr& connection) {
  auto line = std::make_shared<Line>();
  line->quiet = Clock::now();
  watched_[connection.get()] = {connection, std::move(line)};
  ++count_;
  if (watched_.size() > 1) return;
  looking_ = loop_.runEvery(kLookEvery, [self = shared_from_this()] { self->look(); });
}

void ConnectionWatch::closed(const trantor::TcpConnection* connection) {
  if (watched_.erase(connection) == 0) return;
  --count_;
  if (watched_.empty()) loop_.invalidateTimer(looking_);
}

std::shared_ptr<ConnectionWatch::Line> ConnectionWatch::asked(
    const trantor::TcpConnectionPtr& connection) {
  const auto found = watched_.find(connection.get());
  if (found == watched_.end()) return nullptr;
  found->second.line->read = connection->bytesReceived();
  return found->second.line;
}

void ConnectionWatch::look() {
  const Clock::time_point now = Clock::now();
  std::vector<trantor::TcpConnectionPtr> too_slow;
  for (auto& [key, watched] : watched_) {
    Line& line = *watched.line;
    const auto connection = watched.connection.lock();
    if (connection == nullptr) continue;
    const bool is_new = line.read == 0;
    const bool is_half_said = is_new || connection->bytesReceived() != line.read;
    if (line.open_answers > 0 || !is_half_said) {
      line.quiet = now;
    } else if (now - line.quiet > longest_request_) {
      too_slow.push_back(connection);
    }
  }
  // Closing changes what was gone through.
  for (const auto& connection : too_slow) {
    connection->send(kTooSlow.data(), kTooSlow.size());
    connection->forceClose();
  }
  if (too_slow.empty()) return;
  log_event(LogLevel::Info, "too_slow",
            std::to_string(too_slow.size()) + " connections were cut off");
}

void ConnectionWatch::close_idle() {
  std::vector<trantor::TcpConnectionPtr> idle;
  for (const auto& [key, watched] : watched_) {
    const auto connection = watched.connection.lock();
    if (connection != nullptr && watched.line->open_answers == 0) idle.push_back(connection);
  }
  for (const auto& connection : idle) connection->shutdown();
}

}  // namespace parlance
