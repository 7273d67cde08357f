// libpq as a Connection. Parameters and rows travel in binary.
#pragma once

#include <libpq-fe.h>

#include <unordered_map>

#include "web/server/store/connection.h"

namespace parlance {

class PostgresConnection final : public Connection {
 public:
  // `address` is a libpq URL or connection string. Fails with Unavailable.
  static Result<std::unique_ptr<Connection>> open(const std::string& address);
  ~PostgresConnection() override;

  Status run_script(const char* sql) override;
  Engine engine() const override { return Engine::Postgres; }
  Status begin_read() override;
  Status begin_write(int lane) override;
  Status commit() override;
  void roll_back() override;
  bool is_in_transaction() const override;
  Result<std::int64_t> schema_version() override;
  Status set_schema_version(std::int64_t version) override;
  Status begin_migration() override;

 protected:
  std::unique_ptr<Rows> start(const char* sql, std::span<const Value> values) override;

 private:
  explicit PostgresConnection(PGconn* handle) : handle_(handle) {}
  const char* prepared(const char* sql, std::span<const Value> values);
  Status set_up();
  // Whether the result is a success; what went wrong is noted.
  bool check(const PGresult* result);
  Result<std::int64_t> read_number(const char* sql);

  PGconn* handle_;
  std::unordered_map<const char*, std::string> statements_;
};

}  // namespace parlance
