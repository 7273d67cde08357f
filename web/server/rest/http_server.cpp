#include "web/server/rest/http_server.h"

#include <drogon/HttpAppFramework.h>
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>
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

#include "web/server/rest/cors.h"
#include "web/server/rest/event_streams.h"
#include "web/server/rest/failure.h"
#include "web/server/rest/log.h"
#include "web/server/rest/port.h"

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
constexpr auto kLongestFarewell = std::chrono::seconds(10);

HttpRequest to_request(const drogon::HttpRequestPtr& request) {
  HttpRequest result;
  result.method = request->methodString();
  result.path = request->getOriginalPath();
  result.query = request->query();
  result.body = request->body();
  result.address = request->peerAddr().toIp();
  result.accept_encoding = request->getHeader("accept-encoding");
  result.authorization = request->getHeader("authorization");
  result.content_type = request->getHeader("content-type");
  result.forwarded_for = request->getHeader("x-forwarded-for");
  result.host = request->getHeader("host");
  result.idempotency_key = request->getHeader("idempotency-key");
  result.if_none_match = request->getHeader("if-none-match");
  result.last_event_id = request->getHeader("last-event-id");
  result.origin = request->getHeader("origin");
  return result;
}

drogon::HttpResponsePtr to_response(HttpResponse response) {
  auto result = drogon::HttpResponse::newHttpResponse();
  result->setStatusCode(static_cast<drogon::HttpStatusCode>(response.status));
  if (response.content_type.empty()) {
    result->setContentTypeCode(drogon::CT_NONE);
  } else {
    result->setContentTypeString(response.content_type);
  }
  result->addHeader("X-Content-Type-Options", "nosniff");
  for (auto& [name, value] : response.headers) result->addHeader(name, std::move(value));
  result->setBody(std::move(response.body));
  return result;
}

UnixSeconds unix_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

void log_line_of_library(const char* text, std::uint64_t size) {
  std::string_view line(text, size);
  while (line.ends_with('\n')) line.remove_suffix(1);
  log_event(LogLevel::Warning, "http_library", line);
}

class Server {
 public:
  Server(Api& api, LiveFeed& feed, const StaticFiles& files, const HttpServerOptions& options)
      : api_(api), files_(files), options_(options), streams_(feed) {
    if (api.reads_wait()) {
      readers_ = std::make_unique<trantor::ConcurrentTaskQueue>(kReaders, "reads");
    }
  }

  // REQUIRES: Drogon runs.
  void start() { streams_.start(options_.threads); }

  void handle(const drogon::HttpRequestPtr& request, Answer answer) {
    const Clock::time_point begin = Clock::now();
    if (is_stopping_) {
      refuse(answer, ErrorCode::Unavailable, "the server is stopping");
      return;
    }
    const bool is_write = request->method() != drogon::Get && request->method() != drogon::Options;
    // The thread it came in on has others to answer while this one waits for the disk or the wire.
    if (is_write) {
      answer_later(writes_, request, std::move(answer), begin);
    } else if (readers_ != nullptr && Api::owns(request->getOriginalPath())) {
      answer_later(*readers_, request, std::move(answer), begin);
    } else {
      send(request, answer, respond(to_request(request), begin));
    }
  }

  // Waits until everything that was begun is answered and sent, or for the longest time a goodbye
  // may take.
  void finish() {
    is_stopping_ = true;
    const Clock::time_point end = Clock::now() + kLongestFarewell;
    const auto wait_until = [end](const auto& is_done) {
      while (!is_done() && Clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
      }
    };
    wait_until([this] { return waiting_ == 0; });
    streams_.finish();
    wait_until([this] { return streams_.have_all_ended(); });
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
  void answer_later(trantor::TaskQueue& workers, const drogon::HttpRequestPtr& request,
                    Answer answer, Clock::time_point begin) {
    if (waiting_ >= kMaxWaiting) {
      refuse(answer, ErrorCode::Overloaded, "too many requests are waiting");
      return;
    }
    ++waiting_;
    workers.runTaskInQueue([this, request, answer = std::move(answer), begin] {
      send(request, answer, respond(to_request(request), begin));
      --waiting_;
    });
  }

  void send(const drogon::HttpRequestPtr& request, const Answer& answer, HttpResponse response) {
    if (response.stream && !request->isHead()) return streams_.open(request, response);
    answer(to_response(std::move(response)));
  }

  HttpResponse respond(const HttpRequest& request, Clock::time_point begin) const {
    Error error;
    HttpResponse response;
    if (Api::owns(request.path)) {
      response = api_.answer(request, unix_now(), error);
    } else {
      auto file = files_.answer(request);
      if (!file) error = file.error();
      response = file ? std::move(*file) : failure(error);
    }
    compress(request, api_.compression(), response);
    if (options_.logs_requests || response.status >= 500) {
      const bool has_failed = response.status >= 400;
      const std::string_view path = std::string_view(request.path).substr(0, kMostOfAPath);
      log_request({request.method, path, response.status, Clock::now() - begin,
                   has_failed ? &error : nullptr});
    }
    return response;
  }

  static void refuse(const Answer& answer, ErrorCode code, const char* why) {
    HttpResponse response = failure({code, why, ""});
    allow_every_origin(response);
    answer(to_response(std::move(response)));
  }

  Api& api_;
  const StaticFiles& files_;
  HttpServerOptions options_;
  EventStreams streams_;
  std::atomic<int> waiting_ = 0;  // In the queues.
  std::atomic<bool> is_stopping_ = false;
  trantor::ConcurrentTaskQueue writes_{kWriters, "writes"};
  std::unique_ptr<trantor::ConcurrentTaskQueue> readers_;  // Null where reading waits for nobody.
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

void set_up(Server& server, const HttpServerOptions& options, std::uint16_t port) {
  trantor::Logger::setLogLevel(trantor::Logger::kWarn);
  trantor::Logger::setOutputFunction(log_line_of_library, [] {});
  drogon::app()
      .addListener(options.address, port)
      .setThreadNum(static_cast<std::size_t>(options.threads))
      .setClientMaxBodySize(kMaxReadBytes)
      .setClientMaxMemoryBodySize(kMaxReadBytes)
      .setIdleConnectionTimeout(kIdleSeconds)
      .setMaxConnectionNum(kMaxConnections)
      .setAfterAcceptSockOptCallback(give_up_on_the_lost)
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

Status serve(Api& api, LiveFeed& feed, const StaticFiles& files, const HttpServerOptions& options) {
  auto port = ReservedPort::reserve(options.address, options.port);
  if (!port) return port.error();
  const sigset_t signals = block_ending_signals();
  raise_file_limit();
  Server server(api, feed, files, options);
  set_up(server, options, port->number());
  const std::string uploads = temporary_folder();
  if (!uploads.empty()) drogon::app().setUploadPath(uploads);

  const std::string host = options.address.find(':') == std::string::npos
                               ? options.address
                               : "[" + options.address + "]";
  const std::string url = "http://" + host + ":" + std::to_string(port->number());
  std::thread ending;
  drogon::app().registerBeginningAdvice([&server, &ending, signals, uploads, url] {
    server.start();
    std::error_code ignored;
    if (!uploads.empty()) std::filesystem::remove_all(uploads, ignored);
    // A signal that came before this has been waiting.
    ending = std::thread([&server, signals] {
      int signal = 0;
      sigwait(&signals, &signal);
      log_event(LogLevel::Info, "stopping", "");
      server.finish();
    });
    // The listening begins after this advice, in each thread of its own.
    drogon::app().getLoop()->queueInLoop([&server, url] {
      server.after_each_loop([url] {
        std::printf("parlance-server listening on %s\n", url.c_str());
        std::fflush(stdout);
      });
    });
  });
  drogon::app().run();
  ending.join();
  return {};
}

}  // namespace parlance
