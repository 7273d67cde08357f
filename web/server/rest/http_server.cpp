#include "web/server/rest/http_server.h"

#include <drogon/HttpAppFramework.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <trantor/utils/ConcurrentTaskQueue.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <thread>
#include <vector>

#include "web/server/rest/connection_watch.h"
#include "web/server/rest/cors.h"
#include "web/server/rest/event_streams.h"
#include "web/server/rest/failure.h"
#include "web/server/rest/http_messages.h"
#include "web/server/rest/listening.h"
#include "web/server/rest/log.h"
#include "web/server/rest/operations.h"
#include "web/server/rest/request_id.h"
#include "web/server/rest/security_headers.h"

namespace parlance {
namespace {

using Clock = std::chrono::steady_clock;
using Answer = std::function<void(const drogon::HttpResponsePtr&)>;

// Larger bodies than kMaxRequestBytes are read up to here, so that who sent one is told why it was
// refused. Beyond it the library ends the connection with a bare 413.
constexpr std::size_t kMaxReadBytes = 2 * 1024 * 1024;
constexpr std::size_t kIdleSeconds = 75;
constexpr std::size_t kMaxConnections = 20'000;
// Those who write together share a commit (store/write_lane.h), so there are more of them than
// cores.
constexpr std::size_t kWriters = 48;
// As many as a remote database lets read at the same time.
constexpr std::size_t kReaders = 8;
// A longer line than this would only time out at its end.
constexpr int kMaxWaiting = 1'000;
constexpr std::size_t kMostOfAPath = 500;  // In the log.
// As long as a lane or a connection is waited for (store/write_lane.cpp).
constexpr auto kLongestWait = std::chrono::seconds(5);
constexpr auto kLongestFarewell = std::chrono::seconds(10);
// For the other end to see that a connection is closed.
constexpr auto kLongestGoodbye = std::chrono::milliseconds(500);
constexpr RouteName kFiles = {"GET", "files"};

UnixSeconds unix_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

void log_line_of_library(const char* text, std::uint64_t size) {
  std::string_view line(text, size);
  // Several threads have seen a connection on a socket they share, and another one was quicker.
  if (line.find("errno=11)") != std::string_view::npos) return;
  while (line.ends_with('\n')) line.remove_suffix(1);
  log_event(LogLevel::Warning, "http_library", line);
}

class Server {
 public:
  Server(const Served& served, const HttpServerOptions& options)
      : settle_(served.settle),
        api_(served.api),
        files_(served.files),
        mail_pages_(served.mail_pages),
        options_(options),
        streams_(served.feed),
        metrics_(all_routes()),
        operations_(served.service, metrics_, options.metrics_token) {
    if (api_.reads_wait()) {
      readers_ = std::make_unique<Queue>(kReaders, "reads");
    }
    add_process_metrics(metrics_);
    add_own_metrics();
    if (served.add_metrics) served.add_metrics(metrics_);
  }

  // REQUIRES: Drogon runs.
  void start() {
    streams_.start(options_.threads);
    for (int i = 0; i < options_.threads; ++i) {
      trantor::EventLoop* loop = drogon::app().getIOLoop(static_cast<std::size_t>(i));
      watches_.push_back(std::make_shared<ConnectionWatch>(*loop, options_.longest_request));
    }
    are_watching_ = true;
  }

  // On the connection's thread.
  void see(const trantor::TcpConnectionPtr& connection) {
    ConnectionWatch* watch = watch_of(connection);
    if (watch == nullptr) return;
    connection->connected() ? watch->opened(connection) : watch->closed(connection.get());
  }

  void handle(const drogon::HttpRequestPtr& request, Answer answer) {
    const Clock::time_point begin = Clock::now();
    const auto connection = request->getConnectionPtr().lock();
    ConnectionWatch* watch = connection == nullptr ? nullptr : watch_of(connection);
    const auto line = watch == nullptr ? nullptr : watch->asked(connection);
    // Nobody has to wait in a queue to be told so, or to take room in it.
    if (request->body().size() > kMaxRequestBytes) {
      return refuse(answer, ErrorCode::BodyTooLarge, "the body is larger than 64 KiB");
    }
    const std::string& path = request->getOriginalPath();
    const bool is_write = request->method() != drogon::Get && request->method() != drogon::Options;
    const bool is_read = Api::owns(path) || Operations::waits(path) || MailPages::owns(path);
    // The thread it came in on has others to answer while this one waits for the disk or the wire.
    if (is_write) {
      answer_later(writes_, {request, std::move(answer), line, begin});
    } else if (readers_ != nullptr && is_read) {
      answer_later(*readers_, {request, std::move(answer), line, begin});
    } else {
      send(request, answer, respond(to_request(request), begin));
    }
  }

  // Accepts nothing more, lets those who are being served finish, and quits; all within the longest
  // time that a goodbye may take.
  void finish(Listening& listening) {
    const Clock::time_point begin = Clock::now();
    const Clock::time_point end = begin + kLongestFarewell;
    operations_.drain();
    is_draining_ = true;
    listening.stop();
    if (settle_) settle_();
    streams_.finish();
    // Their next answer tells them to go. Who has been silent for so long is not about to ask.
    wait_until(begin + options_.drain, [this] { return connections() == 0; });
    wait_until(end, [this] { return waiting() == 0; });
    for (const auto& watch : watches_) watch->loop().queueInLoop([watch] { watch->close_idle(); });
    wait_until(std::min(end, Clock::now() + kLongestGoodbye),
               [this] { return connections() == 0; });
    wait_until(end, [this] { return streams_.have_all_ended(); });
    streams_.leave();
    after_each_loop([] { drogon::app().quit(); });
  }

  // Calls `then` once every thread that serves requests has done what it was asked before.
  void after_each_loop(const std::function<void()>& then) const {
    auto left = std::make_shared<std::atomic<int>>(options_.threads);
    for (int i = 0; i < options_.threads; ++i) {
      drogon::app().getIOLoop(static_cast<std::size_t>(i))->queueInLoop([left, then] {
        if (--*left == 0) then();
      });
    }
  }

 private:
  struct Waiting {
    drogon::HttpRequestPtr request;
    Answer answer;
    std::shared_ptr<ConnectionWatch::Line> line;  // May be null.
    Clock::time_point begin;
  };

  template <typename Condition>
  static void wait_until(Clock::time_point end, const Condition& is_done) {
    while (!is_done() && Clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

  int connections() const {
    int count = 0;
    for (const auto& watch : watches_) count += watch->count();
    return count;
  }

  // Null for a connection that came before there was a watch.
  ConnectionWatch* watch_of(const trantor::TcpConnectionPtr& connection) const {
    if (!are_watching_) return nullptr;
    for (const auto& watch : watches_) {
      if (&watch->loop() == connection->getLoop()) return watch.get();
    }
    return nullptr;
  }

  // Who reads does not wait for those who write, and is not turned away because of them.
  struct Queue {
    Queue(std::size_t count, const char* name) : workers(count, name) {}
    std::atomic<int> waiting = 0;
    trantor::ConcurrentTaskQueue workers;
  };

  int waiting() const {
    return writes_.waiting + (readers_ == nullptr ? 0 : readers_->waiting.load());
  }

  void answer_later(Queue& queue, Waiting waiting) {
    if (queue.waiting >= kMaxWaiting) return shed(waiting, "too many requests are waiting");
    ++queue.waiting;
    if (waiting.line != nullptr) ++waiting.line->open_answers;
    queue.workers.runTaskInQueue([this, &queue, waiting = std::move(waiting)] {
      // Who has waited so long is gone, or will have it answered sooner by asking again.
      if (Clock::now() - waiting.begin > kLongestWait) {
        shed(waiting, "waited too long for a turn");
      } else {
        send(waiting.request, waiting.answer, respond(to_request(waiting.request), waiting.begin));
      }
      if (waiting.line != nullptr) --waiting.line->open_answers;
      --queue.waiting;
    });
  }

  void shed(const Waiting& waiting, const char* why) {
    ++shed_;
    refuse(waiting.answer, ErrorCode::Overloaded, why);
  }

  void send(const drogon::HttpRequestPtr& request, const Answer& answer, HttpResponse response) {
    if (response.stream && !request->isHead()) return open_stream(request, response);
    if (!is_draining_) return answer(to_response(std::move(response)));
    response.add_header("Connection", "close");
    answer(to_response(std::move(response)));
    // Drogon would keep it open. It sends what was answered before this.
    if (const auto connection = request->getConnectionPtr().lock()) {
      connection->getLoop()->queueInLoop([connection] { connection->shutdown(); });
    }
  }

  void open_stream(const drogon::HttpRequestPtr& request, const HttpResponse& response) {
    if (const auto connection = request->getConnectionPtr().lock()) {
      connection->getLoop()->runInLoop([this, connection] {
        if (ConnectionWatch* watch = watch_of(connection)) watch->closed(connection.get());
      });
    }
    streams_.open(request, response);
  }

  HttpResponse respond(const HttpRequest& request, Clock::time_point begin) {
    Error error;
    const std::string id = request_id(request.request_id);
    HttpResponse response = route(request, error);
    compress(request, api_.compression(), response);
    add_security_headers(response);
    response.add_header("X-Request-Id", id);
    const Clock::duration duration = Clock::now() - begin;
    metrics_.count(response.route, response.status, duration);
    if (options_.logs_requests || response.status >= 500) {
      const bool has_failed = response.status >= 400;
      const std::string_view path = std::string_view(request.path).substr(0, kMostOfAPath);
      log_request(
          {id, request.method, path, response.status, duration, has_failed ? &error : nullptr});
    }
    return response;
  }

  HttpResponse route(const HttpRequest& request, Error& error) {
    if (Operations::owns(request.path)) return operations_.answer(request, error);
    if (Api::owns(request.path)) return api_.answer(request, unix_now(), error);
    if (MailPages::owns(request.path)) return mail_pages_.answer(request, unix_now(), error);
    auto file = files_.answer(request);
    if (!file) error = file.error();
    HttpResponse response = file ? std::move(*file) : failure(error);
    response.route = kFiles;
    return response;
  }

  void refuse(const Answer& answer, ErrorCode code, const char* why) {
    HttpResponse response = failure({code, why, ""});
    allow_every_origin(response);
    add_security_headers(response);
    metrics_.count({}, response.status, {});
    answer(to_response(std::move(response)));
  }

  static std::vector<RouteName> all_routes() {
    std::vector<RouteName> routes = Api::routes();
    for (const RouteName& route : Operations::routes()) routes.push_back(route);
    for (const RouteName& route : MailPages::routes()) routes.push_back(route);
    routes.push_back(kFiles);
    return routes;
  }

  void add_own_metrics() {
    using Kind = Metrics::Kind;
    metrics_.add(Kind::Gauge, "parlance_connections", "Open ones that are no event streams.",
                 [this] { return connections(); });
    metrics_.add(Kind::Gauge, "parlance_event_streams", "Open ones.",
                 [this] { return api_.open_streams(); });
    metrics_.add(Kind::Gauge, "parlance_requests_waiting", "For the database, or for a turn.",
                 [this] { return waiting(); });
    metrics_.add(Kind::Counter, "parlance_requests_shed_total", "Refused since too many waited.",
                 [this] { return static_cast<double>(shed_.load()); });
    metrics_.add(Kind::Gauge, "parlance_page_cache_bytes", "Pages kept in memory.",
                 [this] { return static_cast<double>(api_.cached_bytes()); });
  }

  const std::function<void()> settle_;
  Api& api_;
  const StaticFiles& files_;
  MailPages& mail_pages_;
  HttpServerOptions options_;
  EventStreams streams_;
  Metrics metrics_;
  Operations operations_;
  std::vector<std::shared_ptr<ConnectionWatch>> watches_;
  std::atomic<bool> are_watching_ = false;
  std::atomic<std::uint64_t> shed_ = 0;
  std::atomic<bool> is_draining_ = false;
  Queue writes_{kWriters, "writes"};
  std::unique_ptr<Queue> readers_;  // Null where reading waits for nobody.
};

// A phone that has left its network says nothing: what is sent to it is not acknowledged for so
// long, and then the connection is gone.
void give_up_on_the_lost(int socket) {
  const unsigned milliseconds = 60'000;
  ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
}

// Every connection takes a file, and the usual limit is a thousand.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void set_up(Server& server, Listening& listening, const HttpServerOptions& options) {
  trantor::Logger::setLogLevel(trantor::Logger::kWarn);
  trantor::Logger::setOutputFunction(log_line_of_library, [] {});
  drogon::app()
      .addListener(listening.address(), listening.port())
      .setThreadNum(static_cast<std::size_t>(options.threads))
      .setClientMaxBodySize(kMaxReadBytes)
      .setClientMaxMemoryBodySize(kMaxReadBytes)
      .setIdleConnectionTimeout(kIdleSeconds)
      .setMaxConnectionNum(kMaxConnections)
      .setBeforeListenSockOptCallback([&listening](int socket) { listening.adopt(socket); })
      .setAfterAcceptSockOptCallback(give_up_on_the_lost)
      .setConnectionCallback(
          [&server](const trantor::TcpConnectionPtr& connection) { server.see(connection); })
      .enableServerHeader(false)
      .enableGzip(false)
      .disableSigtermHandling();
  drogon::app().enableReusePort(true);
  // Before Drogon's own routing, which would look for files in the working folder.
  drogon::app().registerPreRoutingAdvice(
      [&server](const drogon::HttpRequestPtr& request, drogon::AdviceCallback&& answer,
                drogon::AdviceChainCallback&&) { server.handle(request, std::move(answer)); });
}

// Signals that end the server are taken by one thread that waits for them, since hardly anything
// may be done in a signal handler. They are blocked here so that every thread started later blocks
// them too.
sigset_t block_ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// Drogon makes 256 folders for uploads when it starts, wanted or not. They go as soon as it runs.
std::string temporary_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "parlance-XXXXXX").string();
  return ::mkdtemp(name.data()) == nullptr ? std::string() : name;
}

}  // namespace

Status serve(const Served& served, const HttpServerOptions& options) {
  auto listening = Listening::open(options.address, options.port,
                                   options.shares_port ? PortSharing::Shared : PortSharing::Alone);
  if (!listening) return listening.error();
  const sigset_t signals = block_ending_signals();
  raise_file_limit();
  Server server(served, options);
  set_up(server, **listening, options);
  const std::string uploads = temporary_folder();
  if (!uploads.empty()) drogon::app().setUploadPath(uploads);

  std::thread ending;
  drogon::app().registerBeginningAdvice(
      [&server, &ending, signals, uploads, &listening = **listening] {
        server.start();
        std::error_code ignored;
        if (!uploads.empty()) std::filesystem::remove_all(uploads, ignored);
        // A signal that came before this has been waiting.
        ending = std::thread([&server, signals, &listening] {
          int signal = 0;
          sigwait(&signals, &signal);
          log_event(LogLevel::Info, "stopping", "");
          server.finish(listening);
        });
        // The listening begins after this advice, in each thread of its own.
        drogon::app().getLoop()->queueInLoop([&server, &listening] {
          server.after_each_loop([&listening] {
            std::printf("parlance-server listening on %s\n", listening.url().c_str());
            std::fflush(stdout);
          });
        });
      });
  drogon::app().run();
  ending.join();
  return {};
}

}  // namespace parlance
