// What only a server can do. Without one there is nothing to do here.
#include "web/server/store/postgres.h"

#include "tests/unit/server/store/temporary_store.h"

using namespace parlance;

namespace {

Status write(Store& store, const char* key) {
  const auto written = store.write(key, [&](Store::Change& c) -> Result<bool> {
    if (Status put = put_meta(c.connection(), key, {}); !put) return put.error();
    return true;
  });
  return written ? Status() : Status(written.error());
}

}  // namespace

TEST_CASE("postgres: connections that were cut are found again, without anybody noticing") {
  if (postgres_under_test() == nullptr) return;
  TemporaryStore files;
  files.add_site("news");
  REQUIRE(write(*files.store, "a").has_value());
  const auto find = [](Connection& c) { return find_site(c, "news"); };
  REQUIRE(files.store->read(find).has_value());

  const auto cut = files.database.connect()->run_script(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
      " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
  REQUIRE(cut.has_value());

  CHECK(write(*files.store, "a").has_value());
  CHECK(files.store->read(find).value().has_value());
}

TEST_CASE("postgres: a turn whose connection is cut keeps nothing, and the next is well") {
  if (postgres_under_test() == nullptr) return;
  TemporaryStore files;
  {
    auto change = files.store->change("key");
    REQUIRE(change.has_value());
    REQUIRE(put_meta(change->connection(), "lost", {}).has_value());
    REQUIRE_FALSE(
        change->connection().run("SELECT pg_terminate_backend(pg_backend_pid())").has_value());
    CHECK(change->commit().error().code == ErrorCode::Unavailable);
  }
  CHECK(write(*files.store, "key").has_value());
  const auto lost = files.store->read([](Connection& c) { return find_meta(c, "lost"); });
  CHECK_FALSE(lost.value().has_value());
}

TEST_CASE("postgres: a statement that takes too long is ended") {
  if (postgres_under_test() == nullptr) return;
  TemporaryStore files;
  auto snapshot = files.store->snapshot();
  REQUIRE(snapshot.has_value());
  REQUIRE(snapshot->connection().run_script("SET LOCAL statement_timeout = 20").has_value());

  const Status status = snapshot->connection().run("SELECT pg_sleep(60)");

  CHECK(status.error().code == ErrorCode::Overloaded);
}

TEST_CASE("postgres: the same written in two lanes at once is written again by the second") {
  if (postgres_under_test() == nullptr) return;
  TemporaryStore files;
  int runs = 0;
  const auto written = files.store->write("key", [&](Store::Change& change) -> Result<int> {
    Connection& connection = change.connection();
    const auto known = find_meta(connection, "name");
    if (!known) return known.error();
    if (known->has_value()) return 2;
    // Between the look and the writing somebody else is faster.
    if (++runs == 1) {
      const auto other = files.database.connect();
      REQUIRE(other->run("INSERT INTO meta (name, value) VALUES ('name', '')").has_value());
    }
    Status put = connection.run("INSERT INTO meta (name, value) VALUES ('name', '')");
    if (!put) return put.error();
    return 1;
  });

  REQUIRE(written.has_value());
  CHECK(*written == 2);
}

TEST_CASE("postgres: a server that is not there is said so, without its password") {
  const auto store =
      Store::open("postgresql://somebody:secret@127.0.0.1:1/nowhere?connect_timeout=1");

  REQUIRE_FALSE(store.has_value());
  CHECK(store.error().code == ErrorCode::Unavailable);
  CHECK(store.error().text.find("secret") == std::string::npos);
}
