#include "widget/core/sort_order.h"

#include <doctest/doctest.h>

using namespace parlance;

TEST_CASE("sort order: every order has a name that leads back to it") {
  for (const SortOrder order :
       {SortOrder::MostVoted, SortOrder::Newest, SortOrder::Oldest, SortOrder::Best}) {
    CHECK(sort_order_from_wire(wire_name(order)) == order);
  }
}

TEST_CASE("sort order: what is no name is nothing") {
  for (const char* name : {"", "Votes", "Best", "newest "}) {
    CAPTURE(name);
    CHECK_FALSE(sort_order_from_wire(name).has_value());
  }
}
