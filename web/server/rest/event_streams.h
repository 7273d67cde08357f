// Event streams on their sockets. Each thread that serves requests has its own, and looks after
// them without locks: what is to be sent is handed to every such thread once, not to every stream.
//
// A stream takes its connection over from Drogon and writes to it directly; after it the connection
// ends. Drogon's own streaming answers nothing to requests with "Connection: close" (as proxies
// send them), buffers without bound for a reader that is slow, and does not tell when one has left.
#pragma once

#include <drogon/HttpRequest.h>
#include <trantor/net/EventLoop.h>

#include <memory>
#include <vector>

#include "web/server/rest/http.h"
#include "web/server/rest/live_feed.h"

namespace parlance {

class EventStreams final : public LiveOutlet {
 public:
  explicit EventStreams(LiveFeed& feed);
  ~EventStreams() override;

  // Answers the request with a stream. REQUIRES: `response` has one.
  void open(const drogon::HttpRequestPtr& request, const HttpResponse& response);

  void send(const LiveMessage& message) override;
  void flush_later(const std::string& thread) override;

  // REQUIRES: Drogon runs.
  void start(int threads);
  // Sends what waits and ends every stream; later ones end at once. Answers whether all have ended.
  void finish();
  bool have_all_ended() const;
  // From now on nothing comes from the feed, whoever still publishes. REQUIRES: before Drogon
  // quits.
  void leave();

 private:
  class Streams;  // Of one thread.

  LiveFeed& feed_;
  std::vector<std::shared_ptr<Streams>> by_thread_;
};

}  // namespace parlance
