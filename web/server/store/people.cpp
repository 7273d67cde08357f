#include "web/server/store/people.h"

namespace parlance {

Status put_person(Connection& connection, RowId site, const GuestId& guest, const Person& person,
                  UnixSeconds now) {
  return connection.run(
      "INSERT INTO person (site, guest, subject, name, avatar, seen) VALUES ($1, $2, $3, $4, $5, "
      "$6)"
      " ON CONFLICT (site, guest) DO UPDATE SET name = excluded.name, avatar = excluded.avatar,"
      " seen = excluded.seen",
      site, Bytes(guest), person.subject, person.name, person.avatar, now);
}

Result<std::vector<SiteKey>> list_keys(Connection& connection, RowId site) {
  std::vector<SiteKey> keys;
  Statement statement = connection.query(
      "SELECT id, kind, secret FROM site_key WHERE site = $1 AND retired = 0 AND kind IN (1, 2)"
      " ORDER BY created DESC, id",
      site);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list keys");
      case Statement::Step::Done:
        return keys;
      case Statement::Step::Row:
        keys.push_back({std::string(statement.text(0)), static_cast<KeyKind>(statement.integer(1)),
                        std::string(statement.text(2))});
    }
  }
}

Status add_key(Connection& connection, RowId site, const SiteKey& key, UnixSeconds now) {
  Statement added = connection.query(
      "INSERT INTO site_key (site, id, kind, secret, created) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (site, id) DO NOTHING RETURNING 1",
      site, key.id, static_cast<int>(key.kind), bytes_of(key.secret), now);
  const Statement::Step step = added.step();
  if (step == Statement::Step::Failed) return connection.error("add key");
  if (step == Statement::Step::Row) return {};
  return Error{ErrorCode::InvalidField, "key: the site has had one of this name", "key"};
}

Status retire_key(Connection& connection, RowId site, std::string_view id, UnixSeconds now) {
  Statement retired = connection.query(
      "UPDATE site_key SET retired = $1 WHERE site = $2 AND id = $3 AND retired = 0 RETURNING 1",
      now, site, id);
  const Statement::Step step = retired.step();
  if (step == Statement::Step::Failed) return connection.error("retire key");
  if (step == Statement::Step::Row) return {};
  return Error{ErrorCode::InvalidField, "key: the site has none of this name in force", "key"};
}

}  // namespace parlance
