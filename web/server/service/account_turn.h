// How accounts of moderators are written: those of a site one after another.
#pragma once

#include <string>

#include "web/server/store/accounts.h"
#include "web/server/store/store.h"

namespace parlance {

// The key under which accounts and sessions of a site are written.
inline std::string accounts_lane(RowId site) { return "accounts/" + std::to_string(site); }

// Fails with NotFound when the site has no moderator of this name.
Result<Account> account_named(Connection& connection, RowId site, const std::string& name);

// Lets `change`, a Status(Connection&, Account&), do its work, and keeps what it has made of the
// account. Fails with NotFound, or with what `change` fails with; then nothing is kept.
template <typename Change>
Status change_account(Store& store, RowId site, const std::string& name, const Change& change) {
  const auto changed = store.write(accounts_lane(site), [&](Store::Change& turn) -> Result<bool> {
    auto account = account_named(turn.connection(), site, name);
    if (!account) return account.error();
    Status done = change(turn.connection(), *account);
    if (done) done = update_account(turn.connection(), *account);
    if (!done) return done.error();
    return true;
  });
  return changed ? Status() : Status(changed.error());
}

}  // namespace parlance
