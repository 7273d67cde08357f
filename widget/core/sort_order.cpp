#include "widget/core/sort_order.h"

namespace parlance {

std::string_view wire_name(SortOrder order) {
  switch (order) {
    case SortOrder::MostVoted:
      return "votes";
    case SortOrder::Newest:
      return "newest";
    case SortOrder::Oldest:
      return "oldest";
    case SortOrder::Best:
      return "best";
  }
  return "votes";
}

std::optional<SortOrder> sort_order_from_wire(std::string_view name) {
  if (name == "votes") return SortOrder::MostVoted;
  if (name == "newest") return SortOrder::Newest;
  if (name == "oldest") return SortOrder::Oldest;
  if (name == "best") return SortOrder::Best;
  return std::nullopt;
}

}  // namespace parlance
