// Addresses that are told, by HTTP, of what happens on a site.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

struct WebhookRow {
  RowId id = 0;
  std::string url;
  std::string secret;             // Signs what is sent.
  UnixSeconds failing_since = 0;  // 0: the last try went well.
  int failures = 0;               // In a row.
  UnixSeconds disabled = 0;       // 0: it is in force.
};

// All of the site, in the order in which they were added.
Result<std::vector<WebhookRow>> list_webhooks(Connection& connection, RowId site);
Result<std::optional<WebhookRow>> find_webhook(Connection& connection, RowId id);
// One that is there already is in force again, with the new secret.
Status put_webhook(Connection& connection, RowId site, const WebhookRow& row, UnixSeconds now);
// With all that waits for it. Whether there was one.
Result<bool> remove_webhook(Connection& connection, RowId site, std::string_view url);

Status note_webhook_success(Connection& connection, RowId id);
// It is left alone until then.
Status note_webhook_failure(Connection& connection, const WebhookRow& row, UnixSeconds now,
                            UnixSeconds rests_until);
Status disable_webhook(Connection& connection, RowId id, UnixSeconds now);

}  // namespace parlance
