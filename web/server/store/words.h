// The words of comments, for search. PostgreSQL keeps them by itself; SQLite is told of each
// change, since it lets no trigger write into a search table of a database that it does not trust.
#pragma once

#include <string_view>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

struct SearchedText {
  std::string_view author;
  std::string_view text;
};

Status add_words(Connection& connection, RowId comment, const SearchedText& added);
// REQUIRES: `removed` is what was added.
Status remove_words(Connection& connection, RowId comment, const SearchedText& removed);

}  // namespace parlance
