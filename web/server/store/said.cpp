#include "web/server/store/said.h"

namespace parlance {
namespace {

Result<std::optional<SaidBefore>> read_said(Connection& connection, Statement found, bool is_own) {
  switch (found.step()) {
    case Statement::Step::Failed:
      return connection.error("find said");
    case Statement::Step::Done:
      return std::optional<SaidBefore>();
    case Statement::Step::Row:
      break;
  }
  return std::optional(SaidBefore{found.integer(0), found.integer(1),
                                  static_cast<CommentStatus>(found.integer(2)), is_own});
}

}  // namespace

Status add_said(Connection& connection, const Said& said) {
  return connection.run(
      "INSERT INTO said (comment, site, text, guest, address, thread, created)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      said.comment, said.site, bytes_of(said.text), Bytes(said.guest), bytes_of(said.address),
      said.thread, said.created);
}

Result<std::optional<SaidBefore>> find_said(Connection& connection, const SaidQuery& query) {
  auto own = read_said(
      connection,
      connection.query(
          "SELECT said.comment, said.thread, comment.status FROM said"
          " JOIN comment ON comment.id = said.comment"
          " WHERE said.site = $1 AND said.text = $2 AND said.guest = $3 AND said.created > $4"
          " AND comment.status <> 3"
          " ORDER BY CASE WHEN said.thread = $5 THEN 0 ELSE 1 END, said.created DESC LIMIT 1",
          query.site, bytes_of(query.text), Bytes(query.guest), query.since, query.thread),
      true);
  const bool is_here = own && own->has_value() && (*own)->thread == query.thread;
  if (!own || is_here || query.addresses[0].empty()) return own;
  auto others = read_said(
      connection,
      connection.query(
          "SELECT said.comment, said.thread, comment.status FROM said"
          " JOIN comment ON comment.id = said.comment"
          " WHERE said.site = $1 AND said.text = $2 AND said.address IN ($3, $4)"
          " AND said.created > $5 AND comment.status <> 3"
          " ORDER BY CASE WHEN said.thread = $6 THEN 0 ELSE 1 END, said.created DESC LIMIT 1",
          query.site, bytes_of(query.text), bytes_of(query.addresses[0]),
          bytes_of(query.addresses[1]), query.since, query.thread),
      false);
  return others && !others->has_value() ? own : others;
}

Result<int> count_others_who_said(Connection& connection, const SaidQuery& query, int most) {
  Statement counted = connection.query(
      "SELECT count(*) FROM (SELECT DISTINCT guest FROM said WHERE site = $1 AND text = $2"
      " AND guest <> $3 AND created > $4 LIMIT $5) AS others",
      query.site, bytes_of(query.text), Bytes(query.guest), query.since, most);
  if (counted.step() != Statement::Step::Row) return connection.error("count who said");
  return counted.count(0);
}

Status forget_said(Connection& connection, UnixSeconds before) {
  return connection.run("DELETE FROM said WHERE created < $1", before);
}

}  // namespace parlance
