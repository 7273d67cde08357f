#include "web/server/delivery/delivery.h"

#include <signal.h>

#include <algorithm>

#include "web/server/service/guest_token.h"

namespace parlance {
namespace {

constexpr auto kTurn = std::chrono::milliseconds(250);
constexpr int kWebhookThreads = 2;
// Before it looks again who is due.
constexpr int kMostInATurn = 200;
constexpr UnixSeconds kLongestWait = 6 * 3'600;
constexpr UnixSeconds kLookAfterSeconds = 10;
constexpr UnixSeconds kEndedKept = 7 * 24 * 3'600;
constexpr int kMostOfAWebhook = 10'000;
// More mail than this is not written before some of it has gone.
constexpr std::int64_t kMostWaiting = 2'000;
// Of a claim, beyond what a try may take.
constexpr UnixSeconds kMargin = 2;

// Signals are for the thread that waits for them (rest/http_server.cpp).
void block_signals(sigset_t* before) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, before);
}

}  // namespace

Delivery::Delivery(Store& store, Subscriptions& subscriptions, DeliveryOptions options, Clock clock,
                   Log log)
    : store_(store),
      subscriptions_(subscriptions),
      options_(std::move(options)),
      clock_(std::move(clock)),
      log_(std::move(log)) {
  sigset_t before;
  block_signals(&before);
  threads_.emplace_back([this] { run(&Delivery::mail_turn); });
  for (int i = 0; i < kWebhookThreads; ++i) {
    threads_.emplace_back([this] { run(&Delivery::webhook_turn); });
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Delivery::~Delivery() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  ending_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Delivery::run(Turn turn) {
  Transfer transfer(is_ending_);
  if (transfer.handle() == nullptr) return log_("delivery_failed", "libcurl gives no handle");
  while (rest()) (this->*turn)(transfer);
}

bool Delivery::rest() {
  std::unique_lock lock(mutex_);
  return !ending_.wait_for(lock, kTurn, [this] { return is_ending_.load(); });
}

// What fails here fails again or goes well with the next turn; the database says so elsewhere.
template <typename Job>
void Delivery::write(const Job& job) {
  const auto done = store_.write(kOutboxLane, [&](Store::Change& change) -> Result<bool> {
    if (Status status = job(change.connection()); !status) return status.error();
    return true;
  });
  if (!done) log_("delivery_failed", done.error().text);
}

void Delivery::mail_turn(Transfer& transfer) {
  const UnixSeconds now = clock_();
  look_after();
  if (!subscriptions_.is_on()) return;
  const auto has_due = subscriptions_.has_due(now);
  if (has_due && *has_due && counts_.waiting < kMostWaiting) {
    if (Status written = subscriptions_.write_due(now); !written) {
      log_("delivery_failed", written.error().text);
    }
  }
  for (int count = 0; count < kMostInATurn && !is_ending_; ++count) {
    const auto row = claim(Outgoing::Mail);
    if (!row || !row->has_value()) return;
    send_mail(transfer, **row);
  }
}

void Delivery::webhook_turn(Transfer& transfer) {
  while (!is_ending_) {
    const auto row = claim(Outgoing::Webhooks);
    if (!row || !row->has_value()) return;
    call(transfer, **row);
  }
}

void Delivery::look_after() {
  const UnixSeconds now = clock_();
  if (now - looked_after_ < kLookAfterSeconds) return;
  looked_after_ = now;
  write([&](Connection& connection) {
    return tidy_outbox(connection, now - kEndedKept, now, kMostOfAWebhook);
  });
  if (Status tidied = subscriptions_.tidy(now); !tidied) {
    log_("delivery_failed", tidied.error().text);
  }
  const auto counts = store_.read([](Connection& connection) { return count_outbox(connection); });
  if (!counts) return;
  counts_.waiting = counts->waiting;
  counts_.failed = counts->failed;
  counts_.oldest_seconds = counts->oldest == 0 ? 0 : std::max<UnixSeconds>(now - counts->oldest, 0);
}

// A look first: claiming is writing, and most of the time there is nothing.
Result<std::optional<OutboxRow>> Delivery::claim(Outgoing kind) {
  const UnixSeconds now = clock_();
  const auto due =
      store_.read([&](Connection& connection) { return has_due(connection, kind, now); });
  if (!due) return due.error();
  if (!*due) return std::optional<OutboxRow>();
  const int timeout =
      kind == Outgoing::Mail ? options_.smtp.timeout_seconds : options_.webhooks.timeout_seconds;
  const UnixSeconds until = now + timeout + kMargin;
  return store_.write(kOutboxLane, [&](Store::Change& change) {
    return claim_outbox(change.connection(), kind, now, until);
  });
}

void Delivery::send_mail(Transfer& transfer, const OutboxRow& row) {
  const auto mail = mail_from_payload(row.payload);
  Sent sent{Sent::Fate::Never, "not a mail"};
  if (is_ending_) {
    sent = {Sent::Fate::Stopped, ""};
  } else if (mail && options_.captures) {
    return write([&](Connection& connection) { return give_up(connection, row.id, clock_(), ""); });
  } else if (mail) {
    const Sender& from = subscriptions_.options().from;
    const std::string domain = from.address.substr(from.address.find('@') + 1);
    const std::string content = to_message(*mail, {from, row.name + "@" + domain, row.created});
    sent = send_by_smtp(transfer, options_.smtp, {from.address, mail->to, content});
  }
  write([&](Connection& connection) { return settle(connection, row, sent); });
}

void Delivery::call(Transfer& transfer, const OutboxRow& row) {
  const auto found =
      store_.read([&](Connection& connection) { return find_webhook(connection, row.webhook); });
  if (!found || !found->has_value()) return;
  const WebhookRow& webhook = **found;
  const Sent sent = call_webhook(transfer, options_.webhooks,
                                 {webhook.url, webhook.secret, row.name, row.payload, clock_()});
  write([&](Connection& connection) -> Status {
    if (Status settled = settle(connection, row, sent); !settled) return settled;
    return settle_webhook(connection, webhook, sent);
  });
}

Status Delivery::settle(Connection& connection, const OutboxRow& row, const Sent& sent) {
  const UnixSeconds now = clock_();
  switch (sent.fate) {
    case Sent::Fate::Done:
      ++counts_.sent;
      return remove_outbox(connection, row.id);
    case Sent::Fate::Stopped:
      return put_off(connection, row.id, now, row.outcome);
    case Sent::Fate::Later:
      if (row.tries < kMostTries) {
        return put_off(connection, row.id, now + wait_after(row.tries), sent.why);
      }
      break;
    case Sent::Fate::Never:
      break;
  }
  log_(row.webhook == 0 ? "mail_failed" : "webhook_failed", sent.why);
  return give_up(connection, row.id, now, sent.why);
}

Status Delivery::settle_webhook(Connection& connection, const WebhookRow& webhook,
                                const Sent& sent) {
  if (sent.fate == Sent::Fate::Stopped) return {};
  if (sent.fate == Sent::Fate::Done) return note_webhook_success(connection, webhook.id);
  const UnixSeconds now = clock_();
  const bool is_hopeless =
      webhook.failing_since != 0 && now - webhook.failing_since > kWebhookDays * 24 * 3'600;
  if (is_hopeless) {
    log_("webhook_disabled", sent.why);
    return disable_webhook(connection, webhook.id, now);
  }
  return note_webhook_failure(connection, webhook, now, now + wait_after(webhook.failures + 1));
}

// Twice as long each time, and for each a little otherwise, so that what failed together does not
// come back together.
UnixSeconds Delivery::wait_after(int tries) const {
  UnixSeconds wait = options_.retry_seconds;
  for (int i = 1; i < tries && wait < kLongestWait; ++i) wait *= 2;
  wait = std::min(wait, kLongestWait);
  const auto random = random_bytes(1);
  const int byte = random ? static_cast<unsigned char>((*random)[0]) : 0;
  return wait + wait * byte / 1'024;
}

}  // namespace parlance
