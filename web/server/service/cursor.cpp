#include "web/server/service/cursor.h"

#include <array>
#include <charconv>

#include "web/server/service/base64url.h"

namespace parlance {
namespace {

constexpr std::size_t kMaxCursorBytes = 128;

Error invalid() { return {ErrorCode::InvalidCursor, "cursor: not one of this list's", "cursor"}; }

// Takes ".<number>" from the front.
bool take_number(std::string_view& text, std::int64_t& number) {
  if (text.empty() || text.front() != '.') return false;
  const char* begin = text.data() + 1;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(begin, end, number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return true;
}

}  // namespace

std::string to_cursor(SortOrder order, const RootPlace& place) {
  const std::string text = std::string(wire_name(order)) + "." + std::to_string(place.score) + "." +
                           std::to_string(place.created) + "." + std::to_string(place.id);
  return to_base64url({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

Result<RootPlace> from_cursor(SortOrder order, std::string_view cursor) {
  if (cursor.size() > kMaxCursorBytes) return invalid();
  const auto decoded = from_base64url(cursor);
  if (!decoded) return invalid();
  std::string_view text = *decoded;
  const std::string_view name = wire_name(order);
  if (!text.starts_with(name)) return invalid();
  text.remove_prefix(name.size());

  RootPlace place;
  std::array<std::int64_t*, 3> numbers = {&place.score, &place.created, &place.id};
  for (std::int64_t* number : numbers) {
    if (!take_number(text, *number)) return invalid();
  }
  if (!text.empty()) return invalid();
  return place;
}

}  // namespace parlance
