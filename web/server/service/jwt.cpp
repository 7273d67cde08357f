#include "web/server/service/jwt.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "web/server/service/base64url.h"
#include "widget/core/limits.h"
#include "widget/core/new_comment.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxSubjectBytes = 200;

Error invalid(const char* why) { return {ErrorCode::TokenInvalid, why, ""}; }

// An object in base64url; null when it is none.
json part_of(std::string_view text) {
  const auto decoded = from_base64url(text);
  if (!decoded) return nullptr;
  json object = json::parse(*decoded, nullptr, false);
  return object.is_object() ? object : json();
}

std::string text_in(const json& object, const char* name) {
  const auto found = object.find(name);
  const auto* text = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
  return text == nullptr ? std::string() : *text;
}

bool is_signed_with_hmac(const SiteKey& key, std::string_view text, std::string_view signature) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.secret.data(), static_cast<int>(key.secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  return signature.size() == size && CRYPTO_memcmp(signature.data(), digest.data(), size) == 0;
}

bool is_signed_with_ed25519(const SiteKey& key, std::string_view text, std::string_view signature) {
  const Bytes bytes = bytes_of(key.secret);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> public_key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size()),
      EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  if (public_key == nullptr || context == nullptr) return false;
  if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, public_key.get()) != 1) {
    return false;
  }
  const Bytes given = bytes_of(signature);
  const Bytes said = bytes_of(text);
  return EVP_DigestVerify(context.get(), given.data(), given.size(), said.data(), said.size()) == 1;
}

bool is_signed(const json& header, std::string_view text, std::string_view signature,
               std::span<const SiteKey> keys) {
  const std::string algorithm = text_in(header, "alg");
  const bool is_named = header.contains("kid");
  const std::string name = text_in(header, "kid");
  for (const SiteKey& key : keys) {
    if (is_named && key.id != name) continue;
    if (key.kind == KeyKind::Hs256 && algorithm == "HS256" &&
        is_signed_with_hmac(key, text, signature)) {
      return true;
    }
    if (key.kind == KeyKind::Ed25519 && algorithm == "EdDSA" &&
        is_signed_with_ed25519(key, text, signature)) {
      return true;
    }
  }
  return false;
}

bool is_for(const json& claims, std::string_view site) {
  const auto audience = claims.find("aud");
  if (audience == claims.end()) return false;
  const auto is_site = [&](const json& one) {
    const auto* text = one.get_ptr<const std::string*>();
    return text != nullptr && *text == site;
  };
  if (!audience->is_array()) return is_site(*audience);
  for (const json& one : *audience) {
    if (is_site(one)) return true;
  }
  return false;
}

// Whether the claim, which may be left out, is a time that has come.
bool has_begun(const json& claims, const char* name, UnixSeconds now) {
  const auto time = claims.find(name);
  if (time == claims.end()) return true;
  return time->is_number_integer() && time->get<std::int64_t>() <= now + kJwtLeewaySeconds;
}

Status check_times(const json& claims, UnixSeconds now) {
  const auto end = claims.find("exp");
  if (end == claims.end() || !end->is_number_integer()) return invalid("the token has no exp");
  const auto expires = end->get<std::int64_t>();
  if (expires > now + kLongestJwtSeconds + kJwtLeewaySeconds) {
    return invalid("the token lives longer than an hour");
  }
  if (!has_begun(claims, "nbf", now) || !has_begun(claims, "iat", now)) {
    return invalid("the token is not valid yet");
  }
  if (expires < now - kJwtLeewaySeconds) {
    return Error{ErrorCode::TokenExpired, "the token has expired", ""};
  }
  return {};
}

bool is_usable_subject(std::string_view subject) {
  if (subject.empty() || subject.size() > kMaxSubjectBytes) return false;
  for (const char c : subject) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  }
  return true;
}

// What cannot be used is left out: nobody should be unable to comment because of their picture.
std::string usable_picture(const std::string& url) {
  if (!url.starts_with("https://") || url.size() > kMaxUrlBytes) return {};
  for (const char c : url) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) return {};
  }
  return url;
}

}  // namespace

bool is_jwt(std::string_view token) { return token.starts_with("ey"); }

Result<Person> read_jwt(std::string_view token, std::string_view site,
                        std::span<const SiteKey> keys, UnixSeconds now) {
  if (token.size() > kMaxJwtBytes) return invalid("the token is too long");
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) {
    return invalid("the token has not three parts");
  }
  const json header = part_of(token.substr(0, first));
  const auto signature = from_base64url(token.substr(second + 1));
  // What a token says must be understood is not.
  if (!header.is_object() || !signature || header.contains("crit")) {
    return invalid("the token cannot be read");
  }
  if (!is_signed(header, token.substr(0, second), *signature, keys)) {
    return invalid("no key of the site has signed the token");
  }
  const json claims = part_of(token.substr(first + 1, second - first - 1));
  if (!claims.is_object() || !is_for(claims, site))
    return invalid("the token is not for this site");
  if (Status status = check_times(claims, now); !status) return status.error();

  Person person;
  person.subject = text_in(claims, "sub");
  if (!is_usable_subject(person.subject)) return invalid("the token has no usable sub");
  auto name =
      validated({.parent = "", .author = text_in(claims, "name"), .email = "", .text = "-"});
  if (!name) return invalid("the token has no usable name");
  person.name = std::move(name->author);
  person.avatar = usable_picture(text_in(claims, "picture"));
  return person;
}

}  // namespace parlance
