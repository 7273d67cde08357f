// The comments that moderators look at: of a site, a thread or a writer, or with certain words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

struct QueueQuery {
  RowId site = 0;
  CommentStatus status = CommentStatus::Pending;
  bool is_reported = false;      // Only what has open reports.
  RowId thread = 0;              // 0: of any.
  std::optional<GuestId> guest;  // Nothing: by anybody.
  std::string text_words;        // Each of them begins a word of the text. Empty: any.
  std::string author_words;      // The same for the author's name.
  RowId before = INT64_MAX;      // The last one of the page before.
  int limit = 0;
};

// Newest first. An index serves each combination, so a page costs the same wherever it is.
Result<std::vector<CommentRow>> list_queue(Connection& connection, const QueueQuery& query);

// How many comments of the site have the status; no more than `most` are counted.
Result<int> count_with_status(Connection& connection, RowId site, CommentStatus status, int most);

}  // namespace parlance
