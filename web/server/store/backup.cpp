#include "web/server/store/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "web/server/store/engine.h"

namespace parlance {
namespace {

constexpr int kBusyMilliseconds = 5'000;

struct CloseDatabase {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

Error failed(const std::string& what, const char* why) {
  return {ErrorCode::Unavailable, "backup: " + what + ": " + why, ""};
}

Result<Database> open(const std::string& path, int flags) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  Database database(handle);
  if (code != SQLITE_OK) return failed(path, sqlite3_errstr(code));
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  return database;
}

// All pages in one go: in WAL mode that is one consistent view, and holds up nobody.
Status copy_pages(sqlite3* from, sqlite3* to) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == nullptr) return failed("begin", sqlite3_errmsg(to));
  const int copied = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (copied != SQLITE_DONE) return failed("copy", sqlite3_errstr(copied));
  if (finished != SQLITE_OK) return failed("copy", sqlite3_errstr(finished));
  return {};
}

Status check_copy(sqlite3* copy) {
  std::string verdict;
  const auto note = [](void* place, int, char** values, char**) {
    if (values[0] != nullptr) *static_cast<std::string*>(place) += values[0];
    return 0;
  };
  // A file of its own, without another one beside it that would have to be moved with it.
  const int code = sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failed("finish", sqlite3_errmsg(copy));
  if (sqlite3_exec(copy, "PRAGMA quick_check(1)", note, &verdict, nullptr) != SQLITE_OK) {
    return failed("check", sqlite3_errmsg(copy));
  }
  if (verdict != "ok") return failed("check", verdict.c_str());
  return {};
}

Status copy_to(const std::string& database, const std::string& part) {
  auto from = open(database, SQLITE_OPEN_READONLY);
  if (!from) return from.error();
  auto to = open(part, SQLITE_OPEN_READWRITE);
  if (!to) return to.error();
  if (Status status = copy_pages(from->get(), to->get()); !status) return status;
  return check_copy(to->get());
}

}  // namespace

Status back_up(const std::string& database, const std::string& copy) {
  if (is_postgres_address(database)) {
    return Error{ErrorCode::Unavailable, "backup: use pg_dump for a PostgreSQL database", ""};
  }
  if (::access(copy.c_str(), F_OK) == 0) return failed(copy, "there is such a file already");
  const std::string part = copy + ".part";
  ::unlink(part.c_str());
  // It holds the key of guests' tokens, and addresses of people.
  const int file = ::open(part.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return failed(part, std::strerror(errno));
  ::close(file);
  Status status = copy_to(database, part);
  // link() never takes another file's place, as rename() would.
  if (status && ::link(part.c_str(), copy.c_str()) != 0)
    status = failed(copy, std::strerror(errno));
  ::unlink(part.c_str());
  return status;
}

}  // namespace parlance
