#include <atomic>
#include <thread>

#include "tests/unit/server/store/temporary_store.h"
#include "web/server/service/service.h"

using namespace parlance;

TEST_CASE("service: many at once lose nothing and double nothing") {
  constexpr int kThreads = 4;
  constexpr int kPosts = 25;
  TemporaryStore files;
  const Site site = files.add_site("news");
  auto service = Service::open(*files.store, {.are_on = false});
  REQUIRE(service.has_value());
  PostQuery first;
  first.thread = "t";
  first.comment = {"", "A", "", "voted for by all"};
  const Caller author{(*service)->new_guest(site, {}).value(), "", 1};
  const CommentId voted = (*service)->post(site, first, author).value().comment.id;
  std::atomic<int> failures = 0;
  std::atomic<bool> is_done = false;

  const auto write = [&](int number) {
    const Caller guest{(*service)->new_guest(site, {}).value(), "", 1};
    for (int i = 0; i < kPosts; ++i) {
      PostQuery query;
      query.thread = "t";
      query.comment = {i % 2 == 0 ? "" : voted, "A", "", std::to_string(number * 1'000 + i)};
      query.idempotency_key = std::to_string(i);
      for (int tries = 0; tries < 2; ++tries) {
        if (!(*service)->post(site, query, guest)) ++failures;
      }
      if (!(*service)->vote(site, {"t", voted, i % 2 == 0 ? Vote::Up : Vote::None}, guest)) {
        ++failures;
      }
    }
  };
  // What a reader sees is whole at every moment.
  std::thread reader([&] {
    PageQuery query;
    query.thread = "t";
    query.limit = kMaxPageRoots;
    while (!is_done) {
      const auto answer = (*service)->page(site, query, {});
      if (!answer || answer->page.comments.size() !=
                         static_cast<std::size_t>(answer->page.thread.comment_count)) {
        ++failures;
      }
    }
  });
  std::vector<std::thread> writers;
  for (int number = 0; number < kThreads; ++number) writers.emplace_back(write, number);
  for (std::thread& writer : writers) writer.join();
  is_done = true;
  reader.join();

  CHECK(failures == 0);
  PageQuery query;
  query.thread = "t";
  query.limit = kMaxPageRoots;
  const auto answer = (*service)->page(site, query, {});
  REQUIRE(answer.has_value());
  CHECK(answer->page.thread.comment_count == kThreads * kPosts + 1);
  CHECK(answer->page.comments.size() == kThreads * kPosts + 1);
  for (const Comment& comment : answer->page.comments) {
    if (comment.id == voted) CHECK(comment.up == kThreads);
  }
}
