// Calls a webhook: POST, the body signed, no redirects, and by default only addresses of the public
// network.
#pragma once

#include <string>

#include "web/server/delivery/transfer.h"
#include "widget/core/comment.h"

namespace parlance {

struct WebhookCall {
  const std::string& url;
  const std::string& secret;
  const std::string& id;  // The same with each try.
  const std::string& body;
  UnixSeconds now = 0;
};

struct WebhookOptions {
  bool allows_private = false;  // Addresses that only this network has.
  int timeout_seconds = 10;
};

// Any 2xx says that it has arrived.
Sent call_webhook(Transfer& transfer, const WebhookOptions& options, const WebhookCall& call);

}  // namespace parlance
