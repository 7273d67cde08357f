#include "web/server/store/challenges.h"

namespace parlance {

Result<bool> spend_challenge(Connection& connection, std::string_view nonce, UnixSeconds expires) {
  Statement spent = connection.query(
      "INSERT INTO spent_challenge (nonce, expires) VALUES ($1, $2)"
      " ON CONFLICT (nonce) DO NOTHING RETURNING 1",
      bytes_of(nonce), expires);
  const Statement::Step step = spent.step();
  if (step == Statement::Step::Failed) return connection.error("spend challenge");
  return step == Statement::Step::Row;
}

Status forget_challenges(Connection& connection, UnixSeconds before) {
  return connection.run("DELETE FROM spent_challenge WHERE expires < $1", before);
}

}  // namespace parlance
