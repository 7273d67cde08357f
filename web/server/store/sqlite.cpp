#include "web/server/store/sqlite.h"

namespace parlance {
namespace {

constexpr int kBusyMilliseconds = 5'000;

// WAL lets readers go on while somebody writes. With synchronous=FULL a commit is on the disk when
// it returns; NORMAL would lose the last ones with the power, after they had been answered.
constexpr const char* kSetUp =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -8000;"
    "PRAGMA trusted_schema = OFF;";

bool may_pass(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
      return true;
    default:
      return false;
  }
}

}  // namespace

Statement::~Statement() {
  if (handle_ == nullptr) return;
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
}

void Statement::bind(int index, std::int64_t value) { sqlite3_bind_int64(handle_, index, value); }

void Statement::bind(int index, std::string_view text) {
  // A view of nothing may have no address, which SQLite would take for NULL.
  const char* data = text.empty() ? "" : text.data();
  sqlite3_bind_text64(handle_, index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Statement::bind(int index, Bytes blob) {
  // The same as with a text.
  const void* data = blob.empty() ? "" : static_cast<const void*>(blob.data());
  sqlite3_bind_blob64(handle_, index, data, blob.size(), SQLITE_TRANSIENT);
}

void Statement::bind(int index, std::nullopt_t) { sqlite3_bind_null(handle_, index); }

Statement::Step Statement::step() {
  switch (sqlite3_step(handle_)) {
    case SQLITE_ROW:
      return Step::Row;
    case SQLITE_DONE:
      return Step::Done;
    default:
      return Step::Failed;
  }
}

std::string_view Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

Bytes Statement::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Access access) {
  const int flags =
      SQLITE_OPEN_NOMUTEX |
      (access == Access::Read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  // SQLite gives a handle also when it fails, for the message, and it has to be closed.
  std::unique_ptr<Connection> connection(new Connection(handle));
  if (code != SQLITE_OK) return connection->error("open " + path);
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  if (Status status = connection->run_script(kSetUp); !status) return status.error();
  if (access == Access::ReadWrite) {
    if (Status status = connection->run_script("PRAGMA journal_mode = WAL;"); !status) {
      return status.error();
    }
  }
  return connection;
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

Status Connection::run_script(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error(sql);
  return {};
}

Error Connection::error(std::string_view what) const {
  const int code = handle_ == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(handle_);
  std::string text = "database: ";
  text += handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_);
  text += " (";
  text += what;
  text += ")";
  return {may_pass(code) ? ErrorCode::Unavailable : ErrorCode::Internal, std::move(text), ""};
}

sqlite3_stmt* Connection::prepared(const char* sql) {
  if (const auto known = statements_.find(sql); known != statements_.end()) return known->second;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
      SQLITE_OK) {
    return nullptr;
  }
  statements_.emplace(sql, statement);
  return statement;
}

Result<Transaction> Transaction::begin(Connection& connection, Kind kind) {
  const char* sql = kind == Kind::Read ? "BEGIN" : "BEGIN IMMEDIATE";
  if (Status status = connection.run(sql); !status) return status.error();
  return Transaction(connection);
}

Transaction::~Transaction() {
  // Nothing is left to do about a failure here: SQLite rolls back by itself when the connection
  // closes.
  if (connection_ != nullptr) static_cast<void>(connection_->run("ROLLBACK"));
}

Status Transaction::commit() {
  Status status = connection_->run("COMMIT");
  if (status) connection_ = nullptr;
  return status;
}

}  // namespace parlance
