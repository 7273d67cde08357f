#include "web/server/store/postgres.h"

#include <cstring>
#include <vector>

namespace parlance {
namespace {

// Stable type numbers of PostgreSQL's catalogue.
constexpr Oid kInt8 = 20;
constexpr Oid kText = 25;
constexpr Oid kBytea = 17;
constexpr int kBinary = 1;

// Advisory locks are numbers that every program of a database shares; the first half is ours
// ("Parl"), the second says what for: 0 everything, 1 a migration, from 16 on the lanes.
constexpr int kLockSpace = 0x5061726C;
constexpr int kFirstLaneLock = 16;

// A statement may take as long as a request may wait. What was answered must be on the disk,
// whatever the server's own setting is; a stricter one stays.
constexpr const char* kSetUp =
    "SET statement_timeout = 5000;"
    "SET idle_in_transaction_session_timeout = 60000;"
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') = 'off'";

class ResultHolder {
 public:
  explicit ResultHolder(PGresult* result) : result_(result) {}
  ResultHolder(ResultHolder&& other) noexcept : result_(other.result_) { other.result_ = nullptr; }
  ResultHolder& operator=(ResultHolder&&) = delete;
  ~ResultHolder() { PQclear(result_); }
  const PGresult* get() const { return result_; }

 private:
  PGresult* result_;
};

std::int64_t from_big_endian(const char* bytes, int size) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes);
  std::uint64_t value = size > 0 && size < 8 && (data[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
  for (int i = 0; i < size; ++i) value = value << 8 | data[i];
  return static_cast<std::int64_t>(value);
}

class PostgresRows final : public Rows {
 public:
  explicit PostgresRows(ResultHolder result) : result_(std::move(result)) {}

  Step step() override { return ++row_ < PQntuples(result_.get()) ? Step::Row : Step::Done; }

  // Binary integers come in the width of their type.
  std::int64_t integer(int column) const override {
    const std::string_view bytes = text(column);
    return from_big_endian(bytes.data(), static_cast<int>(bytes.size()));
  }

  std::string_view text(int column) const override {
    const int size = PQgetlength(result_.get(), row_, column);
    return {PQgetvalue(result_.get(), row_, column), static_cast<std::size_t>(size)};
  }

  bool is_null(int column) const override { return PQgetisnull(result_.get(), row_, column) != 0; }

 private:
  ResultHolder result_;
  int row_ = -1;
};

// From SQLSTATE. The first two characters are the class.
Failure to_failure(std::string_view state, bool is_alive) {
  if (!is_alive) return Failure::Lost;
  // unique_violation: where it can happen, two had the same idea at the same time.
  for (const char* conflict : {"40001", "40P01", "23505"}) {
    if (state == conflict) return Failure::Conflict;
  }
  // query_canceled by statement_timeout, lock_not_available.
  if (state == "57014" || state == "55P03") return Failure::Slow;
  // A standby, or a database that was set so.
  if (state == "25006") return Failure::ReadOnly;
  if (state == "53100") return Failure::Full;
  const std::string_view kind = state.substr(0, 2);
  if (kind == "08" || kind == "57" || kind == "58" || kind == "53") return Failure::Lost;
  // A prepared statement that is unknown or that the schema changed under: a new connection has
  // none.
  if (state == "26000" || state == "0A000") return Failure::Lost;
  return Failure::Other;
}

Oid type_of(const Value& value) {
  switch (value.kind) {
    case Value::Kind::Integer:
      return kInt8;
    case Value::Kind::Text:
      return kText;
    case Value::Kind::Blob:
      return kBytea;
  }
  return kText;
}

// The parameters as libpq takes them. Bounded by the longest statement.
constexpr std::size_t kMostParameters = 24;
struct Parameters {
  explicit Parameters(std::span<const Value> values) {
    for (std::size_t i = 0; i < values.size() && i < kMostParameters; ++i) {
      const Value& value = values[i];
      formats[i] = kBinary;
      if (value.is_null) continue;
      if (value.kind == Value::Kind::Integer) {
        const auto number = static_cast<std::uint64_t>(value.integer);
        for (int byte = 0; byte < 8; ++byte) {
          integers[i][byte] = static_cast<char>(number >> (56 - 8 * byte));
        }
        data[i] = integers[i];
        sizes[i] = 8;
        continue;
      }
      data[i] = value.bytes.empty() ? "" : value.bytes.data();
      sizes[i] = static_cast<int>(value.bytes.size());
    }
  }

  const char* data[kMostParameters] = {};
  int sizes[kMostParameters] = {};
  int formats[kMostParameters] = {};
  char integers[kMostParameters][8];
};

std::string one_line(const char* message) {
  std::string text(message == nullptr ? "" : message);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (char& c : text) c = c == '\n' ? ' ' : c;
  return text;
}

}  // namespace

Result<std::unique_ptr<Connection>> PostgresConnection::open(const std::string& address) {
  // What comes later goes before: the address can say all of these otherwise.
  const char* const names[] = {"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                               "keepalives_count", "tcp_user_timeout", "application_name",
                               "client_encoding",  "dbname",           nullptr};
  const char* const values[] = {
      "5", "10", "5", "3", "10000", "parlance-server", "UTF8", address.c_str(), nullptr};
  std::unique_ptr<PostgresConnection> connection(
      new PostgresConnection(PQconnectdbParams(names, values, 1)));
  if (Status status = connection->set_up(); !status) return status.error();
  return std::unique_ptr<Connection>(std::move(connection));
}

PostgresConnection::~PostgresConnection() { PQfinish(handle_); }

Status PostgresConnection::set_up() {
  if (PQstatus(handle_) != CONNECTION_OK) {
    note(Failure::Lost, one_line(PQerrorMessage(handle_)));
    return error("connect");
  }
  PQsetNoticeProcessor(
      handle_, [](void*, const char*) {}, nullptr);
  const char* encoding = PQparameterStatus(handle_, "server_encoding");
  if (encoding == nullptr || std::strcmp(encoding, "UTF8") != 0) {
    return Error{ErrorCode::Unavailable, "the database's encoding must be UTF8", ""};
  }
  return run_script(kSetUp);
}

bool PostgresConnection::check(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return true;
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  note(to_failure(state == nullptr ? "" : state, PQstatus(handle_) == CONNECTION_OK),
       one_line(PQerrorMessage(handle_)));
  return false;
}

Status PostgresConnection::run_script(const char* sql) {
  const ResultHolder result(PQexec(handle_, sql));
  if (!check(result.get())) return error(sql);
  return {};
}

std::unique_ptr<Rows> PostgresConnection::start(const char* sql, std::span<const Value> values) {
  if (values.size() > kMostParameters) {
    note(Failure::Other, "too many parameters");
    return nullptr;
  }
  const char* name = prepared(sql, values);
  if (name == nullptr) return nullptr;
  const Parameters parameters(values);
  ResultHolder result(PQexecPrepared(handle_, name, static_cast<int>(values.size()),
                                     parameters.data, parameters.sizes, parameters.formats,
                                     kBinary));
  if (!check(result.get())) return nullptr;
  return std::make_unique<PostgresRows>(std::move(result));
}

const char* PostgresConnection::prepared(const char* sql, std::span<const Value> values) {
  if (const auto known = statements_.find(sql); known != statements_.end()) {
    return known->second.c_str();
  }
  Oid types[kMostParameters] = {};
  for (std::size_t i = 0; i < values.size(); ++i) types[i] = type_of(values[i]);
  std::string name = "s" + std::to_string(statements_.size());
  const ResultHolder result(
      PQprepare(handle_, name.c_str(), sql, static_cast<int>(values.size()), types));
  if (!check(result.get())) return nullptr;
  return statements_.emplace(sql, std::move(name)).first->second.c_str();
}

Status PostgresConnection::begin_read() {
  forget_failure();
  return run_script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

// Whoever waits for every lane is waited for by those who come later, so it gets its turn.
Status PostgresConnection::begin_write(int lane) {
  forget_failure();
  const std::string space = std::to_string(kLockSpace);
  std::string sql = "BEGIN;SELECT pg_advisory_xact_lock";
  if (lane == kEveryLane) {
    sql += "(" + space + ",0)";
  } else {
    sql += "_shared(" + space + ",0);SELECT pg_advisory_xact_lock(" + space + "," +
           std::to_string(kFirstLaneLock + lane) + ")";
  }
  Status status = run_script(sql.c_str());
  if (!status) roll_back();
  return status;
}

Status PostgresConnection::begin_migration() {
  forget_failure();
  const std::string sql = "BEGIN;SET LOCAL statement_timeout = 0;SELECT pg_advisory_xact_lock(" +
                          std::to_string(kLockSpace) + ",1)";
  return run_script(sql.c_str());
}

Status PostgresConnection::commit() {
  const ResultHolder result(PQexec(handle_, "COMMIT"));
  if (!check(result.get())) return error("COMMIT");
  // A transaction that had failed is rolled back by COMMIT, and that is no error to PostgreSQL.
  if (std::strcmp(PQcmdStatus(const_cast<PGresult*>(result.get())), "COMMIT") == 0) return {};
  note(Failure::Other, "the transaction had failed");
  return error("COMMIT");
}

void PostgresConnection::roll_back() {
  if (is_in_transaction()) static_cast<void>(run_script("ROLLBACK"));
}

bool PostgresConnection::is_in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(handle_);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

Result<std::int64_t> PostgresConnection::read_number(const char* sql) {
  Statement statement = query(sql);
  if (statement.step() != Step::Row) return error(sql);
  return statement.integer(0);
}

Result<std::int64_t> PostgresConnection::schema_version() {
  const auto marks = read_number(
      "SELECT count(*) FROM pg_tables"
      " WHERE schemaname = current_schema() AND tablename = 'parlance_schema'");
  if (!marks) return marks.error();
  if (*marks > 0) return read_number("SELECT version FROM parlance_schema");
  const auto others = read_number(
      "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
      " AND tablename IN ('meta', 'site', 'thread', 'comment', 'vote')");
  if (!others) return others.error();
  if (*others == 0) return std::int64_t{0};
  return Error{ErrorCode::Unavailable, "the database belongs to another program", ""};
}

Status PostgresConnection::set_schema_version(std::int64_t version) {
  const std::string sql =
      "CREATE TABLE IF NOT EXISTS parlance_schema (version BIGINT NOT NULL);"
      "DELETE FROM parlance_schema;"
      "INSERT INTO parlance_schema VALUES (" +
      std::to_string(version) + ")";
  return run_script(sql.c_str());
}

}  // namespace parlance
