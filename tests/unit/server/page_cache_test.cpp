#include "web/server/rest/page_cache.h"

#include <doctest/doctest.h>

using namespace parlance;

namespace {

HttpResponse of(std::size_t size) {
  HttpResponse response;
  response.body = std::string(size, 'x');
  return response;
}

}  // namespace

TEST_CASE("page cache: finds what it keeps, and nothing else") {
  PageCache cache(100'000);
  cache.keep("a", of(10));
  REQUIRE(cache.find("a") != nullptr);
  CHECK(cache.find("a")->body.size() == 10);
  CHECK(cache.find("b") == nullptr);
}

TEST_CASE("page cache: lets go of what was not asked for the longest, and stays in its bounds") {
  PageCache cache(10'000);
  cache.keep("a", of(2'000));
  cache.keep("b", of(2'000));
  cache.keep("c", of(2'000));
  REQUIRE(cache.find("a") != nullptr);
  cache.keep("d", of(2'000));

  CHECK(cache.find("a") != nullptr);
  CHECK(cache.find("b") == nullptr);
  for (int i = 0; i < 1'000; ++i) {
    cache.keep(std::to_string(i), of(static_cast<std::size_t>(i)));
    CHECK(cache.bytes() <= 10'000);
  }
  cache.keep("huge", of(20'000));
  CHECK(cache.find("huge") == nullptr);
}

TEST_CASE("page cache: what is kept twice counts once") {
  PageCache cache(10'000);
  cache.keep("a", of(2'000));
  const std::size_t bytes = cache.bytes();
  cache.keep("a", of(2'000));
  CHECK(cache.bytes() == bytes);
}
