#include "web/server/store/sqlite.h"

namespace parlance {
namespace {

constexpr int kBusyMilliseconds = 5'000;
constexpr auto kLongestStatement = std::chrono::seconds(5);
// How much work lies between two looks at the clock: about a millisecond.
constexpr int kStepsBetweenLooks = 100'000;

// "Parl": says whose file this is.
constexpr std::int64_t kApplicationId = 0x5061726C;

// WAL lets readers go on while somebody writes. With synchronous=FULL a commit is on the disk when
// it returns; NORMAL would lose the last ones with the power, after they had been answered.
constexpr const char* kSetUp =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -8000;"
    "PRAGMA trusted_schema = OFF;";

Failure to_failure(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
      return Failure::Slow;
    case SQLITE_FULL:
      return Failure::Full;
    case SQLITE_READONLY:
      // The file was moved away or replaced below us; another connection finds the new one.
      return code == SQLITE_READONLY_DBMOVED ? Failure::Lost : Failure::ReadOnly;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Failure::Lost;
    default:
      return Failure::Other;
  }
}

// A statement's rows, read as they are asked for.
class SqliteRows final : public Rows {
 public:
  SqliteRows(SqliteConnection& connection, sqlite3_stmt* handle)
      : connection_(connection), handle_(handle) {}
  ~SqliteRows() override {
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
  }

  Step step() override {
    connection_.start_clock();
    switch (sqlite3_step(handle_)) {
      case SQLITE_ROW:
        return Step::Row;
      case SQLITE_DONE:
        return Step::Done;
      default:
        connection_.note_failure();
        return Step::Failed;
    }
  }

  std::int64_t integer(int column) const override { return sqlite3_column_int64(handle_, column); }

  std::string_view text(int column) const override {
    // A text as it is kept is UTF-8 already, so its bytes are the text.
    const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
  }

  bool is_null(int column) const override {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
  }

 private:
  SqliteConnection& connection_;
  sqlite3_stmt* handle_;
};

void bind(sqlite3_stmt* statement, int index, const Value& value) {
  if (value.is_null) {
    sqlite3_bind_null(statement, index);
    return;
  }
  // A view of nothing may have no address, which SQLite would take for NULL.
  const char* data = value.bytes.empty() ? "" : value.bytes.data();
  switch (value.kind) {
    case Value::Kind::Integer:
      sqlite3_bind_int64(statement, index, value.integer);
      return;
    case Value::Kind::Text:
      sqlite3_bind_text64(statement, index, data, value.bytes.size(), SQLITE_TRANSIENT,
                          SQLITE_UTF8);
      return;
    case Value::Kind::Blob:
      sqlite3_bind_blob64(statement, index, data, value.bytes.size(), SQLITE_TRANSIENT);
      return;
  }
}

}  // namespace

Result<std::unique_ptr<Connection>> SqliteConnection::open(const std::string& path, Access access) {
  const int flags =
      SQLITE_OPEN_NOMUTEX |
      (access == Access::Read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  // SQLite gives a handle also when it fails, for the message, and it has to be closed.
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle));
  if (code != SQLITE_OK) {
    connection->note_failure();
    return connection->error("open " + path);
  }
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  sqlite3_extended_result_codes(handle, 1);
  if (Status status = connection->run_script(kSetUp); !status) return status.error();
  if (access == Access::ReadWrite) {
    if (Status status = connection->run_script("PRAGMA journal_mode = WAL;"); !status) {
      return status.error();
    }
  }
  sqlite3_progress_handler(handle, kStepsBetweenLooks, &SqliteConnection::is_too_late,
                           connection.get());
  return std::unique_ptr<Connection>(std::move(connection));
}

SqliteConnection::~SqliteConnection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

void SqliteConnection::note_failure() {
  const int code = handle_ == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(handle_);
  note(to_failure(code), handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_));
}

void SqliteConnection::start_clock() {
  latest_ = std::chrono::steady_clock::now() + kLongestStatement;
}

int SqliteConnection::is_too_late(void* connection) {
  return std::chrono::steady_clock::now() > static_cast<SqliteConnection*>(connection)->latest_;
}

Status SqliteConnection::run_script(const char* sql) {
  // Migrations take as long as they take.
  latest_ = std::chrono::steady_clock::time_point::max();
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  note_failure();
  return error(sql);
}

std::unique_ptr<Rows> SqliteConnection::start(const char* sql, std::span<const Value> values) {
  sqlite3_stmt* statement = prepared(sql, values.size());
  if (statement == nullptr) return nullptr;
  int index = 0;
  for (const Value& value : values) bind(statement, ++index, value);
  return std::make_unique<SqliteRows>(*this, statement);
}

sqlite3_stmt* SqliteConnection::prepared(const char* sql, std::size_t parameters) {
  if (const auto known = statements_.find(sql); known != statements_.end()) return known->second;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
      SQLITE_OK) {
    note_failure();
    return nullptr;
  }
  // To SQLite $1 is a name like any other, and numbered as it appears.
  for (int i = 1; i <= static_cast<int>(parameters); ++i) {
    const char* name = sqlite3_bind_parameter_name(statement, i);
    if (name != nullptr && name == "$" + std::to_string(i)) continue;
    note(Failure::Other, "parameters out of order");
    sqlite3_finalize(statement);
    return nullptr;
  }
  statements_.emplace(sql, statement);
  return statement;
}

Status SqliteConnection::begin_read() {
  forget_failure();
  return run("BEGIN");
}

Status SqliteConnection::begin_write(int) {
  // There is one writer in a file, so every lane is the same.
  forget_failure();
  return run("BEGIN IMMEDIATE");
}

Status SqliteConnection::begin_migration() { return begin_write(kEveryLane); }

Status SqliteConnection::commit() { return run("COMMIT"); }

void SqliteConnection::roll_back() {
  // Nothing is left to do about a failure here: SQLite rolls back by itself when the connection
  // closes.
  if (is_in_transaction()) static_cast<void>(run("ROLLBACK"));
}

Result<std::int64_t> SqliteConnection::read_number(const char* sql) {
  Statement statement = query(sql);
  if (statement.step() != Step::Row) return error(sql);
  return statement.integer(0);
}

Result<std::int64_t> SqliteConnection::schema_version() {
  const auto application = read_number("PRAGMA application_id");
  if (!application) return application.error();
  const auto tables = read_number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  if (*application != kApplicationId && *tables != 0) {
    return Error{ErrorCode::Unavailable, "the database belongs to another program", ""};
  }
  return read_number("PRAGMA user_version");
}

Status SqliteConnection::set_schema_version(std::int64_t version) {
  const std::string stamp = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                            "; PRAGMA user_version = " + std::to_string(version) + ";";
  return run_script(stamp.c_str());
}

}  // namespace parlance
