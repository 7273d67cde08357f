// Single sign-on: the publisher's own users write under the names they have there. Safe to use from
// several threads at once.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/service/jwt.h"
#include "web/server/store/store.h"

namespace parlance {

class SignOn {
 public:
  // `store` must outlive it.
  explicit SignOn(Store& store) : store_(store) {}

  // Who the publisher says it is. A key counts, or counts no more, within two seconds. Fails as
  // read_jwt() does.
  Result<Person> person(const Site& site, std::string_view token, UnixSeconds now);

  // For whoever runs the server. Fail with InvalidField when a name or a key is not usable.
  // Makes a shared secret, and answers it in base64url.
  Result<std::string> add_shared(const Site& site, const std::string& id, UnixSeconds now);
  // Takes a public key in PEM.
  Status add_public(const Site& site, const std::string& id, const std::string& pem,
                    UnixSeconds now);
  Status retire(const Site& site, const std::string& id, UnixSeconds now);
  Result<std::vector<SiteKey>> list(const Site& site);

 private:
  struct Known {
    std::vector<SiteKey> keys;
    UnixSeconds read = 0;
  };
  Result<std::vector<SiteKey>> keys(const Site& site, UnixSeconds now);
  Status add(const Site& site, const SiteKey& key, UnixSeconds now);

  Store& store_;
  std::mutex mutex_;
  std::map<RowId, Known> known_;
};

// The guest that a person is: votes, edits and bans count for it.
GuestId guest_of_person(const Site& site, const Person& person);

}  // namespace parlance
