// A site as JSON lines, for other programs and for import (export_reader.cpp):
//
//   {"parlance": 1}                     the version; readers refuse one that they do not know
//   {"site": {"key", "name", "origins", "approval", "edit_seconds", "closing_days", "rules"?}}
//   {"thread": {"key", "title", "url", "created", "closing": 0|1|2, "approval"?}}…
//   {"person": {"guest", "subject", "name", "avatar", "seen"}}…
//   {"ban": {"guest", "until", "reason"}}…
//   {"comment": Comment}…               comment_line.h; parents before their replies
//   {"vote": {"guest", "comment", "value"}}…   they are in the counts of their comment
//   {"end": {"threads", "comments", "votes"}}  a file without it is not whole
//
// Nobody can become a guest or a moderator with what is in it: keys, passwords and sessions stay.
#pragma once

#include <functional>
#include <string_view>

#include "web/server/store/records.h"
#include "web/server/store/store.h"

namespace parlance {

inline constexpr int kExportVersion = 1;

// Gives the site to `write` as it was at one moment, whoever writes meanwhile. `write` says whether
// it could; then this fails with StorageFailed.
Status export_site(Store& store, const Site& site,
                   const std::function<bool(std::string_view line)>& write);

}  // namespace parlance
