// Feeds of a thread and of a site.
#include "web/server/rest/api.h"
#include "web/server/service/base64url.h"
#include "web/server/service/feed.h"

namespace parlance {
namespace {

// A feed may be so old; feed readers ask far less often.
constexpr UnixSeconds kFeedSeconds = 30;

}  // namespace

Result<HttpResponse> Api::get_atom(const Call& call) { return feed_of(call, FeedForm::Atom); }
Result<HttpResponse> Api::get_rss(const Call& call) { return feed_of(call, FeedForm::Rss); }

Result<HttpResponse> Api::feed_of(const Call& call, FeedForm form) {
  const bool is_atom = form == FeedForm::Atom;
  const bool is_small = wants_compression(call.request, options_.compression);
  const std::string key = std::string("feed") + (is_atom ? 'a' : 'r') + (is_small ? 'z' : 'p') +
                          std::to_string(call.site.id) + '.' +
                          std::to_string(call.caller.now / kFeedSeconds) + '.' + call.thread;
  std::shared_ptr<const HttpResponse> whole = pages_.find(key);
  if (whole == nullptr) {
    auto feed = service_.feed(call.site, call.thread);
    if (!feed) return feed.error();
    feed->form = form;
    feed->own_url = call.request.path;
    HttpResponse made;
    made.content_type = is_atom ? "application/atom+xml" : "application/rss+xml";
    made.body = write_feed(*feed);
    made.add_header("ETag", "W/\"" + to_base64url(bytes_of(sha256(made.body)).first(12)) + "\"");
    made.add_header("Last-Modified", http_date(changed_last(*feed)));
    made.add_header("Cache-Control", "public, max-age=60");
    compress(call.request, options_.compression, made);
    pages_.keep(key, made);
    whole = std::make_shared<const HttpResponse>(std::move(made));
  }
  const std::string& tag = whole->headers[0].second;
  const std::string& changed = whole->headers[1].second;
  // Of two conditions the tag alone counts (RFC 9110, 13.1.3).
  const std::string& named = call.request.if_none_match;
  const bool is_same =
      named.empty() ? call.request.if_modified_since == changed : names_tag(named, tag);
  HttpResponse response = *whole;
  if (is_same) {
    response.status = 304;
    response.content_type.clear();
    response.body.clear();
    std::erase_if(response.headers,
                  [](const auto& header) { return header.first == "Content-Encoding"; });
  }
  return response;
}

}  // namespace parlance
