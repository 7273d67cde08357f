#include "web/server/service/sign_on.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <memory>

#include "web/server/service/base64url.h"
#include "web/server/service/guest_token.h"

namespace parlance {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kMaxKeyNameBytes = 64;
constexpr std::size_t kMostKnown = 1'000;
constexpr std::size_t kMaxPemBytes = 4'096;

Status check_name(std::string_view id) {
  const bool is_usable =
      !id.empty() && id.size() <= kMaxKeyNameBytes &&
      id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") ==
          std::string_view::npos;
  if (is_usable) return {};
  return Error{ErrorCode::InvalidField, "key: a name of 1 to 64 letters, digits and -_.", "key"};
}

// The 32 bytes of an Ed25519 key; nothing when it is not one.
std::string raw_public_key(const std::string& pem) {
  if (pem.size() > kMaxPemBytes) return {};
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      bio == nullptr ? nullptr : PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr),
      EVP_PKEY_free);
  if (key == nullptr || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) return {};
  std::string raw(kSecretBytes, '\0');
  std::size_t size = raw.size();
  auto* bytes = reinterpret_cast<unsigned char*>(raw.data());
  if (EVP_PKEY_get_raw_public_key(key.get(), bytes, &size) != 1) return {};
  return raw;
}

}  // namespace

GuestId guest_of_person(const Site& site, const Person& person) {
  const std::string hash = sha256("person|" + site.key + "|" + person.subject);
  GuestId guest;
  std::copy_n(hash.begin(), guest.size(), guest.begin());
  return guest;
}

Result<std::vector<SiteKey>> SignOn::keys(const Site& site, UnixSeconds now) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(site.id);
    if (known != known_.end() && now - known->second.read <= 1) return known->second.keys;
  }
  auto keys = list(site);
  if (!keys) return keys;
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostKnown) known_.clear();
  known_[site.id] = {*keys, now};
  return keys;
}

Result<Person> SignOn::person(const Site& site, std::string_view token, UnixSeconds now) {
  const auto all = keys(site, now);
  if (!all) return all.error();
  return read_jwt(token, site.key, *all, now);
}

Status SignOn::add(const Site& site, const SiteKey& key, UnixSeconds now) {
  if (Status status = check_name(key.id); !status) return status;
  const auto added = store_.write("keys/" + site.key, [&](Store::Change& change) -> Result<bool> {
    Status kept = add_key(change.connection(), site.id, key, now);
    if (!kept) return kept.error();
    return true;
  });
  return added ? Status() : Status(added.error());
}

Result<std::string> SignOn::add_shared(const Site& site, const std::string& id, UnixSeconds now) {
  const auto secret = random_bytes(kSecretBytes);
  if (!secret) return secret.error();
  // What is handed out is the secret itself: a text, so that every library takes it.
  std::string text = to_base64url(bytes_of(*secret));
  if (Status added = add(site, {id, KeyKind::Hs256, text}, now); !added) return added.error();
  return text;
}

Status SignOn::add_public(const Site& site, const std::string& id, const std::string& pem,
                          UnixSeconds now) {
  const std::string raw = raw_public_key(pem);
  if (raw.empty()) {
    return Error{ErrorCode::InvalidField, "key: not an Ed25519 public key in PEM", "key"};
  }
  return add(site, {id, KeyKind::Ed25519, raw}, now);
}

Status SignOn::retire(const Site& site, const std::string& id, UnixSeconds now) {
  const auto retired = store_.write("keys/" + site.key, [&](Store::Change& change) -> Result<bool> {
    Status done = retire_key(change.connection(), site.id, id, now);
    if (!done) return done.error();
    return true;
  });
  return retired ? Status() : Status(retired.error());
}

Result<std::vector<SiteKey>> SignOn::list(const Site& site) {
  return store_.read([&](Connection& connection) { return list_keys(connection, site.id); });
}

}  // namespace parlance
