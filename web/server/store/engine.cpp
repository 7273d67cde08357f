#include "web/server/store/engine.h"

#include <string_view>

#include "web/server/store/postgres.h"
#include "web/server/store/sqlite.h"

namespace parlance {
namespace {

class SqliteEngine final : public Engine {
 public:
  explicit SqliteEngine(std::string path) : path_(std::move(path)) {}

  Result<std::unique_ptr<Connection>> connect(Access access) override {
    return SqliteConnection::open(path_, access == Access::Read
                                             ? SqliteConnection::Access::Read
                                             : SqliteConnection::Access::ReadWrite);
  }
  int lanes() const override { return 1; }
  int readers() const override { return 0; }

 private:
  std::string path_;
};

// Every process has to put a thread into the same lane, so the number of lanes is one of the
// program, not of a setting. Together with the readers it stays well below the hundred connections
// that PostgreSQL usually allows, also with a few processes.
class PostgresEngine final : public Engine {
 public:
  explicit PostgresEngine(std::string address) : address_(std::move(address)) {}

  Result<std::unique_ptr<Connection>> connect(Access) override {
    return PostgresConnection::open(address_);
  }
  int lanes() const override { return 8; }
  int readers() const override { return 8; }

 private:
  std::string address_;
};

}  // namespace

bool is_postgres_address(const std::string& address) {
  return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

std::unique_ptr<Engine> engine_for(const std::string& address) {
  if (is_postgres_address(address)) return std::make_unique<PostgresEngine>(address);
  return std::make_unique<SqliteEngine>(address);
}

}  // namespace parlance
