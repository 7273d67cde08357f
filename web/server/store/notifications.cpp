#include "web/server/store/notifications.h"

#include <libpq-fe.h>
#include <poll.h>

#include <cerrno>

namespace parlance {
namespace {

Error lost() { return {ErrorCode::Unavailable, "database: the notices' connection is lost", ""}; }

class PostgresNotifications final : public Notifications {
 public:
  PostgresNotifications(PGconn* handle, std::string channel)
      : handle_(handle), channel_(std::move(channel)) {}
  ~PostgresNotifications() override { PQfinish(handle_); }

  Status begin() {
    if (PQstatus(handle_) != CONNECTION_OK) return lost();
    char* name = PQescapeIdentifier(handle_, channel_.data(), channel_.size());
    if (name == nullptr) return lost();
    const std::string sql = std::string("LISTEN ") + name;
    PQfreemem(name);
    return run(PQexec(handle_, sql.c_str()));
  }

  Result<std::vector<std::string>> wait(std::chrono::milliseconds most) override {
    std::vector<std::string> notices = take();
    if (!notices.empty()) return notices;
    pollfd waiting{.fd = PQsocket(handle_), .events = POLLIN, .revents = 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(most.count()));
    if (ready < 0 && errno != EINTR) return lost();
    if (ready > 0 && PQconsumeInput(handle_) != 1) return lost();
    if (PQstatus(handle_) != CONNECTION_OK) return lost();
    return take();
  }

  Status send(const std::string& notice) override {
    const char* const values[] = {channel_.c_str(), notice.c_str()};
    return run(
        PQexecParams(handle_, "SELECT pg_notify($1, $2)", 2, nullptr, values, nullptr, nullptr, 0));
  }

 private:
  Status run(PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
    return lost();
  }

  std::vector<std::string> take() {
    std::vector<std::string> notices;
    while (PGnotify* notice = PQnotifies(handle_)) {
      notices.emplace_back(notice->extra);
      PQfreemem(notice);
    }
    return notices;
  }

  PGconn* handle_;
  const std::string channel_;
};

}  // namespace

Status send_notice(Connection& connection, const std::string& channel, const std::string& notice) {
  return connection.run("SELECT pg_notify($1, $2)", channel, notice);
}

Result<std::unique_ptr<Notifications>> Notifications::listen(const std::string& address,
                                                             const std::string& channel) {
  // As the other connections (postgres.cpp); what the address says goes before all of these.
  const char* const names[] = {"connect_timeout",
                               "keepalives_idle",
                               "keepalives_interval",
                               "keepalives_count",
                               "application_name",
                               "dbname",
                               nullptr};
  const char* const values[] = {"5", "10", "5", "3", "parlance-server", address.c_str(), nullptr};
  auto opened =
      std::make_unique<PostgresNotifications>(PQconnectdbParams(names, values, 1), channel);
  if (Status status = opened->begin(); !status) return status.error();
  return std::unique_ptr<Notifications>(std::move(opened));
}

}  // namespace parlance
