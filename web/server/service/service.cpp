#include "web/server/service/service.h"

#include <algorithm>

#include "web/server/service/base64url.h"
#include "web/server/service/site_rules.h"
#include "web/server/store/sites.h"
#include "web/server/store/threads.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

// How old a site may be that is not read anew, and how many are remembered.
constexpr UnixSeconds kSiteSeconds = 1;
constexpr std::size_t kMostKnownSites = 1'000;
constexpr const char* kInstanceName = "instance";
constexpr std::size_t kInstanceBytes = 6;

bool is_usable_key(std::string_view key, std::size_t most_bytes) {
  const bool has_control = std::any_of(key.begin(), key.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  return !key.empty() && key.size() <= most_bytes && !has_control && is_valid_utf8(key);
}

Error rate_limited() { return {ErrorCode::RateLimited, "too much in too short a time", ""}; }

}  // namespace

std::string lane_of(const Site& site, std::string_view thread) {
  return site.key + '/' + std::string(thread);
}

Status check_thread_key(std::string_view key) {
  if (is_usable_key(key, kMaxThreadKeyBytes)) return {};
  return Error{ErrorCode::InvalidField, "thread: not a usable key", "thread"};
}

Result<std::unique_ptr<Service>> Service::open(Store& store, const WriteLimits& limits) {
  auto signer = TokenSigner::open(store);
  if (!signer) return signer.error();
  const auto instance = kept_random_bytes(store, kInstanceName, kInstanceBytes);
  if (!instance) return instance.error();
  return std::unique_ptr<Service>(
      new Service(store, std::move(*signer), to_base64url(bytes_of(*instance)), limits));
}

Status Service::check() {
  const auto found =
      store_.read([](Connection& connection) { return find_meta(connection, kInstanceName); });
  if (!found) return found.error();
  return {};
}

Result<Site> Service::site(std::string_view key, UnixSeconds now) {
  const Error unknown{ErrorCode::UnknownSite, "no such site", ""};
  if (!is_usable_key(key, kMaxSiteKeyBytes)) return unknown;
  if (now != 0) {
    const std::lock_guard lock(sites_mutex_);
    const auto known = sites_.find(key);
    if (known != sites_.end() && now - known->second.read <= kSiteSeconds) {
      return known->second.site;
    }
  }
  auto site = store_.read([&](Connection& connection) { return find_site(connection, key); });
  if (!site) return site.error();
  if (!site->has_value()) return unknown;
  if (!(*site)->rules.empty()) (*site)->reactions = rules_of(**site).reactions;
  if (now != 0) {
    const std::lock_guard lock(sites_mutex_);
    if (sites_.size() >= kMostKnownSites) sites_.clear();
    sites_.insert_or_assign(std::string(key), KnownSite{**site, now});
  }
  return std::move(**site);
}

void Service::forget_site(std::string_view key) {
  const std::lock_guard lock(sites_mutex_);
  const auto known = sites_.find(key);
  if (known != sites_.end()) sites_.erase(known);
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
  for (const std::string& thread : threads) {
    if (Status status = check_thread_key(thread); !status) return status.error();
  }
  using Counts = std::map<std::string, int>;
  return store_.read([&](Connection& connection) -> Result<Counts> {
    Counts counts;
    for (const std::string& thread : threads) {
      const auto count = count_comments(connection, site.id, thread);
      if (!count) return count.error();
      counts[thread] = *count;
    }
    return counts;
  });
}

Result<Service::Writer> Service::required_writer(const Site& site, const Caller& caller) {
  if (caller.token.empty()) {
    return Error{ErrorCode::TokenRequired, "ask for a guest token first", ""};
  }
  if (is_jwt(caller.token)) {
    auto person = sign_on_.person(site, caller.token, caller.now);
    if (!person) return person.error();
    return Writer{guest_of_person(site, *person), std::move(*person)};
  }
  const auto guest = signer_.guest(site.key, caller.token);
  if (!guest) return guest.error();
  return Writer{*guest, std::nullopt};
}

Result<std::optional<GuestId>> Service::guest_of(const Site& site, const Caller& caller) {
  if (caller.token.empty()) return std::optional<GuestId>();
  const auto writer = required_writer(site, caller);
  if (!writer) return writer.error();
  return std::optional<GuestId>(writer->guest);
}

Result<GuestId> Service::required_guest(const Site& site, const Caller& caller) {
  const auto writer = required_writer(site, caller);
  if (!writer) return writer.error();
  return writer->guest;
}

Result<GuestId> Service::admit_subscriber(const Site& site, const Caller& caller) {
  constexpr int kMostAsked = 20;
  const auto guest = required_guest(site, caller);
  if (!guest) return guest.error();
  if (Status status = check_rate("mail", kMostAsked, *guest, caller); !status) {
    return status.error();
  }
  return *guest;
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
