// The routes of the API: openapi.yaml says the same to people.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "web/server/rest/compression.h"
#include "web/server/rest/http.h"
#include "web/server/rest/page_cache.h"
#include "web/server/rest/route_pattern.h"
#include "web/server/service/moderation.h"
#include "web/server/service/moderators.h"
#include "web/server/service/service.h"
#include "web/server/service/subscriptions.h"
#include "web/server/service/team.h"

namespace parlance {

struct ApiOptions {
  // Take the address of who asks from X-Forwarded-For. Only behind a proxy that sets it.
  bool trusts_forwarded_for = false;
  Compression compression = Compression::Auto;
  std::size_t page_cache_bytes = 16 * 1024 * 1024;
  StreamLimits streams;
};

// Safe to use from several threads at once.
class Api {
 public:
  // `service` must outlive the API.
  Api(Service& service, const ApiOptions& options)
      : service_(service),
        moderators_(service.store(), service.limiter()),
        team_(service.store()),
        moderation_(service),
        options_(options),
        pages_(options.page_cache_bytes),
        gate_(options.streams) {}

  // Lets readers follow threads by mail. `subscriptions` must outlive the API. REQUIRES: nobody
  // uses it yet.
  void offer(Subscriptions& subscriptions) { subscriptions_ = &subscriptions; }

  static std::vector<RouteName> routes();

  // What it keeps in memory, for the metrics.
  std::size_t cached_bytes() const { return pages_.bytes(); }
  int open_streams() const { return gate_.open(); }

  // Whether the path is the API's to answer.
  static bool owns(std::string_view path);

  Compression compression() const { return options_.compression; }

  // Whether answering may take as long as a database far away does.
  bool reads_wait() const { return service_.is_remote(); }

  // Never fails: what goes wrong is an answer too. `now` is the time of the request.
  // `error` is filled with what belongs into the log when something did.
  HttpResponse answer(const HttpRequest& request, UnixSeconds now, Error& error);

 private:
  // A request whose path and site are known.
  struct Call {
    const HttpRequest& request;
    const Site& site;
    Caller caller;
    std::string thread;   // Empty where the path has none.
    std::string comment;  // The same.
    std::string kind;     // The same: of a reaction.
  };
  using Handler = Result<HttpResponse> (Api::*)(const Call&);
  struct Route {
    std::string_view method;
    RoutePattern pattern;
    Handler handler;
  };
  struct Match {
    const Route* route = nullptr;  // Null: the path is known, but not with this method.
    std::string site;
    std::string thread;
    std::string comment;
    std::string kind;
  };
  static const std::array<Route, 44> kRoutes;
  // Nothing: no such path.
  static std::optional<Match> match(const HttpRequest& request);
  // Of all routes with this path, as a header lists them.
  static std::string allowed_methods(std::string_view path);

  HttpResponse answer_match(const Match& found, const HttpRequest& request, UnixSeconds now,
                            Error& error);
  Result<Call> to_call(const Match& found, const HttpRequest& request, const Site& site,
                       UnixSeconds now) const;

  Result<HttpResponse> get_page(const Call& call);
  Result<HttpResponse> post_guest(const Call& call);
  Result<HttpResponse> post_challenge(const Call& call);
  Result<HttpResponse> post_comment(const Call& call);
  Result<HttpResponse> patch_comment(const Call& call);
  Result<HttpResponse> delete_comment(const Call& call);
  Result<HttpResponse> put_vote(const Call& call);
  Result<HttpResponse> get_counts(const Call& call);
  Result<HttpResponse> get_events(const Call& call);
  Result<HttpResponse> post_subscription(const Call& call);  // subscription_routes.cpp

  // feed_routes.cpp
  Result<HttpResponse> get_atom(const Call& call);
  Result<HttpResponse> get_rss(const Call& call);
  Result<HttpResponse> feed_of(const Call& call, FeedForm form);

  // person_routes.cpp
  Result<HttpResponse> get_me(const Call& call);
  Result<HttpResponse> delete_me(const Call& call);

  // search_routes.cpp
  Result<HttpResponse> get_search(const Call& call);

  // opinion_routes.cpp
  Result<HttpResponse> put_report(const Call& call);
  Result<HttpResponse> delete_report(const Call& call);
  Result<HttpResponse> put_reaction(const Call& call);
  Result<HttpResponse> delete_reaction(const Call& call);

  // session_routes.cpp
  Result<HttpResponse> post_session(const Call& call);
  Result<HttpResponse> get_session(const Call& call);
  Result<HttpResponse> delete_session(const Call& call);
  Result<HttpResponse> delete_sessions(const Call& call);
  Result<HttpResponse> put_password(const Call& call);
  Result<HttpResponse> post_second_factor(const Call& call);
  Result<HttpResponse> put_second_factor(const Call& call);
  Result<HttpResponse> delete_second_factor(const Call& call);

  // team_routes.cpp
  Result<HttpResponse> get_moderators(const Call& call);
  Result<HttpResponse> post_moderator(const Call& call);
  Result<HttpResponse> patch_moderator(const Call& call);
  Result<HttpResponse> delete_moderator(const Call& call);
  Result<HttpResponse> post_new_password(const Call& call);
  Result<HttpResponse> delete_member_factor(const Call& call);

  // moderation_routes.cpp
  Result<HttpResponse> get_queue(const Call& call);
  Result<HttpResponse> get_moderated(const Call& call);
  Result<HttpResponse> post_act(const Call& call);
  Result<HttpResponse> post_undo(const Call& call);
  Result<HttpResponse> get_audit(const Call& call);
  Result<HttpResponse> get_rules(const Call& call);
  Result<HttpResponse> patch_rules(const Call& call);
  Result<HttpResponse> get_thread(const Call& call);
  Result<HttpResponse> put_thread(const Call& call);

  Service& service_;
  Moderators moderators_;
  Team team_;
  Moderation moderation_;
  ApiOptions options_;
  PageCache pages_;
  StreamGate gate_;
  Subscriptions* subscriptions_ = nullptr;  // Null: this server sends no mail.
};

// Answers that are nobody else's, and of no use later.
HttpResponse private_json(int status, std::string body);
HttpResponse private_nothing();

}  // namespace parlance
