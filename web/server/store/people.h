// The publisher's own users, and the keys with which it signs who they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

// As the publisher's token has them.
struct Person {
  std::string subject;  // Whoever it is to the publisher, for good.
  std::string name;
  std::string avatar;  // An https address; empty: none.
};

Status put_person(Connection& connection, RowId site, const GuestId& guest, const Person& person,
                  UnixSeconds now);

// The numbers are the database's.
enum class KeyKind : std::uint8_t { Hs256 = 1, Ed25519 = 2 };

struct SiteKey {
  std::string id;
  KeyKind kind = KeyKind::Hs256;
  std::string secret;  // The shared secret, or the 32 bytes of the public key.
};

// Those in force, the latest first.
Result<std::vector<SiteKey>> list_keys(Connection& connection, RowId site);
// Fails with InvalidField when the site has had a key of this name.
Status add_key(Connection& connection, RowId site, const SiteKey& key, UnixSeconds now);
// Fails with InvalidField when there is none of this name in force.
Status retire_key(Connection& connection, RowId site, std::string_view id, UnixSeconds now);

}  // namespace parlance
