// A real database in a folder of its own that goes when the test ends.
#pragma once

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>

#include "web/server/store/sites.h"
#include "web/server/store/store.h"

namespace parlance {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "parlance-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

struct TemporaryStore {
  TemporaryStore() {
    auto opened = Store::open(folder.file("test.db"));
    REQUIRE(opened.has_value());
    store = std::move(*opened);
  }

  // Adds a site and answers it as it is kept.
  Site add_site(const std::string& key, bool approve_first = false) {
    Site site;
    site.key = key;
    site.name = key;
    site.origins = {"https://" + key + ".example"};
    site.approve_first = approve_first;
    auto change = store->change();
    REQUIRE(change.has_value());
    REQUIRE(put_site(change->connection(), site).has_value());
    auto kept = find_site(change->connection(), key);
    REQUIRE(kept.has_value());
    REQUIRE(kept->has_value());
    REQUIRE(change->commit().has_value());
    return **kept;
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store;
};

}  // namespace parlance
