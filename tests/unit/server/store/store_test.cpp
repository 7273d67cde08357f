#include "web/server/store/store.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>

#include "tests/unit/server/store/temporary_store.h"
#include "web/server/store/schema.h"

using namespace parlance;

namespace {

bool has_meta(Store& store, const char* name) {
  const auto found = store.read([&](Connection& c) { return find_meta(c, name); });
  REQUIRE(found.has_value());
  return found->has_value();
}

Status write_meta(Store& store, const std::string& name, std::size_t size = 1) {
  const std::vector<std::uint8_t> value(size, 7);
  const auto written = store.write("key", [&](Store::Change& c) -> Result<bool> {
    if (Status put = put_meta(c.connection(), name, value); !put) return put.error();
    return true;
  });
  return written ? Status() : Status(written.error());
}

}  // namespace

TEST_CASE("store: opens what it made, as often as one likes") {
  TemporaryDatabase database;
  for (int i = 0; i < 3; ++i) CHECK(Store::open(database.address()).has_value());
}

TEST_CASE("store: several may open a new database at the same time") {
  TemporaryDatabase database;
  bool is_open[4] = {};
  std::vector<std::thread> threads;
  for (bool& result : is_open) {
    threads.emplace_back([&] { result = Store::open(database.address()).has_value(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const bool result : is_open) CHECK(result);
}

TEST_CASE("store: refuses the schema of a newer program, and says so") {
  TemporaryDatabase database;
  REQUIRE(Store::open(database.address()).has_value());
  REQUIRE(database.connect()->set_schema_version(77).has_value());

  const auto store = Store::open(database.address());

  REQUIRE_FALSE(store.has_value());
  CHECK(store.error().code == ErrorCode::Unavailable);
  CHECK(store.error().text.find("schema 77") != std::string::npos);
  CHECK(store.error().text.find("newer") != std::string::npos);
  CHECK(database.connect()->schema_version().value() == 77);
}

TEST_CASE("store: a database of every older program becomes a current one, and keeps what it has") {
  for (std::int64_t version = 1; version < newest_schema(); ++version) {
    CAPTURE(version);
    TemporaryDatabase database;
    {
      const auto old = database.connect();
      REQUIRE(migrate_to(*old, version).has_value());
      REQUIRE(old->schema_version().value() == version);
      REQUIRE(old->run_script("INSERT INTO site (key, name, origins) VALUES ('a', 'A', '*')")
                  .has_value());
    }

    const auto store = Store::open(database.address());

    REQUIRE(store.has_value());
    const auto site = (*store)->read([](Connection& c) { return find_site(c, "a"); });
    REQUIRE(site.has_value());
    REQUIRE(site->has_value());
    CHECK(site->value().name == "A");
    CHECK(site->value().edit_seconds == 900);
    CHECK(database.connect()->schema_version().value() == newest_schema());
  }
}

TEST_CASE("store: leaves alone what is not its own") {
  TemporaryDatabase database;
  REQUIRE(database.connect()->run_script("CREATE TABLE comment (theirs INTEGER)").has_value());

  const auto store = Store::open(database.address());

  REQUIRE_FALSE(store.has_value());
  CHECK(store.error().text.find("another program") != std::string::npos);
}

TEST_CASE("store: a change that is not committed has not happened") {
  TemporaryStore files;
  {
    auto change = files.store->change();
    REQUIRE(change.has_value());
    REQUIRE(put_meta(change->connection(), "name", {}).has_value());
  }
  CHECK_FALSE(has_meta(*files.store, "name"));
}

TEST_CASE("store: a snapshot stays what it was while others write") {
  TemporaryStore files;
  auto early = files.store->snapshot();
  REQUIRE(early.has_value());
  // A snapshot begins with its first look.
  REQUIRE_FALSE(find_site(early->connection(), "late").value().has_value());

  files.add_site("late");

  CHECK_FALSE(find_site(early->connection(), "late").value().has_value());
  auto later = files.store->snapshot();
  REQUIRE(later.has_value());
  CHECK(find_site(later->connection(), "late").value().has_value());
}

TEST_CASE("store: a failing statement is an error with its reason, and what came before is kept") {
  TemporaryStore files;
  auto change = files.store->change();
  REQUIRE(change.has_value());

  const Status status = change->connection().run("INSERT INTO nowhere VALUES (1)");

  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().code == ErrorCode::Internal);
  CHECK(status.error().text.find("nowhere") != std::string::npos);
}

TEST_CASE("store: changes that share a commit are kept or taken back each for itself") {
  constexpr int kThreads = 8;
  constexpr int kChanges = 20;
  TemporaryStore files;
  std::atomic<int> failures = 0;
  std::vector<std::thread> threads;
  for (int number = 0; number < kThreads; ++number) {
    threads.emplace_back([&, number] {
      for (int i = 0; i < kChanges; ++i) {
        auto change = files.store->change("key");
        if (!change) {
          ++failures;
          continue;
        }
        const std::string name = std::to_string(number) + "." + std::to_string(i);
        if (!put_meta(change->connection(), name, {})) ++failures;
        // Every third is given up, and every fifth runs into a mistake as well.
        if (i % 5 == 0) static_cast<void>(change->connection().run("NO SQL"));
        if (i % 3 != 0 && i % 5 != 0 && !change->commit()) ++failures;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  CHECK(failures == 0);
  for (int number = 0; number < kThreads; ++number) {
    for (int i = 0; i < kChanges; ++i) {
      const std::string name = std::to_string(number) + "." + std::to_string(i);
      CAPTURE(name);
      CHECK(has_meta(*files.store, name.c_str()) == (i % 3 != 0 && i % 5 != 0));
    }
  }
}

TEST_CASE(
    "store: what is to follow a change follows it once it is durable, in the order of changes") {
  constexpr int kThreads = 6;
  constexpr int kChanges = 20;
  TemporaryStore files;
  std::vector<int> told;  // Without a lock: nobody else is told at the same time.
  int last = 0;
  std::vector<std::thread> threads;
  for (int number = 0; number < kThreads; ++number) {
    threads.emplace_back([&] {
      for (int i = 0; i < kChanges; ++i) {
        const auto counted = files.store->write("key", [&](Store::Change& change) -> Result<int> {
          const int mine = ++last;
          change.after_commit([&told, mine] { told.push_back(mine); });
          Status put = put_meta(change.connection(), std::to_string(mine), {});
          if (!put) return put.error();
          return mine;
        });
        CHECK(counted.has_value());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  REQUIRE(told.size() == kThreads * kChanges);
  CHECK(std::is_sorted(told.begin(), told.end()));
  {
    auto given_up = files.store->change("key");
    REQUIRE(given_up.has_value());
    given_up->after_commit([&told] { told.push_back(0); });
  }
  CHECK(told.size() == kThreads * kChanges);
}

TEST_CASE("store: in a read-only database nothing is written, reading goes on, and it may pass") {
  TemporaryStore files;
  files.add_site("news");
  auto change = files.store->change("key");
  REQUIRE(change.has_value());
  Connection& connection = change->connection();
  const char* read_only =
      connection.choose("PRAGMA query_only = ON", "SET default_transaction_read_only = on");
  REQUIRE(connection.run_script(read_only).has_value());
  REQUIRE(change->commit().has_value());

  CHECK(write_meta(*files.store, "refused").error().code == ErrorCode::ReadOnly);
  CHECK_FALSE(has_meta(*files.store, "refused"));
  CHECK(write_meta(*files.store, "kept").has_value());
}

TEST_CASE("store: opens a database that cannot be written when there is nothing to write") {
  TemporaryStore files;
  files.add_site("news");
  if (postgres_under_test() == nullptr) return;  // sqlite_test.cpp has the file's own case.
  auto again = Store::open(files.database.address() + "%20-cdefault_transaction_read_only%3Don");
  REQUIRE(again.has_value());
  CHECK(write_meta(**again, "refused").error().code == ErrorCode::ReadOnly);
  CHECK((*again)->read([](Connection& c) { return find_site(c, "news"); }).value().has_value());
}

TEST_CASE("statement: what is bound comes back, nothing included") {
  TemporaryStore files;
  auto snapshot = files.store->snapshot();
  REQUIRE(snapshot.has_value());
  const std::string text = "tëxt";
  const GuestId guest = {1, 0, 255};
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();

  Statement row = snapshot->connection().query(
      "SELECT $1, $2, $3, $4, $5, $6, $7, $8", std::int64_t{-5}, text, Bytes(guest), std::nullopt,
      std::string_view(), std::optional<RowId>(), most, -most);

  REQUIRE(row.step() == Statement::Step::Row);
  CHECK(row.integer(0) == -5);
  CHECK(row.text(1) == text);
  CHECK(std::equal(guest.begin(), guest.end(), row.blob(2).begin(), row.blob(2).end()));
  CHECK(row.is_null(3));
  CHECK_FALSE(row.is_null(4));
  CHECK(row.text(4).empty());
  CHECK(row.is_null(5));
  CHECK(row.integer(5) == 0);
  CHECK(row.integer(6) == most);
  CHECK(row.integer(7) == -most);
  CHECK(row.step() == Statement::Step::Done);
}

TEST_CASE("sites: are kept whole, and put again are changed") {
  TemporaryStore files;
  Site site = files.add_site("news");
  CHECK(site.origins == std::vector<std::string>{"https://news.example"});

  site.origins = {"https://a.example", "*"};
  site.approval = Approval::AfterFirst;
  site.edit_seconds = 60;
  auto change = files.store->change();
  REQUIRE(change.has_value());
  REQUIRE(put_site(change->connection(), site).has_value());

  const auto kept = find_site(change->connection(), "news");
  REQUIRE(kept.has_value());
  REQUIRE(kept->has_value());
  CHECK((*kept)->id == site.id);
  CHECK((*kept)->origins == site.origins);
  CHECK((*kept)->approval == Approval::AfterFirst);
  CHECK((*kept)->edit_seconds == 60);
}
