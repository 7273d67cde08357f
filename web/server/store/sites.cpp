#include "web/server/store/sites.h"

namespace parlance {
namespace {

// An origin has no white space in it, so a line holds one.
std::string join_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

#define SITE_COLUMNS "id, key, name, origins, approve_first, edit_seconds, closing_days, rules"

Result<std::optional<Site>> first_site(Connection& connection, Statement statement) {
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find site");
    case Statement::Step::Done:
      return std::optional<Site>();
    case Statement::Step::Row:
      break;
  }
  Site site;
  site.id = statement.integer(0);
  site.key = statement.text(1);
  site.name = statement.text(2);
  site.origins = split_lines(statement.text(3));
  site.approval = to_approval(statement.integer(4));
  site.edit_seconds = statement.count(5);
  site.closing_days = statement.count(6);
  site.rules = statement.text(7);
  return std::optional<Site>(std::move(site));
}

}  // namespace

Approval to_approval(std::int64_t number) {
  // What a later version may have written is the careful choice.
  if (number < 0 || number > 2) return Approval::First;
  return static_cast<Approval>(number);
}

Result<std::optional<Site>> find_site(Connection& connection, std::string_view key) {
  return first_site(connection,
                    connection.query("SELECT " SITE_COLUMNS " FROM site WHERE key = $1", key));
}

Result<std::optional<Site>> find_site(Connection& connection, RowId id) {
  return first_site(connection,
                    connection.query("SELECT " SITE_COLUMNS " FROM site WHERE id = $1", id));
}

Status put_site(Connection& connection, const Site& site) {
  return connection.run(
      "INSERT INTO site (key, name, origins, approve_first, edit_seconds)"
      " VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (key) DO UPDATE SET name = excluded.name, origins = excluded.origins,"
      " approve_first = excluded.approve_first, edit_seconds = excluded.edit_seconds",
      site.key, site.name, join_lines(site.origins), static_cast<int>(site.approval),
      site.edit_seconds);
}

Status set_rules(Connection& connection, const Site& site) {
  return connection.run(
      "UPDATE site SET approve_first = $1, edit_seconds = $2, closing_days = $3, rules = $4"
      " WHERE id = $5",
      static_cast<int>(site.approval), site.edit_seconds, site.closing_days, site.rules, site.id);
}

Result<std::optional<std::string>> find_meta(Connection& connection, std::string_view name) {
  Statement statement = connection.query("SELECT value FROM meta WHERE name = $1", name);
  switch (statement.step()) {
    case Statement::Step::Failed:
      return connection.error("find meta");
    case Statement::Step::Done:
      return std::optional<std::string>();
    case Statement::Step::Row:
      break;
  }
  const Bytes value = statement.blob(0);
  return std::optional<std::string>(std::string(value.begin(), value.end()));
}

Status put_meta(Connection& connection, std::string_view name, Bytes value) {
  return connection.run(
      "INSERT INTO meta (name, value) VALUES ($1, $2)"
      " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      name, value);
}

}  // namespace parlance
