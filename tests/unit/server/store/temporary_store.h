// A real database that goes when the test ends: an SQLite file, or a schema of its own on the
// PostgreSQL server that PARLANCE_TEST_POSTGRESQL names.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "tests/unit/server/temporary_folder.h"
#include "web/server/store/engine.h"
#include "web/server/store/sites.h"
#include "web/server/store/store.h"

namespace parlance {

inline const char* postgres_under_test() { return std::getenv("PARLANCE_TEST_POSTGRESQL"); }

class TemporaryDatabase {
 public:
  TemporaryDatabase() {
    if (postgres_under_test() == nullptr) {
      address_ = folder_.file("test.db");
      return;
    }
    static int count = 0;
    schema_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    address_ = postgres_under_test() + ("&options=-csearch_path%3D" + schema_);
    run_on(postgres_under_test(), "CREATE SCHEMA " + schema_);
  }
  ~TemporaryDatabase() {
    if (!schema_.empty()) run_on(postgres_under_test(), "DROP SCHEMA " + schema_ + " CASCADE");
  }
  TemporaryDatabase(const TemporaryDatabase&) = delete;
  TemporaryDatabase& operator=(const TemporaryDatabase&) = delete;

  const std::string& address() const { return address_; }

  // A connection beside those of the store.
  std::unique_ptr<Connection> connect() const { return connect_to(address_); }

 private:
  static std::unique_ptr<Connection> connect_to(const std::string& address) {
    auto opened = engine_for(address)->connect(Engine::Access::ReadWrite);
    REQUIRE_MESSAGE(opened.has_value(), address);
    return std::move(*opened);
  }
  static void run_on(const std::string& address, const std::string& sql) {
    REQUIRE(connect_to(address)->run_script(sql.c_str()).has_value());
  }

  TemporaryFolder folder_;
  std::string schema_;
  std::string address_;
};

struct TemporaryStore {
  TemporaryStore() {
    auto opened = Store::open(database.address());
    REQUIRE(opened.has_value());
    store = std::move(*opened);
  }

  // Adds a site and answers it as it is kept.
  Site add_site(const std::string& key, Approval approval = Approval::AtOnce) {
    Site site;
    site.key = key;
    site.name = key;
    site.origins = {"https://" + key + ".example"};
    site.approval = approval;
    auto change = store->change();
    REQUIRE(change.has_value());
    REQUIRE(put_site(change->connection(), site).has_value());
    auto kept = find_site(change->connection(), key);
    REQUIRE(kept.has_value());
    REQUIRE(kept->has_value());
    REQUIRE(change->commit().has_value());
    return **kept;
  }

  TemporaryDatabase database;
  std::unique_ptr<Store> store;
};

}  // namespace parlance
