// SQLite's C interface as a Connection. One file, in WAL mode.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <unordered_map>

#include "web/server/store/connection.h"

namespace parlance {

class SqliteConnection final : public Connection {
 public:
  enum class Access : std::uint8_t { Read, ReadWrite };

  // Opens the file, and creates it when `access` allows writing.
  static Result<std::unique_ptr<Connection>> open(const std::string& path, Access access);
  ~SqliteConnection() override;

  Status run_script(const char* sql) override;
  Engine engine() const override { return Engine::Sqlite; }
  Status begin_read() override;
  Status begin_write(int lane) override;
  Status commit() override;
  void roll_back() override;
  bool is_in_transaction() const override { return sqlite3_get_autocommit(handle_) == 0; }
  Result<std::int64_t> schema_version() override;
  Status set_schema_version(std::int64_t version) override;
  Status begin_migration() override;

  // For its rows: says what went wrong, and in time before it takes too long.
  void note_failure();
  void start_clock();

 protected:
  std::unique_ptr<Rows> start(const char* sql, std::span<const Value> values) override;

 private:
  explicit SqliteConnection(sqlite3* handle) : handle_(handle) {}
  sqlite3_stmt* prepared(const char* sql, std::size_t parameters);
  Result<std::int64_t> read_number(const char* sql);
  static int is_too_late(void* connection);

  sqlite3* handle_;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
  std::chrono::steady_clock::time_point latest_;
};

}  // namespace parlance
