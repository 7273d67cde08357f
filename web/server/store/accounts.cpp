#include "web/server/store/accounts.h"

namespace parlance {
namespace {

#define ACCOUNT_COLUMNS "id, site, name, password, role, totp, totp_next, totp_step"

std::optional<Bytes> or_null(std::string_view bytes) {
  return bytes.empty() ? std::nullopt : std::optional(bytes_of(bytes));
}

Account to_account(const Statement& row) {
  Account account;
  account.id = row.integer(0);
  account.site = row.integer(1);
  account.name = row.text(2);
  account.password = row.text(3);
  // What a later version may have written is the role that may do least.
  account.role = row.integer(4) == 2 ? AccountRole::Owner : AccountRole::Moderator;
  account.totp = row.text(5);
  account.totp_next = row.text(6);
  account.totp_step = row.integer(7);
  return account;
}

Result<std::optional<Account>> first_account(Connection& connection, Statement statement) {
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find account");
    case Statement::Step::Done:
      return std::optional<Account>();
    case Statement::Step::Row:
      break;
  }
  return std::optional<Account>(to_account(statement));
}

}  // namespace

Result<std::optional<Account>> find_account(Connection& connection, RowId site,
                                            std::string_view name) {
  return first_account(connection, connection.query("SELECT " ACCOUNT_COLUMNS
                                                    " FROM account WHERE site = $1 AND name = $2",
                                                    site, name));
}

Result<std::optional<Account>> find_account(Connection& connection, RowId id) {
  return first_account(
      connection, connection.query("SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = $1", id));
}

Result<std::vector<Account>> list_accounts(Connection& connection, RowId site) {
  std::vector<Account> accounts;
  Statement statement = connection.query(
      "SELECT " ACCOUNT_COLUMNS " FROM account WHERE site = $1 ORDER BY name", site);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list accounts");
      case Statement::Step::Done:
        return accounts;
      case Statement::Step::Row:
        accounts.push_back(to_account(statement));
    }
  }
}

Result<RowId> add_account(Connection& connection, const Account& account, UnixSeconds now) {
  Statement added = connection.query(
      "INSERT INTO account (site, name, password, role, created) VALUES ($1, $2, $3, $4, $5)"
      " RETURNING id",
      account.site, account.name, account.password, static_cast<int>(account.role), now);
  if (added.step() != Statement::Step::Row) return connection.error("add account");
  return added.integer(0);
}

Status update_account(Connection& connection, const Account& account) {
  return connection.run(
      "UPDATE account SET password = $1, role = $2, totp = $3, totp_next = $4, totp_step = $5"
      " WHERE id = $6",
      account.password, static_cast<int>(account.role), or_null(account.totp),
      or_null(account.totp_next), account.totp_step, account.id);
}

Status remove_account(Connection& connection, RowId account) {
  Status done = remove_sessions(connection, account);
  if (done) done = put_recovery_codes(connection, account, {});
  if (done) done = connection.run("DELETE FROM account WHERE id = $1", account);
  return done;
}

Status put_recovery_codes(Connection& connection, RowId account,
                          const std::vector<std::string>& hashes) {
  Status done = connection.run("DELETE FROM recovery_code WHERE account = $1", account);
  for (const std::string& hash : hashes) {
    if (!done) return done;
    done = connection.run("INSERT INTO recovery_code (account, hash) VALUES ($1, $2)", account,
                          bytes_of(hash));
  }
  return done;
}

Result<bool> take_recovery_code(Connection& connection, RowId account, std::string_view hash) {
  Statement taken =
      connection.query("DELETE FROM recovery_code WHERE account = $1 AND hash = $2 RETURNING 1",
                       account, bytes_of(hash));
  const Statement::Step step = taken.step();
  if (step == Statement::Step::Failed) return connection.error("take recovery code");
  return step == Statement::Step::Row;
}

Result<std::optional<Session>> find_session(Connection& connection, std::string_view token_hash) {
  Statement statement = connection.query(
      "SELECT account, created, used FROM session WHERE token_hash = $1", bytes_of(token_hash));
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find session");
    case Statement::Step::Done:
      return std::optional<Session>();
    case Statement::Step::Row:
      break;
  }
  return std::optional<Session>({statement.integer(0), statement.integer(1), statement.integer(2)});
}

Status add_session(Connection& connection, std::string_view token_hash, const Session& session) {
  return connection.run(
      "INSERT INTO session (token_hash, account, created, used) VALUES ($1, $2, $3, $4)",
      bytes_of(token_hash), session.account, session.created, session.used);
}

Status touch_session(Connection& connection, std::string_view token_hash, UnixSeconds now) {
  return connection.run("UPDATE session SET used = $1 WHERE token_hash = $2", now,
                        bytes_of(token_hash));
}

Status remove_session(Connection& connection, std::string_view token_hash) {
  return connection.run("DELETE FROM session WHERE token_hash = $1", bytes_of(token_hash));
}

Status remove_sessions(Connection& connection, RowId account) {
  return connection.run("DELETE FROM session WHERE account = $1", account);
}

Status forget_sessions(Connection& connection, UnixSeconds created, UnixSeconds used) {
  return connection.run("DELETE FROM session WHERE created < $1 OR used < $2", created, used);
}

#undef ACCOUNT_COLUMNS

}  // namespace parlance
