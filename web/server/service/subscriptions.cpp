#include "web/server/service/subscriptions.h"

#include <algorithm>

#include "web/server/service/base64url.h"
#include "web/server/service/guest_token.h"
#include "web/server/service/hmac.h"
#include "web/server/service/row_id.h"
#include "web/server/store/outbox.h"
#include "web/server/store/sites.h"
#include "web/server/store/threads.h"

namespace parlance {
namespace {

// Whoever asks again sooner gets no second mail.
constexpr UnixSeconds kAskAgain = 600;
// Mails that ask, to one mailbox, before it has confirmed one.
constexpr int kMostUnconfirmed = 5;
constexpr int kMostInAMail = 20;
constexpr int kMostSpread = 2'000;
constexpr int kMostWritten = 50;
// Longer than the longest pace.
constexpr UnixSeconds kAnnouncedKept = 8 * 24 * 3'600;

// Domains are the same in capitals; what stands before them need not be.
std::string normal_mailbox(std::string email) {
  const std::size_t at = std::min(email.find('@'), email.size());
  std::transform(email.begin() + static_cast<std::ptrdiff_t>(at), email.end(),
                 email.begin() + static_cast<std::ptrdiff_t>(at),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return email;
}

Result<std::string> message_name() {
  const auto random = random_bytes(16);
  if (!random) return random.error();
  return "mail." + hex_of(*random);
}

Status add_mail(Connection& connection, const Mail& mail, UnixSeconds now) {
  auto name = message_name();
  if (!name) return name.error();
  return add_outbox(connection, {.name = std::move(*name), .payload = to_payload(mail)}, now);
}

}  // namespace

Subscriptions::Subscriptions(Service& service, MailOptions options)
    : service_(service),
      store_(service.store()),
      options_(std::move(options)),
      key_(service.secret("subscriptions")) {}

std::string Subscriptions::token(char purpose, const Subscription& subscription) const {
  const std::string id = std::to_string(subscription.id);
  const std::string text = std::string(1, purpose) + "|" + id + "|" +
                           std::to_string(subscription.site) + "|" + subscription.email;
  return std::string(1, purpose) + "." + id + "." + to_base64url(bytes_of(hmac_sha256(key_, text)));
}

MailLinks Subscriptions::links(const Subscription& subscription) const {
  const std::string own = token('u', subscription);
  return {options_.public_url + "/mail/confirm?t=" + token('c', subscription),
          options_.public_url + "/mail/unsubscribe?t=" + own,
          options_.public_url + "/mail/manage?t=" + own};
}

Result<RowId> Subscriptions::thread_of(const Site& site, const SubscribeQuery& query,
                                       UnixSeconds now) {
  const auto found = store_.read(
      [&](Connection& connection) { return find_thread(connection, site.id, query.thread); });
  if (!found) return found.error();
  if (found->has_value()) return (*found)->id;
  PostQuery first;
  first.thread = query.thread;
  first.page_title = query.page_title;
  first.page_url = query.page_url;
  return store_.write(lane_of(site, query.thread), [&](Store::Change& change) -> Result<RowId> {
    const auto thread = find_or_add_thread(change.connection(), site, first, now);
    if (!thread) return thread.error();
    return thread->id;
  });
}

Result<Subscribed> Subscriptions::subscribe(const Site& site, const SubscribeQuery& query,
                                            const Caller& caller) {
  if (!is_on()) return Error{ErrorCode::NotFound, "this server sends no mail", ""};
  if (Status status = check_thread_key(query.thread); !status) return status.error();
  Subscription wanted;
  wanted.email = normal_mailbox(query.email);
  if (!is_mailbox(wanted.email)) {
    return Error{ErrorCode::InvalidEmail, "email: no mail can go there", "email"};
  }
  const auto guest = service_.admit_subscriber(site, caller);
  if (!guest) return guest.error();
  const auto thread = thread_of(site, query, caller.now);
  if (!thread) return thread.error();
  wanted.site = site.id;
  wanted.thread = *thread;
  wanted.guest = *guest;
  wanted.scope = query.scope;
  wanted.pace = query.pace;
  wanted.asked = caller.now;
  return store_.write(
      kOutboxLane, [&](Store::Change& change) { return ask(change.connection(), site, wanted); });
}

Result<Subscribed> Subscriptions::ask(Connection& connection, const Site& site,
                                      Subscription wanted) {
  const auto is_theirs = has_confirmed(connection, site.id, wanted.guest, wanted.email);
  if (!is_theirs) return is_theirs.error();
  const auto found = find_subscription(connection, wanted);
  if (!found) return found.error();
  if (found->has_value()) {
    const Subscription& known = **found;
    wanted.id = known.id;
    if (*is_theirs && known.confirmed != 0) {
      Status set = parlance::set_pace(connection, known.id, wanted.pace);
      return set ? Result<Subscribed>(Subscribed::Confirmed) : Result<Subscribed>(set.error());
    }
    // Somebody else's wish changes nothing about what was confirmed.
    if (known.confirmed != 0 || wanted.asked - known.asked < kAskAgain) return Subscribed::Asked;
    Status sent = renew_subscription(connection, wanted);
    if (sent) sent = send_confirmation(connection, site, wanted);
    return sent ? Result<Subscribed>(Subscribed::Asked) : Result<Subscribed>(sent.error());
  }
  const auto last = last_announced(connection, wanted.thread);
  if (!last) return last.error();
  wanted.told = *last;
  if (*is_theirs) wanted.confirmed = wanted.asked;
  const auto waiting = count_unconfirmed(connection, wanted.email);
  if (!waiting) return waiting.error();
  if (!*is_theirs && *waiting >= kMostUnconfirmed) return Subscribed::Asked;
  const auto id = add_subscription(connection, wanted);
  if (!id) return id.error();
  wanted.id = *id;
  if (*is_theirs) return Subscribed::Confirmed;
  Status sent = send_confirmation(connection, site, wanted);
  return sent ? Result<Subscribed>(Subscribed::Asked) : Result<Subscribed>(sent.error());
}

Status Subscriptions::send_confirmation(Connection& connection, const Site& site,
                                        const Subscription& row) {
  const auto thread = find_thread(connection, row.thread);
  if (!thread) return thread.error();
  if (!thread->has_value()) return {};
  return add_mail(connection, confirmation_mail({site, **thread, row}, links(row)), row.asked);
}

Result<std::optional<Followed>> Subscriptions::to_followed(Connection& connection,
                                                           Subscription subscription) {
  auto site = find_site(connection, subscription.site);
  if (!site) return site.error();
  auto thread = find_thread(connection, subscription.thread);
  if (!thread) return thread.error();
  if (!site->has_value() || !thread->has_value()) return std::optional<Followed>();
  std::string own = token('u', subscription);
  return std::optional<Followed>(
      {std::move(subscription), std::move(**site), std::move(**thread), std::move(own)});
}

Result<std::optional<Followed>> Subscriptions::find(char purpose, const std::string& given) {
  const std::size_t end = given.rfind('.');
  if (given.size() > kMaxTokenBytes || end == std::string::npos || end < 2) {
    return std::optional<Followed>();
  }
  const auto id = row_id_from(std::string_view(given).substr(2, end - 2));
  if (!id) return std::optional<Followed>();
  return store_.read([&](Connection& connection) -> Result<std::optional<Followed>> {
    auto found = find_subscription(connection, *id);
    if (!found) return found.error();
    if (!found->has_value() || !is_same_secret(token(purpose, **found), given)) {
      return std::optional<Followed>();
    }
    return to_followed(connection, std::move(**found));
  });
}

Result<std::optional<Followed>> Subscriptions::to_confirm(const std::string& given,
                                                          UnixSeconds now) {
  auto found = find('c', given);
  if (!found || !found->has_value()) return found;
  const Subscription& row = (*found)->subscription;
  if (row.confirmed == 0 && now > row.asked + kConfirmSeconds) return std::optional<Followed>();
  return found;
}

Result<std::optional<Followed>> Subscriptions::to_manage(const std::string& given) {
  return find('u', given);
}

Result<std::vector<Followed>> Subscriptions::others_of(const Followed& one) {
  using List = std::vector<Followed>;
  return store_.read([&](Connection& connection) -> Result<List> {
    auto rows = list_subscriptions(connection, one.site.id, one.subscription.email);
    if (!rows) return rows.error();
    List all;
    for (Subscription& row : *rows) {
      auto followed = to_followed(connection, std::move(row));
      if (!followed) return followed.error();
      if (followed->has_value()) all.push_back(std::move(**followed));
    }
    return all;
  });
}

namespace {

template <typename Job>
Status write_in_lane(Store& store, const Job& job) {
  const auto done = store.write(kOutboxLane, [&](Store::Change& change) -> Result<bool> {
    if (Status status = job(change.connection()); !status) return status.error();
    return true;
  });
  return done ? Status() : Status(done.error());
}

}  // namespace

Status Subscriptions::confirm(const Followed& followed, UnixSeconds now) {
  return write_in_lane(store_, [&](Connection& connection) {
    return confirm_subscription(connection, followed.subscription.id, now);
  });
}

Status Subscriptions::stop(const Followed& followed) {
  return write_in_lane(store_, [&](Connection& connection) {
    return remove_subscription(connection, followed.subscription.id);
  });
}

Status Subscriptions::stop_all(const Followed& followed) {
  return write_in_lane(store_, [&](Connection& connection) {
    return remove_subscriptions(connection, followed.site.id, followed.subscription.email);
  });
}

Status Subscriptions::set_pace(const Followed& followed, MailPace pace) {
  return write_in_lane(store_, [&](Connection& connection) {
    return parlance::set_pace(connection, followed.subscription.id, pace);
  });
}

Result<bool> Subscriptions::has_due(UnixSeconds now) {
  return store_.read(
      [&](Connection& connection) { return has_due_subscriptions(connection, now); });
}

Status Subscriptions::write_due(UnixSeconds now) {
  return write_in_lane(store_, [&](Connection& connection) -> Status {
    const auto spread = spread_announced(connection, now + options_.collecting, kMostSpread);
    if (!spread) return spread.error();
    const auto due = list_due(connection, now, kMostWritten);
    if (!due) return due.error();
    for (const Subscription& row : *due) {
      if (Status written = write_news(connection, row, now); !written) return written;
    }
    return {};
  });
}

Status Subscriptions::write_news(Connection& connection, const Subscription& row, UnixSeconds now) {
  const auto news = news_of(connection, row, kMostInAMail);
  if (!news) return news.error();
  const auto followed = to_followed(connection, row);
  if (!followed) return followed.error();
  if (news->comments.empty() || !followed->has_value()) {
    return note_told(connection, row.id, news->told, 0);
  }
  const Followed& found = **followed;
  const Mail mail = news_mail({found.site, found.thread, row}, *news, links(row));
  if (Status added = add_mail(connection, mail, now); !added) return added;
  return note_told(connection, row.id, news->told, now);
}

Status Subscriptions::tidy(UnixSeconds now) {
  return write_in_lane(store_, [&](Connection& connection) -> Status {
    Status done = forget_unconfirmed(connection, now - kConfirmSeconds);
    if (done) done = forget_announced(connection, now - kAnnouncedKept);
    return done;
  });
}

}  // namespace parlance
