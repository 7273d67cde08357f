// The pages that links in mail lead to: confirm, stop, change. Plain HTML without scripts, made by
// escaping. Opening a page changes nothing, since programs that check mail open every link; its
// button does, and so does a mail program's own (RFC 8058).
//
//   /mail/confirm?t=    /mail/unsubscribe?t=    /mail/manage?t=    /mail/style.css
//   /mailbox/           what was sent, where mail is captured; for this machine only
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/server/rest/http.h"
#include "web/server/service/subscriptions.h"

namespace parlance {

// Safe to use from several threads at once.
class MailPages {
 public:
  // Both must outlive it.
  MailPages(Subscriptions& subscriptions, Store& store, bool shows_mailbox)
      : subscriptions_(subscriptions), store_(store), shows_mailbox_(shows_mailbox) {}

  static std::vector<RouteName> routes();
  // Whether the path is one of these.
  static bool owns(std::string_view path);

  // REQUIRES: owns(request.path).
  HttpResponse answer(const HttpRequest& request, UnixSeconds now, Error& error);

 private:
  struct Asked;
  Result<HttpResponse> page(const Asked& asked);
  Result<HttpResponse> confirm(const Asked& asked);
  Result<HttpResponse> unsubscribe(const Asked& asked);
  Result<HttpResponse> manage(const Asked& asked);
  Status change(const Asked& asked, const std::vector<Followed>& all, const Followed& one);
  Result<HttpResponse> mailbox(const HttpRequest& request);

  Subscriptions& subscriptions_;
  Store& store_;
  const bool shows_mailbox_;
};

}  // namespace parlance
