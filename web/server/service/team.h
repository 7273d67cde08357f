// Who moderates a site: its accounts, as its owners and whoever runs the server see to them. Every
// change stands in the audit log. Safe to use from several threads at once.
#pragma once

#include <string>
#include <vector>

#include "web/server/store/accounts.h"
#include "web/server/store/store.h"

namespace parlance {

// Who changes something, and when.
struct Changer {
  RowId account = 0;  // 0: whoever runs the server.
  std::string name = "parlance-server";
  UnixSeconds now = 0;
};

class Team {
 public:
  // `store` must outlive it.
  explicit Team(Store& store) : store_(store) {}

  Result<std::vector<Account>> list(const Site& site);

  // Fails with InvalidField when the name is not usable or taken, or the password not usable.
  Status add(const Site& site, const std::string& name, const std::string& password,
             AccountRole role, const Changer& by);

  // Fail with NotFound when the name is nobody's, and with InvalidField when it is the changer's
  // own: a site always keeps an owner.
  Status set_role(const Site& site, const std::string& name, AccountRole role, const Changer& by);
  Status remove(const Site& site, const std::string& name, const Changer& by);
  // Ends their sessions.
  Status set_password(const Site& site, const std::string& name, const std::string& password,
                      const Changer& by);
  Status forget_totp(const Site& site, const std::string& name, const Changer& by);

 private:
  Store& store_;
};

std::string_view role_name(AccountRole role);
std::optional<AccountRole> role_from(std::string_view name);

// One that is handed on: easy to read out, hard to guess.
Result<std::string> new_password();

}  // namespace parlance
