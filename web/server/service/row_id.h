// A comment's id on the wire is its row's number. Nobody but the server may rely on that.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

#include "web/server/store/records.h"

namespace parlance {

// Nothing when the text is not how the server writes an id: there is one spelling of each.
inline std::optional<RowId> row_id_from(std::string_view text) {
  if (text.empty() || text.front() < '1' || text.front() > '9') return std::nullopt;
  RowId id = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc() || rest != end) return std::nullopt;
  return id;
}

}  // namespace parlance
