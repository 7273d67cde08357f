// Moderators: their accounts, what they prove themselves with, and their sessions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

// The numbers are the database's. Each role may do what those before it may.
enum class AccountRole : std::uint8_t { Moderator = 1, Owner = 2 };

struct Account {
  RowId id = 0;
  RowId site = 0;
  std::string name;
  std::string password;  // As argon2id encodes it.
  AccountRole role = AccountRole::Moderator;
  std::string totp;            // The secret of the second factor; empty without one.
  std::string totp_next;       // One that its owner has not confirmed yet.
  std::int64_t totp_step = 0;  // The last one that was used; none before it is taken again.
};

Result<std::optional<Account>> find_account(Connection& connection, RowId site,
                                            std::string_view name);
Result<std::optional<Account>> find_account(Connection& connection, RowId id);
Result<std::vector<Account>> list_accounts(Connection& connection, RowId site);

// Only site, name, password and role count. Fails when the site has the name already.
Result<RowId> add_account(Connection& connection, const Account& account, UnixSeconds now);
// Keeps the password, the role and everything about the second factor.
Status update_account(Connection& connection, const Account& account);
// With its sessions and recovery codes.
Status remove_account(Connection& connection, RowId account);

// Hashes of the codes that stand in for the second factor, each of them once.
Status put_recovery_codes(Connection& connection, RowId account,
                          const std::vector<std::string>& hashes);
// Whether the code was there; it is not any more.
Result<bool> take_recovery_code(Connection& connection, RowId account, std::string_view hash);

struct Session {
  RowId account = 0;
  UnixSeconds created = 0;
  UnixSeconds used = 0;
};
Result<std::optional<Session>> find_session(Connection& connection, std::string_view token_hash);
Status add_session(Connection& connection, std::string_view token_hash, const Session& session);
Status touch_session(Connection& connection, std::string_view token_hash, UnixSeconds now);
Status remove_session(Connection& connection, std::string_view token_hash);
Status remove_sessions(Connection& connection, RowId account);
// Forgets those that began, or were used last, before these times.
Status forget_sessions(Connection& connection, UnixSeconds created, UnixSeconds used);

}  // namespace parlance
