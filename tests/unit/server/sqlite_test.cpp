// What only a file can do.
#include <fstream>

#include "tests/unit/server/temporary_folder.h"
#include "web/server/store/sites.h"
#include "web/server/store/store.h"

using namespace parlance;

namespace {

constexpr std::size_t kMegabyte = 1'000'000;

std::unique_ptr<Store> open(const std::string& path) {
  auto store = Store::open(path);
  REQUIRE(store.has_value());
  return std::move(*store);
}

Status write(Store& store, std::size_t size) {
  auto change = store.change();
  if (!change) return change.error();
  const std::vector<std::uint8_t> value(size, 7);
  if (Status put = put_meta(change->connection(), "name", value); !put) return put;
  return change->commit();
}

void set(Store& store, const char* pragma) {
  auto change = store.change();
  REQUIRE(change.has_value());
  REQUIRE(change->connection().run_script(pragma).has_value());
}

}  // namespace

TEST_CASE("sqlite: leaves alone what is no database of its own") {
  TemporaryFolder folder;
  const std::string text = folder.file("letter.txt");
  std::ofstream(text) << std::string(10'000, 'x');
  CHECK_FALSE(Store::open(text).has_value());
  CHECK_FALSE(Store::open(folder.file("no/such/folder/a.db")).has_value());
  CHECK_FALSE(Store::open("/").has_value());
}

TEST_CASE("sqlite: a NUL in a text is a character like any other") {
  TemporaryFolder folder;
  const auto store = open(folder.file("a.db"));
  using namespace std::string_literals;
  auto snapshot = store->snapshot();
  REQUIRE(snapshot.has_value());

  Statement row = snapshot->connection().query("SELECT $1", "a\0b"s);

  REQUIRE(row.step() == Step::Row);
  CHECK(row.text(0) == "a\0b"s);
}

TEST_CASE("sqlite: parameters out of order are refused") {
  TemporaryFolder folder;
  const auto store = open(folder.file("a.db"));
  auto snapshot = store->snapshot();
  REQUIRE(snapshot.has_value());

  CHECK(snapshot->connection().query("SELECT $2, $1", 1, 2).step() == Step::Failed);
  CHECK(snapshot->connection().error("").text.find("out of order") != std::string::npos);
}

TEST_CASE("sqlite: a full disk refuses what does not fit, and nothing else") {
  TemporaryFolder folder;
  const auto store = open(folder.file("a.db"));
  REQUIRE(write(*store, 10).has_value());
  set(*store, "PRAGMA max_page_count = 100");

  const Status refused = write(*store, kMegabyte);
  CHECK(refused.error().code == ErrorCode::ReadOnly);
  CHECK(refused.error().text.find("full") != std::string::npos);
  const auto kept = store->read([](Connection& c) { return find_meta(c, "name"); });
  REQUIRE(kept.has_value());
  CHECK(kept->value().size() == 10);
  CHECK(write(*store, 20).has_value());

  set(*store, "PRAGMA max_page_count = 100000");
  CHECK(write(*store, kMegabyte).has_value());
}

TEST_CASE("sqlite: a writer of another process is waited for, but not for ever") {
  TemporaryFolder folder;
  const std::string path = folder.file("a.db");
  const auto store = open(path);
  const auto other = open(path);
  auto change = other->change();
  REQUIRE(change.has_value());
  REQUIRE(put_meta(change->connection(), "other", {}).has_value());

  CHECK(write(*store, 1).error().code == ErrorCode::Overloaded);
  REQUIRE(change->commit().has_value());
  CHECK(write(*store, 1).has_value());
}

TEST_CASE("sqlite: a statement that would never end is ended") {
  TemporaryFolder folder;
  const auto store = open(folder.file("a.db"));
  const auto endless = store->read([](Connection& connection) -> Result<std::int64_t> {
    Statement rows = connection.query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
    if (rows.step() != Step::Row) return connection.error("endless");
    return rows.integer(0);
  });

  REQUIRE_FALSE(endless.has_value());
  CHECK(endless.error().code == ErrorCode::Overloaded);
}
