// A connection to the database, whichever engine keeps it, with C++ lifetimes: a Connection closes,
// a Statement lets go of its rows.
//
// SQL is written once for both engines, with parameters $1, $2, … that appear for the first time in
// this order. Where the engines need different words, choose() picks them.
//
// A Connection and what hangs on it belong to one thread at a time. Failures are values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "widget/core/result.h"

namespace parlance {

using Bytes = std::span<const std::uint8_t>;

inline Bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Why a statement failed, as far as it decides what to do next.
enum class Failure : std::uint8_t {
  None,
  Conflict,  // Somebody else wrote the same at the same time: doing it again helps.
  Lost,      // The connection, the server or the file is gone: another connection may do.
  Full,      // No room for what is written. Reading goes on.
  ReadOnly,  // Nothing may be written. Reading goes on.
  Slow,      // It took, or waited, longer than a request may.
  Other,     // A mistake in the program.
};

// A parameter of a statement. Views: what they show must last until the statement has begun.
struct Value {
  enum class Kind : std::uint8_t { Integer, Text, Blob };

  Value(std::int64_t value) : integer(value) {}
  Value(int value) : integer(value) {}
  Value(bool value) : integer(value) {}
  Value(std::string_view text) : kind(Kind::Text), bytes(text) {}
  Value(const std::string& text) : kind(Kind::Text), bytes(text) {}
  Value(const char* text) : kind(Kind::Text), bytes(text) {}
  Value(Bytes blob)
      : kind(Kind::Blob), bytes(reinterpret_cast<const char*>(blob.data()), blob.size()) {}
  Value(std::nullopt_t) : kind(Kind::Text), is_null(true) {}
  // Nothing of a type is NULL, and still of that type.
  template <typename T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value(T())) {
    is_null = !value.has_value();
  }

  Kind kind = Kind::Integer;
  bool is_null = false;
  std::int64_t integer = 0;
  std::string_view bytes;
};

enum class Step : std::uint8_t { Row, Done, Failed };

// What an engine gives a statement to read from.
class Rows {
 public:
  virtual ~Rows() = default;
  virtual Step step() = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual bool is_null(int column) const = 0;
};

// A statement in use. Its connection must outlive it.
class Statement {
 public:
  using Step = parlance::Step;

  explicit Statement(std::unique_ptr<Rows> rows) : rows_(std::move(rows)) {}

  Step step() { return rows_ == nullptr ? Step::Failed : rows_->step(); }

  // Columns of the current row count from 0; NULL reads as 0 or as nothing. The views are valid
  // until the next step.
  std::int64_t integer(int column) const { return rows_->integer(column); }
  int count(int column) const { return static_cast<int>(rows_->integer(column)); }
  std::string_view text(int column) const { return rows_->text(column); }
  Bytes blob(int column) const {
    const std::string_view bytes = rows_->text(column);
    return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  }
  bool is_null(int column) const { return rows_->is_null(column); }

 private:
  std::unique_ptr<Rows> rows_;  // Null when it could not be prepared: then every step fails.
};

class Connection {
 public:
  enum class Engine : std::uint8_t { Sqlite, Postgres };

  virtual ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // The statement for `sql`, with its parameters in order. It is prepared once and then kept.
  // REQUIRES: a string literal, since its address is the key, and no other use of it going on.
  template <typename... Values>
  Statement query(const char* sql, const Values&... values) {
    const std::array<Value, sizeof...(Values)> all = {Value(values)...};
    return Statement(start(sql, all));
  }

  // Runs a statement whose rows, if there are any, nobody wants.
  template <typename... Values>
  Status run(const char* sql, const Values&... values) {
    if (query(sql, values...).step() == Step::Failed) return error(sql);
    return {};
  }

  // Runs a script of several statements without parameters.
  virtual Status run_script(const char* sql) = 0;

  const char* choose(const char* for_sqlite, const char* for_postgres) const {
    return engine() == Engine::Sqlite ? for_sqlite : for_postgres;
  }
  virtual Engine engine() const = 0;
  // Many numbers as one parameter: for json_each($1), or for CAST($1 AS bigint[]).
  std::string list_of(std::span<const std::int64_t> numbers) const;

  // One consistent view of the database.
  virtual Status begin_read() = 0;
  // A turn to write that nobody else has for the same lane at the same time; for kEveryLane nobody
  // has one at all. Waits for it.
  static constexpr int kEveryLane = -1;
  virtual Status begin_write(int lane) = 0;
  // Durable when it succeeds. After Lost nobody knows whether it happened.
  virtual Status commit() = 0;
  // Leaves the transaction, if there is one still.
  virtual void roll_back() = 0;
  virtual bool is_in_transaction() const = 0;

  // 0 for a new database. Fails with Unavailable when the database is another program's.
  virtual Result<std::int64_t> schema_version() = 0;
  virtual Status set_schema_version(std::int64_t version) = 0;
  // Waits until no other process migrates, and keeps them waiting until the transaction ends.
  virtual Status begin_migration() = 0;

  // What the last failure was, with its code for the caller. `what` says in the log what was tried.
  Error error(std::string_view what) const;
  // The last failure since the transaction began or since it was forgotten. A lost connection stays
  // lost.
  Failure failure() const { return failure_; }
  void forget_failure() {
    if (!is_lost()) failure_ = Failure::None;
  }
  bool is_lost() const { return failure_ == Failure::Lost; }

 protected:
  Connection() = default;
  virtual std::unique_ptr<Rows> start(const char* sql, std::span<const Value> values) = 0;

  void note(Failure failure, std::string message) {
    if (!is_lost()) failure_ = failure;
    message_ = std::move(message);
  }

 private:
  Failure failure_ = Failure::None;
  std::string message_;
};

// The code of the closed list that tells a caller about the failure.
ErrorCode code_of(Failure failure);

}  // namespace parlance
