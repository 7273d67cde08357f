// The webhooks of a site, for whoever runs the server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/store.h"
#include "web/server/store/webhooks.h"

namespace parlance {

constexpr std::size_t kMaxWebhooks = 10;  // Of a site.

// Answers the secret that signs what is sent to it; one that is there gets a new one and is in
// force again. Fails with InvalidField.
Result<std::string> add_webhook(Store& store, const Site& site, const std::string& url,
                                UnixSeconds now);
// Fails with InvalidField when there is none.
Status remove_webhook(Store& store, const Site& site, const std::string& url);
Result<std::vector<WebhookRow>> list_webhooks(Store& store, const Site& site);

}  // namespace parlance
