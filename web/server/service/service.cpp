#include "web/server/service/service.h"

#include <algorithm>

#include "web/server/service/base64url.h"
#include "web/server/store/sites.h"
#include "web/server/store/threads.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

constexpr const char* kInstanceName = "instance";
constexpr std::size_t kInstanceBytes = 6;

Bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Result<std::string> open_instance(Store& store) {
  auto change = store.change();
  if (!change) return change.error();
  auto known = find_meta(change->connection(), kInstanceName);
  if (!known) return known.error();
  if (known->has_value()) return to_base64url(bytes_of(**known));

  auto made = random_bytes(kInstanceBytes);
  if (!made) return made.error();
  if (Status kept = put_meta(change->connection(), kInstanceName, bytes_of(*made)); !kept) {
    return kept.error();
  }
  if (Status committed = change->commit(); !committed) return committed.error();
  return to_base64url(bytes_of(*made));
}

Error rate_limited() { return {ErrorCode::RateLimited, "too much in too short a time", ""}; }

}  // namespace

Status check_thread_key(std::string_view key) {
  const bool has_control = std::any_of(key.begin(), key.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (key.empty() || key.size() > kMaxThreadKeyBytes || has_control || !is_valid_utf8(key)) {
    return Error{ErrorCode::InvalidField, "thread: not a usable key", "thread"};
  }
  return {};
}

Result<std::unique_ptr<Service>> Service::open(Store& store, const WriteLimits& limits) {
  auto signer = TokenSigner::open(store);
  if (!signer) return signer.error();
  auto instance = open_instance(store);
  if (!instance) return instance.error();
  return std::unique_ptr<Service>(
      new Service(store, std::move(*signer), std::move(*instance), limits));
}

Result<Site> Service::site(std::string_view key) {
  const Error unknown{ErrorCode::UnknownSite, "no such site", ""};
  if (key.empty() || key.size() > kMaxSiteKeyBytes || !is_valid_utf8(key)) return unknown;
  auto snapshot = store_.snapshot();
  if (!snapshot) return snapshot.error();
  auto site = find_site(snapshot->connection(), key);
  if (!site) return site.error();
  if (!site->has_value()) return unknown;
  return std::move(**site);
}

Result<std::string> Service::new_guest(const Site& site, const Caller& caller) {
  const Rate rate{limits_.new_guests_of_address};
  if (limits_.are_on && !limiter_.take("guest@" + caller.address, rate, caller.now)) {
    return rate_limited();
  }
  const auto guest = TokenSigner::new_guest();
  if (!guest) return guest.error();
  return signer_.token(site.key, *guest);
}

Result<std::map<std::string, int>> Service::counts(const Site& site,
                                                   const std::vector<std::string>& threads) {
  if (threads.empty() || threads.size() > static_cast<std::size_t>(kMaxCountedThreads)) {
    return Error{ErrorCode::InvalidField, "thread: 1 to 100 of them", "thread"};
  }
  auto snapshot = store_.snapshot();
  if (!snapshot) return snapshot.error();
  std::map<std::string, int> counts;
  for (const std::string& thread : threads) {
    if (Status status = check_thread_key(thread); !status) return status.error();
    const auto count = count_comments(snapshot->connection(), site.id, thread);
    if (!count) return count.error();
    counts[thread] = *count;
  }
  return counts;
}

Result<std::optional<GuestId>> Service::guest_of(const Site& site, const Caller& caller) const {
  if (caller.token.empty()) return std::optional<GuestId>();
  const auto guest = signer_.guest(site.key, caller.token);
  if (!guest) return guest.error();
  return std::optional<GuestId>(*guest);
}

Result<GuestId> Service::required_guest(const Site& site, const Caller& caller) const {
  if (caller.token.empty()) {
    return Error{ErrorCode::TokenRequired, "ask for a guest token first", ""};
  }
  return signer_.guest(site.key, caller.token);
}

Status Service::check_rate(std::string_view what, int count, const GuestId& guest,
                           const Caller& caller) {
  if (!limits_.are_on) return {};
  const std::string name(what);
  const Rate of_address{count * limits_.guests_per_address};
  if (!limiter_.take(name + "@" + caller.address, of_address, caller.now)) return rate_limited();
  const std::string id(guest.begin(), guest.end());
  if (!limiter_.take(name + "#" + id, Rate{count}, caller.now)) return rate_limited();
  return {};
}

}  // namespace parlance
