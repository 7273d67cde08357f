// Fills a database with the site, threads and comments of a seed file:
//
//   {"site": {"id", "name", "origins": [origin…], "rules"?: as site_rules.h has them},
//    "threads": [{"key", "url", "title",
//                 "comments": [{"key", "parent": key of an earlier one or null, "author",
//                               "minutes_ago", "up", "down", "text"}…]}…],
//    "generated": [{"key", "url", "title", "count", "seed"}…]}
//
// Doing it again does nothing: a thread that has comments is left alone.
#pragma once

#include <string_view>

#include "web/server/store/store.h"
#include "widget/core/comment.h"

namespace parlance {

struct SeedReport {
  int threads = 0;
  int comments = 0;
  int threads_left_alone = 0;
};

// All or nothing. Fails with MalformedJson, MissingField or InvalidField when the file is not a
// seed, and as validated() does.
Result<SeedReport> seed(Store& store, std::string_view json, UnixSeconds now);

}  // namespace parlance
