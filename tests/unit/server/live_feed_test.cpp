#include "web/server/rest/live_feed.h"

#include <doctest/doctest.h>

#include "web/server/rest/stream_gate.h"
#include "widget/backends/parlance_wire.h"

using namespace parlance;

namespace {

constexpr RowId kSite = 7;
const std::string kThread = LiveFeed::name(kSite, "t");

struct Outlet final : LiveOutlet {
  void send(const LiveMessage& message) override { sent.push_back(message); }
  void flush_later(const std::string& thread) override { pauses.push_back(thread); }

  std::vector<LiveMessage> sent;
  std::vector<std::string> pauses;
};

struct Event {
  std::string id, name;
  ThreadChanges changes;
};

std::vector<Event> events_in(std::string_view text) {
  std::vector<Event> events;
  while (!text.empty()) {
    const std::size_t end = text.find("\n\n");
    REQUIRE(end != std::string_view::npos);
    std::string_view block = text.substr(0, end);
    text.remove_prefix(end + 2);
    Event event;
    while (!block.empty()) {
      const std::string_view line = block.substr(0, block.find('\n'));
      block.remove_prefix(std::min(block.size(), line.size() + 1));
      if (line.starts_with("id: ")) event.id = line.substr(4);
      if (line.starts_with("event: ")) event.name = line.substr(7);
      if (line.starts_with("data: ") && event.name == "change") {
        event.changes = wire::read_changes(line.substr(6)).value();
      }
    }
    events.push_back(std::move(event));
  }
  return events;
}

struct Fixture {
  Fixture() { feed.send_to(&outlet); }

  // A thread's changes follow each other; `before` is left out for the usual one.
  void publish(std::int64_t version, ThreadEvent::What what, Comment comment,
               std::int64_t before = -1) {
    feed.publish({.site = kSite,
                  .before = before < 0 ? version - 1 : before,
                  .version = version,
                  .thread = {.key = "t", .comment_count = 5},
                  .what = what,
                  .comment = std::move(comment)});
  }
  void comment(std::int64_t version, const std::string& id, const std::string& text = "Hello") {
    publish(version, ThreadEvent::What::Comment, {.id = id, .author = "Ada", .text = text});
  }
  void vote(std::int64_t version, const std::string& id, int up) {
    publish(version, ThreadEvent::What::Score, {.id = id, .author = "Ada", .up = up});
  }
  // The pause that was asked for is over.
  void pass_pause() {
    REQUIRE(outlet.pauses.size() == 1);
    outlet.pauses.clear();
    feed.flush(kThread);
  }
  std::vector<Event> sent() const {
    std::vector<Event> all;
    for (const LiveMessage& message : outlet.sent) {
      for (Event& event : events_in(*message.text)) all.push_back(std::move(event));
    }
    return all;
  }

  Outlet outlet;
  LiveFeed feed{[](std::int64_t version) { return "db." + std::to_string(version); },
                {.kept_events = 3, .kept_threads = 2, .kept_bytes = 4'000}};
};

}  // namespace

TEST_CASE("live feed: a comment is told at once, with its version") {
  Fixture fixture;

  fixture.comment(4, "c1");

  REQUIRE(fixture.sent().size() == 1);
  const Event event = fixture.sent().front();
  CHECK(event.id == "db.4");
  CHECK(event.name == "change");
  REQUIRE(event.changes.comments.size() == 1);
  CHECK(event.changes.comments.front().text == "Hello");
  CHECK(event.changes.thread.comment_count == 5);
  CHECK(fixture.outlet.sent.front().thread == kThread);
  CHECK(fixture.outlet.sent.front().version == 4);
}

TEST_CASE("live feed: what follows within a pause is one event, each comment as it is by then") {
  Fixture fixture;
  fixture.comment(1, "c1");

  fixture.comment(2, "c2", "First");
  fixture.vote(3, "c1", 1);
  fixture.vote(4, "c1", 2);
  fixture.vote(5, "c2", 3);
  fixture.comment(6, "c2", "Corrected");
  CHECK(fixture.sent().size() == 1);
  fixture.pass_pause();

  REQUIRE(fixture.sent().size() == 2);
  const Event event = fixture.sent().back();
  CHECK(event.id == "db.6");
  REQUIRE(event.changes.comments.size() == 1);
  CHECK(event.changes.comments.front().text == "Corrected");
  REQUIRE(event.changes.scores.size() == 1);
  CHECK(event.changes.scores.front().id == "c1");
  CHECK(event.changes.scores.front().up == 2);
}

TEST_CASE("live feed: votes wait for a pause to pass, and a quiet thread asks for none") {
  Fixture fixture;

  fixture.vote(1, "c1", 1);
  CHECK(fixture.sent().empty());
  fixture.vote(2, "c1", 2);
  fixture.pass_pause();

  REQUIRE(fixture.sent().size() == 1);
  CHECK(fixture.sent().front().changes.scores.front().up == 2);
  fixture.pass_pause();
  CHECK(fixture.outlet.pauses.empty());
  CHECK(fixture.sent().size() == 1);
}

TEST_CASE("live feed: a stream begins with what its reader has missed") {
  Fixture fixture;
  fixture.comment(5, "c1");
  fixture.comment(6, "c2");
  fixture.pass_pause();

  const auto missed_one = fixture.feed.begin(kThread, 5, 6);
  const auto missed_none = fixture.feed.begin(kThread, 6, 6);
  const auto missed_both = fixture.feed.begin(kThread, 4, 6);

  REQUIRE(events_in(missed_one.text).size() == 1);
  CHECK(events_in(missed_one.text).front().changes.comments.front().id == "c2");
  CHECK(missed_one.version == 6);
  CHECK(missed_none.text.empty());
  CHECK(missed_none.version == 6);
  CHECK(events_in(missed_both.text).size() == 2);
}

TEST_CASE("live feed: what still waits is sent to a stream that began meanwhile") {
  Fixture fixture;
  fixture.comment(1, "c1");
  fixture.comment(2, "c2");

  const auto anew = fixture.feed.begin(kThread, std::nullopt, 2);
  const auto resumed = fixture.feed.begin(kThread, 1, 2);
  fixture.pass_pause();

  CHECK(anew.version == 1);
  CHECK(anew.text == "id: db.1\n\n");
  CHECK(resumed.version == 1);
  CHECK(fixture.outlet.sent.back().version == 2);
}

TEST_CASE("live feed: who has missed too much, or knows what nobody does, reads the page anew") {
  Fixture fixture;
  for (int version = 1; version <= 5; ++version) {
    fixture.comment(version, "c" + std::to_string(version));
    fixture.pass_pause();
    fixture.outlet.pauses.clear();
  }

  for (const std::int64_t seen : {-1, 0, 1, 9}) {
    const auto beginning = fixture.feed.begin(kThread, seen, 5);
    REQUIRE(events_in(beginning.text).size() == 1);
    CHECK(events_in(beginning.text).front().name == "reset");
    CHECK(events_in(beginning.text).front().id == "db.5");
    CHECK(beginning.version == 5);
  }
  CHECK(events_in(fixture.feed.begin(kThread, 2, 5).text).size() == 3);
}

TEST_CASE("live feed: after a restart only the database knows") {
  Fixture fixture;

  CHECK(fixture.feed.begin(kThread, 3, 3).text.empty());
  CHECK(events_in(fixture.feed.begin(kThread, 2, 3).text).front().name == "reset");
  CHECK(events_in(fixture.feed.begin(kThread, -1, 0).text).front().name == "reset");
  CHECK(fixture.feed.begin(kThread, std::nullopt, 3).text == "id: db.3\n\n");
  CHECK(fixture.feed.begin(kThread, std::nullopt, 0).version == 0);
}

TEST_CASE("live feed: a change that nobody told of resets everybody") {
  Fixture fixture;
  fixture.comment(1, "c1");

  fixture.publish(4, ThreadEvent::What::Comment, {.id = "c3", .author = "A", .text = "T"}, 3);

  CHECK(fixture.sent().back().name == "reset");
  CHECK(fixture.sent().back().id == "db.4");
  CHECK(events_in(fixture.feed.begin(kThread, 1, 4).text).front().name == "reset");
  CHECK(fixture.feed.begin(kThread, 4, 4).text.empty());
}

TEST_CASE("live feed: what nobody may see is no event, and nothing is missing all the same") {
  Fixture fixture;
  fixture.comment(1, "c1");

  fixture.publish(2, ThreadEvent::What::Nothing, {});
  fixture.comment(3, "c3");
  fixture.pass_pause();

  CHECK(fixture.sent().size() == 2);
  CHECK(fixture.sent().back().name == "change");
  CHECK(fixture.feed.begin(kThread, 2, 2).text.size() > 0);
}

TEST_CASE("live feed: threads that have been quiet are forgotten, the busy one is not") {
  Fixture fixture;
  const auto comment_in = [&](const char* thread, std::int64_t version) {
    fixture.feed.publish({.site = kSite,
                          .before = version - 1,
                          .version = version,
                          .thread = {.key = thread},
                          .what = ThreadEvent::What::Comment,
                          .comment = {.id = "c", .author = "A", .text = std::string(500, 'x')}});
    fixture.feed.flush(LiveFeed::name(kSite, thread));
  };

  for (const char* thread : {"a", "b", "c"}) comment_in(thread, 2);

  CHECK(events_in(fixture.feed.begin(LiveFeed::name(kSite, "a"), 1, 2).text).front().name ==
        "reset");
  CHECK(events_in(fixture.feed.begin(LiveFeed::name(kSite, "c"), 1, 2).text).front().name ==
        "change");
}

TEST_CASE("live feed: where events may have been lost, everybody is sent to the page") {
  Fixture fixture;
  fixture.feed.publish({.site = kSite,
                        .before = 1,
                        .version = 2,
                        .thread = {.key = "a"},
                        .what = ThreadEvent::What::Comment,
                        .comment = {.id = "c", .author = "A", .text = "Told"}});

  fixture.feed.miss();

  CHECK(fixture.sent().back().name == "reset");
  const auto begun = fixture.feed.begin(LiveFeed::name(kSite, "a"), 1, 2);
  CHECK(events_in(begun.text).front().name == "reset");
}

TEST_CASE("stream gate: so many in all, so many from an address; places are given back") {
  StreamGate gate({.streams = 3, .streams_per_address = 2});
  auto one = gate.enter("a");
  auto two = gate.enter("a");
  CHECK(gate.enter("a").error().code == ErrorCode::RateLimited);
  auto three = gate.enter("b");
  CHECK(gate.enter("c").error().code == ErrorCode::Unavailable);

  one.value().reset();

  CHECK(gate.open() == 2);
  CHECK(gate.enter("a").has_value());
}
