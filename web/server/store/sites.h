// Sites, and the few facts about the database itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

Result<std::optional<Site>> find_site(Connection& connection, std::string_view key);
Result<std::optional<Site>> find_site(Connection& connection, RowId id);

// Adds the site, or gives the one with this key the other fields. Its id is ignored.
Status put_site(Connection& connection, const Site& site);

// Keeps how the site's comments are moderated: approval, edit_seconds, closing_days and rules.
Status set_rules(Connection& connection, const Site& site);

Approval to_approval(std::int64_t number);

// A named value that belongs to the database, such as its signing key.
Result<std::optional<std::string>> find_meta(Connection& connection, std::string_view name);
Status put_meta(Connection& connection, std::string_view name, Bytes value);

}  // namespace parlance
