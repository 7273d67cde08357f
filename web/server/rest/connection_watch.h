// Looks after the connections of one thread while requests come in: who takes too long to say what
// they want is cut off, however busily they dribble. Streams are looked after elsewhere.
//
// Everything here runs on the loop's thread, but for what says otherwise.
#pragma once

#include <trantor/net/EventLoop.h>
#include <trantor/net/TcpConnection.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <unordered_map>

namespace parlance {

class ConnectionWatch : public std::enable_shared_from_this<ConnectionWatch> {
 public:
  // A connection, as far as it matters here.
  struct Line {
    std::atomic<int> open_answers = 0;  // From any thread: requests that are not answered yet.
    std::size_t read = 0;               // What had come when its last request was complete.
    std::chrono::steady_clock::time_point quiet;  // When nothing was half said last.
  };

  ConnectionWatch(trantor::EventLoop& loop, std::chrono::seconds longest_request)
      : loop_(loop), longest_request_(longest_request) {}

  trantor::EventLoop& loop() { return loop_; }
  // From any thread.
  int count() const { return count_; }

  void opened(const trantor::TcpConnectionPtr& connection);
  // Also for a connection that nobody looks after from here any more.
  void closed(const trantor::TcpConnection* connection);

  // A request has come in. Null: the connection is not looked after.
  std::shared_ptr<Line> asked(const trantor::TcpConnectionPtr& connection);

  // Ends those on which nothing is half said and nothing is to be answered.
  void close_idle();

 private:
  struct Watched {
    std::weak_ptr<trantor::TcpConnection> connection;
    std::shared_ptr<Line> line;
  };
  void look();

  trantor::EventLoop& loop_;
  const std::chrono::seconds longest_request_;
  std::unordered_map<const trantor::TcpConnection*, Watched> watched_;
  std::atomic<int> count_ = 0;
  trantor::TimerId looking_ = 0;
};

}  // namespace parlance
