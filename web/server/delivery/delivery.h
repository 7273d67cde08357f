// Sends what stands in the outbox, in threads of its own: one for mail, some for webhooks, so that
// neither waits for the other.
//
// Whoever claims a row has it for as long as a try can take. A process that dies meanwhile leaves a
// row that is due again, so it is sent by another, or by the next; the receiver may get it twice,
// with the same name.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "web/server/delivery/smtp.h"
#include "web/server/delivery/webhook_call.h"
#include "web/server/service/subscriptions.h"
#include "web/server/store/outbox.h"
#include "web/server/store/webhooks.h"

namespace parlance {

struct DeliveryOptions {
  SmtpOptions smtp;
  // Mail is not sent but kept to be looked at: for development.
  bool captures = false;
  WebhookOptions webhooks;
  int retry_seconds = 30;  // Until the second try; then twice as long each time.
};

// What is known of the outbox, as of a moment ago.
struct DeliveryCounts {
  std::atomic<std::int64_t> waiting = 0;
  std::atomic<std::int64_t> failed = 0;
  std::atomic<std::int64_t> oldest_seconds = 0;
  std::atomic<std::int64_t> sent = 0;  // By this process.
};

class Delivery {
 public:
  static constexpr int kMostTries = 12;
  static constexpr UnixSeconds kWebhookDays = 3;  // So long one may fail.

  using Clock = std::function<UnixSeconds()>;
  using Log = std::function<void(const char* event, const std::string& message)>;

  // `subscriptions` must outlive it.
  Delivery(Store& store, Subscriptions& subscriptions, DeliveryOptions options, Clock clock,
           Log log);
  // What is on its way is cut short and put back.
  ~Delivery();
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  const DeliveryCounts& counts() const { return counts_; }

 private:
  using Turn = void (Delivery::*)(Transfer&);
  void run(Turn turn);
  // False when it ends.
  bool rest();
  void mail_turn(Transfer& transfer);
  void webhook_turn(Transfer& transfer);
  void look_after();

  Result<std::optional<OutboxRow>> claim(Outgoing kind);
  void send_mail(Transfer& transfer, const OutboxRow& row);
  void call(Transfer& transfer, const OutboxRow& row);
  template <typename Job>
  void write(const Job& job);
  Status settle(Connection& connection, const OutboxRow& row, const Sent& sent);
  Status settle_webhook(Connection& connection, const WebhookRow& webhook, const Sent& sent);
  UnixSeconds wait_after(int tries) const;

  Store& store_;
  Subscriptions& subscriptions_;
  const DeliveryOptions options_;
  const Clock clock_;
  const Log log_;
  DeliveryCounts counts_;
  UnixSeconds looked_after_ = 0;
  std::atomic<bool> is_ending_ = false;
  std::mutex mutex_;
  std::condition_variable ending_;
  std::vector<std::thread> threads_;
};

}  // namespace parlance
