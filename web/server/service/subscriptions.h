// Mail about threads that people follow: asking for it, confirming, stopping, and what each is
// told. Safe to use from several threads at once.
//
//   token   purpose "." subscription "." base64url(HMAC-SHA256(key, purpose "|" subscription "|"
//           site "|" mailbox))      purpose: "c" to confirm, "u" to change or stop
//
// A token stands in mails only. The database has none of them, so each mail can have its own links
// and a copy of the table lets nobody stop or begin anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/service/mail.h"
#include "web/server/service/mail_texts.h"
#include "web/server/service/service.h"
#include "web/server/store/subscriptions.h"

namespace parlance {

struct MailOptions {
  bool is_on = false;
  std::string public_url;       // Of this server, without a slash at the end.
  Sender from;                  // Without a name: the site's.
  UnixSeconds collecting = 60;  // So long what comes after a comment goes into the same mail.
};

struct SubscribeQuery {
  std::string thread;
  std::string email;
  MailScope scope = MailScope::All;
  MailPace pace = MailPace::AtOnce;
  std::string page_title;  // As PostQuery has them.
  std::string page_url;
};

// Whether the mailbox is known to be the caller's already; otherwise it is asked, or would be.
enum class Subscribed : std::uint8_t { Asked, Confirmed };

// A subscription with what it is about.
struct Followed {
  Subscription subscription;
  Site site;
  ThreadRow thread;
  std::string token;  // Lets whoever has it change and stop it.
};

class Subscriptions {
 public:
  static constexpr UnixSeconds kConfirmSeconds = 48 * 3'600;

  // `service` must outlive it.
  Subscriptions(Service& service, MailOptions options);

  bool is_on() const { return options_.is_on; }

  // Answers the same whether the mailbox is known or not, unless the caller has confirmed it
  // themselves. Fails with NotFound when this server sends no mail, with InvalidField,
  // InvalidEmail, TokenRequired, TokenInvalid or RateLimited.
  Result<Subscribed> subscribe(const Site& site, const SubscribeQuery& query, const Caller& caller);

  // What a link leads to. Nothing when it is forged, too old or stopped already; whether it is
  // forged nobody is told.
  Result<std::optional<Followed>> to_confirm(const std::string& token, UnixSeconds now);
  Result<std::optional<Followed>> to_manage(const std::string& token);
  // Everything of the same mailbox on the same site.
  Result<std::vector<Followed>> others_of(const Followed& one);

  Status confirm(const Followed& followed, UnixSeconds now);
  Status stop(const Followed& followed);
  Status stop_all(const Followed& followed);
  Status set_pace(const Followed& followed, MailPace pace);

  // Whether write_due() would do anything.
  Result<bool> has_due(UnixSeconds now);
  // Writes mail to those who are due into the outbox, some at a time.
  Status write_due(UnixSeconds now);
  // Forgets what nobody needs any more.
  Status tidy(UnixSeconds now);

  const MailOptions& options() const { return options_; }

 private:
  std::string token(char purpose, const Subscription& subscription) const;
  Result<std::optional<Followed>> find(char purpose, const std::string& token);
  Result<std::optional<Followed>> to_followed(Connection& connection, Subscription subscription);
  MailLinks links(const Subscription& subscription) const;
  Result<RowId> thread_of(const Site& site, const SubscribeQuery& query, UnixSeconds now);
  Result<Subscribed> ask(Connection& connection, const Site& site, Subscription wanted);
  Status send_confirmation(Connection& connection, const Site& site, const Subscription& row);
  Status write_news(Connection& connection, const Subscription& row, UnixSeconds now);

  Service& service_;
  Store& store_;
  const MailOptions options_;
  const std::string key_;
};

}  // namespace parlance
