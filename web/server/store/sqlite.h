// SQLite's C interface with C++ lifetimes: a Connection closes, a Statement resets, a Transaction
// rolls back.
//
// A Connection and what hangs on it belong to one thread at a time. Failures are values:
// Unavailable where waiting or an administrator can help (locked, full, read-only, unreadable),
// else Internal.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "widget/core/result.h"

namespace parlance {

using Bytes = std::span<const std::uint8_t>;

// A prepared statement in use. Its connection must outlive it.
class Statement {
 public:
  enum class Step : std::uint8_t { Row, Done, Failed };

  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}
  Statement(Statement&& other) noexcept : handle_(other.handle_) { other.handle_ = nullptr; }
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Parameters count from 1. The values are copied.
  void bind(int index, std::int64_t value);
  void bind(int index, int value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, bool value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, std::string_view text);
  void bind(int index, const char* text) { bind(index, std::string_view(text)); }
  void bind(int index, Bytes blob);
  void bind(int index, std::nullopt_t);
  template <typename T>
  void bind(int index, const std::optional<T>& value) {
    value ? bind(index, *value) : bind(index, std::nullopt);
  }

  Step step();

  // Columns of the current row count from 0; NULL reads as 0 or as nothing. The views are valid
  // until the next step.
  std::int64_t integer(int column) const { return sqlite3_column_int64(handle_, column); }
  int count(int column) const { return sqlite3_column_int(handle_, column); }
  std::string_view text(int column) const;
  Bytes blob(int column) const;
  bool is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

 private:
  sqlite3_stmt* handle_;  // Null when it could not be prepared: then every step fails.
};

class Connection {
 public:
  enum class Access : std::uint8_t { Read, ReadWrite };

  // Opens the file, and creates it when `access` allows writing.
  static Result<std::unique_ptr<Connection>> open(const std::string& path, Access access);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // The statement for `sql`, with its parameters bound in order. It is prepared once and then kept.
  // REQUIRES: a string literal, since its address is the key, and no other use of it going on.
  template <typename... Values>
  Statement query(const char* sql, const Values&... values) {
    Statement statement(prepared(sql));
    [[maybe_unused]] int index = 0;
    (statement.bind(++index, values), ...);
    return statement;
  }

  // Runs a statement that gives no rows.
  template <typename... Values>
  Status run(const char* sql, const Values&... values) {
    if (query(sql, values...).step() == Statement::Step::Failed) return error(sql);
    return {};
  }

  // Runs a script of several statements without parameters.
  Status run_script(const char* sql);

  std::int64_t last_insert_id() const { return sqlite3_last_insert_rowid(handle_); }
  std::int64_t changed_rows() const { return sqlite3_changes64(handle_); }

  // What the last failure was. `what` says in the log what was tried.
  Error error(std::string_view what) const;

 private:
  explicit Connection(sqlite3* handle) : handle_(handle) {}
  sqlite3_stmt* prepared(const char* sql);

  sqlite3* handle_;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
};

// Everything or nothing: rolls back unless commit() succeeded.
class Transaction {
 public:
  enum class Kind : std::uint8_t { Read, Write };

  // Read: one consistent view of the database. Write: waits for its turn, and then no other can
  // write.
  static Result<Transaction> begin(Connection& connection, Kind kind);
  Transaction(Transaction&& other) noexcept : connection_(other.connection_) {
    other.connection_ = nullptr;
  }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  // Durable when it succeeds.
  Status commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}

  Connection* connection_;
};

}  // namespace parlance
