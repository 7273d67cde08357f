// What looks like spam before anybody has read it: a filled trap, a text that came faster than
// people write, a text that was said before.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "web/server/service/service.h"
#include "web/server/service/site_rules.h"
#include "web/server/store/said.h"
#include "widget/core/effort.h"

namespace parlance {

// A text as it is compared with others, the same whatever its capitals, accents, spaces and
// punctuation. What is said in a few words is said by many and to many: that is the same only when
// the same guest says it below the same comment of the same thread.
struct Fingerprint {
  std::string bytes;  // 16 of them.
  bool is_of_few_words = false;
};
Fingerprint fingerprint(const CommentRow& comment);

// Hashes under which an address is kept for a day and a day: the one of today, and yesterday's.
// Nobody finds an address by them who does not have the secret.
std::array<std::string, 2> address_hashes(std::string_view secret, std::string_view address,
                                          UnixSeconds now);

// Whether people need longer for so much text. Pasting is fine; a moment to look at it is not.
bool is_hasty(std::int64_t writing_ms, std::string_view text);

// A comment that is about to be kept, and what is known of its writer.
struct Suspect {
  const Site& site;
  const CommentRow& comment;
  const Effort& effort;
  bool is_person = false;  // The publisher knows them: neither haste nor an address is held against
                           // them.
  std::array<std::string, 2> addresses;
  Fingerprint fingerprint;
};

// What becomes of it, when `verdict` is what the words themselves make of it. Fails with
// AlreadySaid, whose detail is the comment that says it where its writer may see that.
Result<Verdict> suspect(Connection& connection, const Suspect& suspect, Verdict verdict);

// Has it found by others that come after it. REQUIRES: `comment` has its id.
Status remember(Connection& connection, const Suspect& suspect, RowId comment);

}  // namespace parlance
