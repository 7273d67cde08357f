#include "web/server/store/store.h"

#include <fstream>
#include <thread>

#include "tests/unit/server/temporary_store.h"
#include "web/server/store/schema.h"

using namespace parlance;

namespace {

void run_on_file(const std::string& path, const char* sql) {
  auto connection = Connection::open(path, Connection::Access::ReadWrite);
  REQUIRE(connection.has_value());
  REQUIRE((*connection)->run_script(sql).has_value());
}

}  // namespace

TEST_CASE("store: opens what it made, as often as one likes") {
  TemporaryFolder folder;
  for (int i = 0; i < 3; ++i) CHECK(Store::open(folder.file("a.db")).has_value());
}

TEST_CASE("store: two may open a new file at the same time") {
  TemporaryFolder folder;
  const std::string path = folder.file("a.db");
  bool is_open[4] = {};
  std::vector<std::thread> threads;
  for (bool& result : is_open) {
    threads.emplace_back([&] { result = Store::open(path).has_value(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const bool result : is_open) CHECK(result);
}

TEST_CASE("store: refuses the schema of a newer program, and says so") {
  TemporaryFolder folder;
  const std::string path = folder.file("a.db");
  REQUIRE(Store::open(path).has_value());
  run_on_file(path, "PRAGMA user_version = 77;");

  const auto store = Store::open(path);

  REQUIRE_FALSE(store.has_value());
  CHECK(store.error().code == ErrorCode::Unavailable);
  CHECK(store.error().text.find("schema 77") != std::string::npos);
  CHECK(store.error().text.find("newer") != std::string::npos);
}

TEST_CASE("store: leaves alone what is not its own") {
  TemporaryFolder folder;
  const std::string other = folder.file("other.db");
  run_on_file(other, "CREATE TABLE theirs (x);");
  CHECK_FALSE(Store::open(other).has_value());

  const std::string text = folder.file("letter.txt");
  std::ofstream(text) << std::string(10'000, 'x');
  CHECK_FALSE(Store::open(text).has_value());

  CHECK_FALSE(Store::open(folder.file("no/such/folder/a.db")).has_value());
  CHECK_FALSE(Store::open("/").has_value());
}

TEST_CASE("store: a change that is not committed has not happened") {
  TemporaryStore files;
  {
    auto change = files.store->change();
    REQUIRE(change.has_value());
    REQUIRE(put_meta(change->connection(), "name", {}).has_value());
  }

  auto snapshot = files.store->snapshot();
  REQUIRE(snapshot.has_value());
  CHECK_FALSE(find_meta(snapshot->connection(), "name").value().has_value());
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

TEST_CASE("store: a failing statement is an error with its reason") {
  TemporaryStore files;
  auto change = files.store->change();
  REQUIRE(change.has_value());

  const Status status = change->connection().run("INSERT INTO nowhere VALUES (1)");

  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().code == ErrorCode::Internal);
  CHECK(status.error().text.find("no such table") != std::string::npos);
}

TEST_CASE("sqlite: what is bound comes back, NUL and nothing included") {
  TemporaryStore files;
  auto snapshot = files.store->snapshot();
  REQUIRE(snapshot.has_value());
  using namespace std::string_literals;
  const std::string text = "a\0b"s;
  const GuestId guest = {1, 0, 255};

  Statement row =
      snapshot->connection().query("SELECT ?, ?, ?, ?, ?, ?", std::int64_t{-5}, text, Bytes(guest),
                                   std::nullopt, std::string_view(), std::optional<RowId>());

  REQUIRE(row.step() == Statement::Step::Row);
  CHECK(row.integer(0) == -5);
  CHECK(row.text(1) == text);
  CHECK(std::equal(guest.begin(), guest.end(), row.blob(2).begin(), row.blob(2).end()));
  CHECK(row.is_null(3));
  CHECK_FALSE(row.is_null(4));
  CHECK(row.text(4).empty());
  CHECK(row.is_null(5));
  CHECK(row.step() == Statement::Step::Done);
}

TEST_CASE("sites: are kept whole, and put again are changed") {
  TemporaryStore files;
  Site site = files.add_site("news");
  CHECK(site.origins == std::vector<std::string>{"https://news.example"});

  site.origins = {"https://a.example", "*"};
  site.approve_first = true;
  auto change = files.store->change();
  REQUIRE(change.has_value());
  REQUIRE(put_site(change->connection(), site).has_value());

  const auto kept = find_site(change->connection(), "news");
  REQUIRE(kept.has_value());
  REQUIRE(kept->has_value());
  CHECK((*kept)->id == site.id);
  CHECK((*kept)->origins == site.origins);
  CHECK((*kept)->approve_first);
}
