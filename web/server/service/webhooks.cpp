#include "web/server/service/webhooks.h"

#include <algorithm>

#include "web/server/service/base64url.h"
#include "web/server/service/guest_token.h"
#include "web/server/store/outbox.h"
#include "widget/core/limits.h"

namespace parlance {
namespace {

constexpr std::size_t kSecretBytes = 32;

bool is_usable(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return false;
  // A password in it would stand in lists.
  const std::string_view rest = url.substr(url.find("//") + 2);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  return url.size() <= kMaxUrlBytes && !host.empty() && host.find('@') == std::string_view::npos &&
         std::ranges::all_of(url, [](char c) { return c > 0x20 && c < 0x7F; });
}

}  // namespace

Result<std::string> add_webhook(Store& store, const Site& site, const std::string& url,
                                UnixSeconds now) {
  if (!is_usable(url)) {
    return Error{ErrorCode::InvalidField, "webhook: needs an address with https:// or http://",
                 "url"};
  }
  const auto random = random_bytes(kSecretBytes);
  if (!random) return random.error();
  const std::string secret = to_base64url(bytes_of(*random));
  return store.write(kOutboxLane, [&](Store::Change& change) -> Result<std::string> {
    const auto rows = parlance::list_webhooks(change.connection(), site.id);
    if (!rows) return rows.error();
    if (rows->size() >= kMaxWebhooks) {
      return Error{ErrorCode::InvalidField, "webhook: a site has at most ten", "url"};
    }
    WebhookRow row;
    row.url = url;
    row.secret = secret;
    Status put = put_webhook(change.connection(), site.id, row, now);
    if (!put) return put.error();
    return secret;
  });
}

Status remove_webhook(Store& store, const Site& site, const std::string& url) {
  const auto removed = store.write(kOutboxLane, [&](Store::Change& change) {
    return parlance::remove_webhook(change.connection(), site.id, url);
  });
  if (!removed) return removed.error();
  if (*removed) return {};
  return Error{ErrorCode::InvalidField, "webhook: the site has none with this address", "url"};
}

Result<std::vector<WebhookRow>> list_webhooks(Store& store, const Site& site) {
  return store.read(
      [&](Connection& connection) { return parlance::list_webhooks(connection, site.id); });
}

}  // namespace parlance
