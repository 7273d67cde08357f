#include "web/server/rest/event_streams.h"

#include <drogon/HttpAppFramework.h>

#include <array>
#include <atomic>
#include <unordered_map>
#include <utility>

#include "web/server/rest/log.h"

namespace parlance {
namespace {

constexpr auto kFlushPause = std::chrono::seconds(1);
// A line that says nothing tells proxies and phones that somebody is there, and the system when
// nobody is.
constexpr const char* kHeartbeat = ":\n\n";
constexpr int kHeartbeatSeconds = 25;
// Beyond what the system buffers. Who reads more slowly than this is better off with the page.
constexpr std::size_t kMaxWaitingBytes = 256 * 1024;

std::string head_of(const HttpResponse& response) {
  // The stream ends with its connection, so its length need not be told in any way.
  std::string head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: ";
  head += response.content_type;
  head += "\r\n";
  for (const auto& [name, value] : response.headers) head.append(name + ": " + value + "\r\n");
  return head + "\r\n" + response.body;
}

}  // namespace

// Everything but the constructor, and count(), runs on one thread.
class EventStreams::Streams : public std::enable_shared_from_this<Streams> {
 public:
  explicit Streams(trantor::EventLoop& loop) : loop_(loop) {}

  trantor::EventLoop& loop() { return loop_; }
  int count() const { return count_; }

  void open(const trantor::TcpConnectionPtr& connection, std::shared_ptr<EventStream> stream,
            const std::string& head, const LiveFeed& feed) {
    // A second one on the same connection would have to wait for the end of the first.
    if (!connection->connected() || streams_.contains(connection.get())) return;
    // In this order, and here: what is sent from now on comes to this thread after this.
    ++count_;
    const auto beginning = feed.begin(stream->thread, stream->seen, stream->current);
    connection->keepAlive();
    connection->setTcpNoDelay(true);
    watch(connection);
    auto& thread = by_thread_[stream->thread];
    const std::size_t beat = next_beat_++ % kHeartbeatSeconds;
    streams_[connection.get()] = {connection, std::move(stream), thread.size(),
                                  beat,       beginning.version, false};
    thread.push_back(connection.get());
    if (streams_.size() == 1) begin_beating();
    connection->send(head + beginning.text);
    if (is_finished_) connection->shutdown();
  }

  void send(const LiveMessage& message) {
    const auto thread = by_thread_.find(message.thread);
    if (thread == by_thread_.end()) return;
    for (const trantor::TcpConnection* key : thread->second) {
      Stream& stream = streams_.at(key);
      // Begun after this was sent to the others, and with it.
      if (stream.version >= message.version || stream.is_cut) continue;
      stream.version = message.version;
      stream.connection->send(message.text->data(), message.text->size());
    }
  }

  void finish() {
    is_finished_ = true;
    for (const auto& [key, stream] : streams_) stream.connection->shutdown();
  }

 private:
  struct Stream {
    trantor::TcpConnectionPtr connection;
    std::shared_ptr<EventStream> asked;
    std::size_t position = 0;  // Among its thread's.
    std::size_t beat = 0;      // In which second of each round it gets its heartbeat.
    std::int64_t version = 0;  // What its reader has been told.
    bool is_cut = false;
  };

  void watch(const trantor::TcpConnectionPtr& connection) {
    const auto self = shared_from_this();
    connection->setCloseCallback(
        [self, then = connection->getCloseCallback()](const trantor::TcpConnectionPtr& closed) {
          self->forget(closed.get());
          then(closed);
        });
    connection->setHighWaterMarkCallback(
        [self](const trantor::TcpConnectionPtr& slow, std::size_t) { self->cut(slow); },
        kMaxWaitingBytes);
    // What this reader says from now on is of no interest. Not at once: this may be called by what
    // it replaces.
    loop_.queueInLoop([connection] {
      connection->setRecvMsgCallback(
          [](const trantor::TcpConnectionPtr&, trantor::MsgBuffer* said) { said->retrieveAll(); });
    });
  }

  // Not at once: somebody may be going through the streams.
  void cut(const trantor::TcpConnectionPtr& slow) {
    const auto found = streams_.find(slow.get());
    if (found == streams_.end() || std::exchange(found->second.is_cut, true)) return;
    log_event(LogLevel::Warning, "stream_cut", "the reader is too slow");
    loop_.queueInLoop([slow] { slow->forceClose(); });
  }

  void forget(const trantor::TcpConnection* key) {
    const auto found = streams_.find(key);
    if (found == streams_.end()) return;
    const auto thread = by_thread_.find(found->second.asked->thread);
    auto& others = thread->second;
    const std::size_t position = found->second.position;
    others[position] = others.back();
    streams_.at(others[position]).position = position;
    others.pop_back();
    if (others.empty()) by_thread_.erase(thread);
    streams_.erase(found);
    --count_;
    if (streams_.empty()) loop_.invalidateTimer(beating_);
  }

  void begin_beating() {
    beating_ = loop_.runEvery(std::chrono::seconds(1), [self = shared_from_this()] {
      self->second_ = (self->second_ + 1) % kHeartbeatSeconds;
      self->beat();
    });
  }

  void beat() {
    static const std::string heartbeat = kHeartbeat;
    for (const auto& [key, stream] : streams_) {
      if (stream.beat == second_ && !stream.is_cut) stream.connection->send(heartbeat);
    }
  }

  trantor::EventLoop& loop_;
  std::unordered_map<const trantor::TcpConnection*, Stream> streams_;
  std::unordered_map<std::string, std::vector<const trantor::TcpConnection*>> by_thread_;
  std::atomic<int> count_ = 0;
  std::size_t next_beat_ = 0;
  std::size_t second_ = 0;
  trantor::TimerId beating_ = 0;
  bool is_finished_ = false;
};

EventStreams::EventStreams(LiveFeed& feed) : feed_(feed) {}
EventStreams::~EventStreams() = default;

void EventStreams::start(int threads) {
  for (int i = 0; i < threads; ++i) {
    by_thread_.push_back(
        std::make_shared<Streams>(*drogon::app().getIOLoop(static_cast<std::size_t>(i))));
  }
  feed_.send_to(this);
}

void EventStreams::open(const drogon::HttpRequestPtr& request, const HttpResponse& response) {
  const auto connection = request->getConnectionPtr().lock();
  if (connection == nullptr) return;
  for (const auto& streams : by_thread_) {
    if (&streams->loop() != connection->getLoop()) continue;
    streams->loop().runInLoop(
        [this, streams, connection, asked = response.stream, head = head_of(response)] {
          streams->open(connection, asked, head, feed_);
        });
  }
}

void EventStreams::send(const LiveMessage& message) {
  for (const auto& streams : by_thread_) {
    if (streams->count() == 0) continue;
    streams->loop().queueInLoop([streams, message] { streams->send(message); });
  }
}

void EventStreams::flush_later(const std::string& thread) {
  drogon::app().getLoop()->runAfter(kFlushPause, [this, thread] { feed_.flush(thread); });
}

void EventStreams::finish() {
  feed_.flush_all();
  for (const auto& streams : by_thread_) {
    streams->loop().queueInLoop([streams] { streams->finish(); });
  }
}

void EventStreams::leave() { feed_.send_to(nullptr); }

bool EventStreams::have_all_ended() const {
  for (const auto& streams : by_thread_) {
    if (streams->count() > 0) return false;
  }
  return true;
}

}  // namespace parlance
