#include "web/server/service/team.h"

#include "web/server/service/account_turn.h"
#include "web/server/service/guest_token.h"
#include "web/server/service/password.h"
#include "web/server/service/totp.h"
#include "web/server/store/audit.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

constexpr std::size_t kMaxNameBytes = 80;
constexpr std::size_t kPasswordBytes = 10;

Error unusable_name(const char* why) {
  return {ErrorCode::InvalidField, std::string("name: ") + why, "name"};
}

Status check_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes || !is_valid_utf8(name)) {
    return unusable_name("1 to 80 bytes of UTF-8");
  }
  for (const char c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      return unusable_name("no such characters");
  }
  return {};
}

Status check_not_own(const Account& account, const Changer& by) {
  return account.id == by.account ? Status(unusable_name("not one's own")) : Status();
}

struct Deed {
  const char* action;
  std::string before;
  std::string after;
};

Status note(Connection& connection, const Account& about, const Changer& by, const Deed& deed) {
  AuditRow act;
  act.site = about.site;
  act.account = by.account;
  act.name = by.name;
  act.action = deed.action;
  act.aspect = Aspect::Team;
  act.subject = about.name;
  act.before = deed.before;
  act.after = deed.after;
  act.made = by.now;
  const auto noted = add_audit(connection, act);
  return noted ? Status() : Status(noted.error());
}

}  // namespace

Result<Account> account_named(Connection& connection, RowId site, const std::string& name) {
  const Error none{ErrorCode::NotFound, "the site has no moderator of this name", "name"};
  if (!check_name(name)) return none;
  auto account = find_account(connection, site, name);
  if (!account) return account.error();
  if (!account->has_value()) return none;
  return std::move(**account);
}

std::string_view role_name(AccountRole role) {
  return role == AccountRole::Owner ? "owner" : "moderator";
}

std::optional<AccountRole> role_from(std::string_view name) {
  for (const AccountRole role : {AccountRole::Moderator, AccountRole::Owner}) {
    if (name == role_name(role)) return role;
  }
  return std::nullopt;
}

Result<std::string> new_password() {
  const auto bytes = random_bytes(kPasswordBytes);
  if (!bytes) return bytes.error();
  return grouped(to_base32(*bytes));
}

Result<std::vector<Account>> Team::list(const Site& site) {
  return store_.read([&](Connection& connection) { return list_accounts(connection, site.id); });
}

Status Team::add(const Site& site, const std::string& name, const std::string& password,
                 AccountRole role, const Changer& by) {
  if (Status status = check_name(name); !status) return status;
  auto hash = hash_password(password);
  if (!hash) return hash.error();
  Account account;
  account.site = site.id;
  account.name = name;
  account.password = std::move(*hash);
  account.role = role;
  const auto added =
      store_.write(accounts_lane(site.id), [&](Store::Change& change) -> Result<bool> {
        const auto known = find_account(change.connection(), site.id, name);
        if (!known) return known.error();
        if (known->has_value()) return unusable_name("the site has a moderator of this name");
        const auto id = add_account(change.connection(), account, by.now);
        if (!id) return id.error();
        const Deed deed{"add moderator", "", std::string(role_name(role))};
        if (Status noted = note(change.connection(), account, by, deed); !noted) {
          return noted.error();
        }
        return true;
      });
  return added ? Status() : Status(added.error());
}

Status Team::set_role(const Site& site, const std::string& name, AccountRole role,
                      const Changer& by) {
  return change_account(
      store_, site.id, name, [&](Connection& connection, Account& account) -> Status {
        if (Status other = check_not_own(account, by); !other) return other;
        const AccountRole before = std::exchange(account.role, role);
        if (before == role) return {};
        return note(connection, account, by,
                    {"change role", std::string(role_name(before)), std::string(role_name(role))});
      });
}

Status Team::set_password(const Site& site, const std::string& name, const std::string& password,
                          const Changer& by) {
  auto hash = hash_password(password);
  if (!hash) return hash.error();
  return change_account(store_, site.id, name,
                        [&](Connection& connection, Account& account) -> Status {
                          if (Status other = check_not_own(account, by); !other) return other;
                          account.password = *hash;
                          if (Status ended = remove_sessions(connection, account.id); !ended)
                            return ended;
                          return note(connection, account, by, {"new password", "", ""});
                        });
}

Status Team::forget_totp(const Site& site, const std::string& name, const Changer& by) {
  return change_account(store_, site.id, name,
                        [&](Connection& connection, Account& account) -> Status {
                          if (Status other = check_not_own(account, by); !other) return other;
                          account.totp.clear();
                          account.totp_next.clear();
                          if (Status done = put_recovery_codes(connection, account.id, {}); !done)
                            return done;
                          return note(connection, account, by, {"forget second factor", "", ""});
                        });
}

Status Team::remove(const Site& site, const std::string& name, const Changer& by) {
  const auto removed =
      store_.write(accounts_lane(site.id), [&](Store::Change& change) -> Result<bool> {
        const auto account = account_named(change.connection(), site.id, name);
        if (!account) return account.error();
        Status done = check_not_own(*account, by);
        if (done) done = remove_account(change.connection(), account->id);
        const Deed deed{"remove moderator", std::string(role_name(account->role)), ""};
        if (done) done = note(change.connection(), *account, by, deed);
        if (!done) return done.error();
        return true;
      });
  return removed ? Status() : Status(removed.error());
}

}  // namespace parlance
