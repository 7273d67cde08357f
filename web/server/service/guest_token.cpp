#include "web/server/service/guest_token.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>

#include "web/server/service/base64url.h"
#include "web/server/store/sites.h"
#include "widget/core/limits.h"

namespace parlance {
namespace {

constexpr std::string_view kVersion = "g1";
constexpr const char* kKeyName = "guest token key";
constexpr std::size_t kKeyBytes = 32;

Error invalid() { return {ErrorCode::TokenInvalid, "the token is not one of this site's", ""}; }

}  // namespace

std::string sha256(std::string_view text) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
             EVP_sha256(), nullptr);
  digest.resize(size);
  return digest;
}

Result<std::string> random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
    return Error{ErrorCode::Internal, "the system gives no random numbers", ""};
  }
  return bytes;
}

Result<std::string> kept_random_bytes(Store& store, std::string_view name, std::size_t count) {
  // A look first: a database that has them may be read-only.
  const auto find = [&](Connection& connection) { return find_meta(connection, name); };
  auto known = store.read(find);
  if (!known) return known.error();
  if (known->has_value()) return std::move(**known);

  auto change = store.change();
  if (!change) return change.error();
  known = find(change->connection());
  if (!known) return known.error();
  if (known->has_value()) return std::move(**known);
  auto made = random_bytes(count);
  if (!made) return made.error();
  if (Status kept = put_meta(change->connection(), name, bytes_of(*made)); !kept) {
    return kept.error();
  }
  if (Status committed = change->commit(); !committed) return committed.error();
  return made;
}

Result<TokenSigner> TokenSigner::open(Store& store) {
  auto key = kept_random_bytes(store, kKeyName, kKeyBytes);
  if (!key) return key.error();
  return TokenSigner(std::move(*key));
}

Result<GuestId> TokenSigner::new_guest() {
  GuestId guest;
  auto bytes = random_bytes(guest.size());
  if (!bytes) return bytes.error();
  std::copy(bytes->begin(), bytes->end(), guest.begin());
  return guest;
}

std::string TokenSigner::signature(std::string_view site, const GuestId& guest) const {
  std::string signed_text(kVersion);
  signed_text += '|';
  signed_text += site;
  signed_text += '|';
  signed_text.append(guest.begin(), guest.end());

  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size(),
       reinterpret_cast<unsigned char*>(digest.data()), &size);
  digest.resize(size);
  return digest;
}

std::string TokenSigner::derived(std::string_view purpose) const {
  return sha256("parlance " + std::string(purpose) + "|" + key_);
}

std::string TokenSigner::token(std::string_view site, const GuestId& guest) const {
  return std::string(kVersion) + "." + to_base64url(guest) + "." +
         to_base64url(bytes_of(signature(site, guest)));
}

Result<GuestId> TokenSigner::guest(std::string_view site, std::string_view token) const {
  if (token.size() > kMaxTokenBytes) return invalid();
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.substr(0, first) != kVersion) return invalid();

  const auto id = from_base64url(token.substr(first + 1, second - first - 1));
  const auto given = from_base64url(token.substr(second + 1));
  GuestId guest;
  if (!id || !given || id->size() != guest.size()) return invalid();
  std::copy(id->begin(), id->end(), guest.begin());

  const std::string expected = signature(site, guest);
  if (given->size() != expected.size()) return invalid();
  if (CRYPTO_memcmp(given->data(), expected.data(), expected.size()) != 0) return invalid();
  return guest;
}

}  // namespace parlance
