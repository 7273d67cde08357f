#include "web/server/service/service.h"

#include <algorithm>

#include "tests/unit/server/store/temporary_store.h"
#include "web/server/store/comments.h"
#include "web/server/store/threads.h"

using namespace parlance;

namespace {

// Keeps what it is told.
struct EventList final : EventSink {
  void publish(const ThreadEvent& event) override { events.push_back(event); }
  std::vector<ThreadEvent> events;
};

struct ServiceFixture {
  explicit ServiceFixture(WriteLimits limits = {}) {
    site = files.add_site("news");
    strict = files.add_site("strict", Approval::First);
    auto opened = Service::open(*files.store, limits);
    REQUIRE(opened.has_value());
    service = std::move(*opened);
    ada = guest(site);
    bo = guest(site);
  }

  Caller guest(const Site& of) {
    return {service->new_guest(of, nobody()).value(), "127.0.0.1", now};
  }
  Caller nobody() const { return {"", "127.0.0.1", now}; }

  Result<PostAnswer> post(const Caller& who, const std::string& text, const CommentId& parent = "",
                          const std::string& key = "") {
    PostQuery query;
    query.thread = "t";
    query.comment = {parent, "Author", "", text};
    query.idempotency_key = key;
    return service->post(of(who), query, who);
  }

  PageAnswer page(const Caller& who, PageQuery query = {}) {
    query.thread = "t";
    return service->page(of(who), query, who).value();
  }

  std::vector<std::string> texts(const Caller& who, PageQuery query = {}) {
    std::vector<std::string> all;
    for (const Comment& comment : page(who, std::move(query)).page.comments) {
      all.push_back(comment.text);
    }
    return all;
  }

  // The site this caller's token is for.
  const Site& of(const Caller& who) const { return who.address == "strict" ? strict : site; }

  void set(const CommentId& id, CommentStatus status) {
    auto change = files.store->change();
    REQUIRE(change.has_value());
    REQUIRE(set_status(change->connection(), std::stoll(id), status).has_value());
    REQUIRE(change->commit().has_value());
  }

  void close() {
    auto change = files.store->change();
    REQUIRE(change.has_value());
    const auto thread = find_thread(change->connection(), site.id, "t").value().value();
    REQUIRE(close_thread(change->connection(), thread.id, true).has_value());
    REQUIRE(change->commit().has_value());
  }

  TemporaryStore files;
  Site site;
  Site strict;
  std::unique_ptr<Service> service;
  UnixSeconds now = 1'700'000'000;
  Caller ada;
  Caller bo;
};

using Texts = std::vector<std::string>;

// Who wrote the comment.
GuestId find_own(ServiceFixture& fixture, const CommentId& id) {
  const auto row = fixture.files.store->read(
      [&](Connection& connection) { return find_comment(connection, std::stoll(id)); });
  return row->value().guest.value();
}

}  // namespace

TEST_CASE("service: knows its sites") {
  ServiceFixture fixture;
  CHECK(fixture.service->site("news").has_value());
  for (const char* key : {"", "News", "nobody", "\xff"}) {
    CAPTURE(key);
    CHECK(fixture.service->site(key).error().code == ErrorCode::UnknownSite);
  }
}

TEST_CASE("service: a token is for the site it was made for, and nothing made up is one") {
  ServiceFixture fixture;
  const Caller stranger = fixture.guest(fixture.strict);
  PageQuery query;
  query.thread = "t";
  CHECK(fixture.service->page(fixture.strict, query, stranger).has_value());
  CHECK(fixture.service->page(fixture.site, query, stranger).error().code ==
        ErrorCode::TokenInvalid);

  for (std::size_t at = 0; at < fixture.ada.token.size(); ++at) {
    Caller forged = fixture.ada;
    forged.token[at] = forged.token[at] == 'A' ? 'B' : 'A';
    CAPTURE(forged.token);
    CHECK_FALSE(fixture.service->page(fixture.site, query, forged).has_value());
    forged.token.resize(at);
    if (at > 0) CHECK_FALSE(fixture.service->page(fixture.site, query, forged).has_value());
  }
}

TEST_CASE("service: a token outlives the process, but not its database") {
  ServiceFixture fixture;
  auto again = Service::open(*fixture.files.store, {});
  REQUIRE(again.has_value());
  PageQuery query;
  query.thread = "t";
  CHECK((*again)->page(fixture.site, query, fixture.ada).has_value());

  ServiceFixture other;
  CHECK(other.service->page(other.site, query, fixture.ada).error().code ==
        ErrorCode::TokenInvalid);
}

TEST_CASE("service: trees are whole, in order, and siblings oldest first") {
  ServiceFixture fixture;
  const auto say = [&](const std::string& text, const CommentId& parent = "") {
    fixture.ada.now = ++fixture.now;
    return fixture.post(fixture.ada, text, parent).value().comment.id;
  };
  const CommentId a = say("a");
  const CommentId b = say("b");
  const CommentId a1 = say("a1", a);
  const CommentId a2 = say("a2", a);
  say("a1x", a1);
  say("b1", b);
  say("a2x", a2);
  say("a1y", a1);

  CHECK(fixture.texts(fixture.nobody(), {.sort = SortOrder::Oldest}) ==
        Texts{"a", "a1", "a1x", "a1y", "a2", "a2x", "b", "b1"});
  CHECK(fixture.texts(fixture.nobody(), {.sort = SortOrder::Newest}) ==
        Texts{"b", "b1", "a", "a1", "a1x", "a1y", "a2", "a2x"});
}

TEST_CASE("service: a deleted comment keeps its place while a reply lives") {
  ServiceFixture fixture;
  const CommentId root = fixture.post(fixture.ada, "root").value().comment.id;
  const CommentId middle = fixture.post(fixture.ada, "middle", root).value().comment.id;
  const CommentId leaf = fixture.post(fixture.ada, "leaf", middle).value().comment.id;
  fixture.set(root, CommentStatus::Deleted);
  fixture.set(middle, CommentStatus::Spam);

  const auto comments = fixture.page(fixture.nobody()).page.comments;

  REQUIRE(comments.size() == 3);
  for (int i = 0; i < 2; ++i) {
    CHECK(comments[i].status == CommentStatus::Deleted);
    CHECK(comments[i].text.empty());
    CHECK(comments[i].author.empty());
  }
  CHECK(comments[2].text == "leaf");
  CHECK(comments[2].parent == middle);
  CHECK(fixture.page(fixture.nobody()).page.thread.comment_count == 1);

  fixture.set(leaf, CommentStatus::Deleted);
  CHECK(fixture.page(fixture.nobody()).page.comments.empty());
}

TEST_CASE(
    "service: what waits for approval is its author's only, on every page and in every order") {
  ServiceFixture fixture;
  Caller ada = fixture.guest(fixture.strict);
  Caller bo = fixture.guest(fixture.strict);
  ada.address = bo.address = "strict";
  Caller nobody = fixture.nobody();
  nobody.address = "strict";
  Texts all;
  for (int i = 0; i < 6; ++i) {
    ada.now = bo.now = ++fixture.now;
    const Caller& who = i % 2 == 0 ? ada : bo;
    const CommentId id = fixture.post(who, std::to_string(i)).value().comment.id;
    if (i < 2) fixture.set(id, CommentStatus::Approved);
  }

  CHECK(fixture.texts(ada, {.sort = SortOrder::Newest}) == Texts{"4", "2", "1", "0"});
  CHECK(fixture.texts(bo, {.sort = SortOrder::Oldest}) == Texts{"0", "1", "3", "5"});
  CHECK(fixture.texts(nobody, {.sort = SortOrder::Oldest}) == Texts{"0", "1"});
  CHECK(fixture.page(ada).page.thread.comment_count == 4);
  CHECK(fixture.page(ada).page.thread.root_count == 4);
  CHECK(fixture.page(nobody).page.thread.comment_count == 2);

  Texts paged;
  PageQuery query{.sort = SortOrder::Newest, .limit = 1};
  do {
    for (const std::string& text : fixture.texts(ada, query)) paged.push_back(text);
    query.cursor = fixture.page(ada, query).page.next_cursor;
  } while (!query.cursor.empty());
  CHECK(paged == Texts{"4", "2", "1", "0"});
}

TEST_CASE("service: the tag changes with the thread and with who reads, and with nothing else") {
  ServiceFixture fixture;
  fixture.post(fixture.ada, "one").value();
  const std::string tag = fixture.page(fixture.nobody()).etag;
  CHECK(fixture.page(fixture.nobody()).etag == tag);
  CHECK(fixture.page(fixture.ada).etag != tag);
  CHECK(fixture.page(fixture.ada).etag != fixture.page(fixture.bo).etag);
  CHECK(fixture.page(fixture.nobody(), {.if_none_match = tag}).is_not_modified);
  CHECK(fixture.page(fixture.nobody(), {.if_none_match = "\"x\", " + tag}).is_not_modified);
  CHECK(fixture.page(fixture.nobody(), {.if_none_match = tag.substr(2)}).is_not_modified);
  CHECK_FALSE(fixture.page(fixture.ada, {.if_none_match = tag}).is_not_modified);

  fixture.post(fixture.bo, "two").value();
  CHECK_FALSE(fixture.page(fixture.nobody(), {.if_none_match = tag}).is_not_modified);

  // The same thread in another database is another thread.
  ServiceFixture other;
  other.post(other.ada, "one").value();
  CHECK(other.page(other.nobody()).etag != tag);
}

TEST_CASE("service: an empty thread becomes another when its first comment comes") {
  ServiceFixture fixture;
  const std::string tag = fixture.page(fixture.nobody()).etag;
  CHECK(fixture.page(fixture.nobody(), {.if_none_match = tag}).is_not_modified);
  fixture.post(fixture.ada, "first").value();
  CHECK_FALSE(fixture.page(fixture.nobody(), {.if_none_match = tag}).is_not_modified);
}

TEST_CASE("service: the same key and comment again is the same comment") {
  ServiceFixture fixture;
  const auto first = fixture.post(fixture.ada, "once", "", "k").value();
  CHECK_FALSE(first.is_repeat);

  const auto again = fixture.post(fixture.ada, "  once ", "", "k").value();

  CHECK(again.is_repeat);
  CHECK(again.comment.id == first.comment.id);
  CHECK(fixture.post(fixture.ada, "other", "", "k").error().code == ErrorCode::IdempotencyConflict);
  CHECK_FALSE(fixture.post(fixture.bo, "once", "", "k").value().is_repeat);
  CHECK(fixture.texts(fixture.nobody()).size() == 2);

  // A retry is answered even when nobody can post any more.
  fixture.close();
  CHECK(fixture.post(fixture.ada, "once", "", "k").value().is_repeat);
}

TEST_CASE("service: a comment can answer only what its author can see in the same thread") {
  ServiceFixture fixture;
  const CommentId root = fixture.post(fixture.ada, "root").value().comment.id;
  const auto code = [&](const CommentId& parent) {
    return fixture.post(fixture.bo, "reply", parent).error().code;
  };
  for (const char* id : {"0", "-1", "01", "999", "x", "1 ", "99999999999999999999"}) {
    CAPTURE(id);
    CHECK(code(id) == ErrorCode::InvalidParent);
  }
  PostQuery elsewhere;
  elsewhere.thread = "elsewhere";
  elsewhere.comment = {root, "A", "", "T"};
  CHECK(fixture.service->post(fixture.site, elsewhere, fixture.ada).error().code ==
        ErrorCode::InvalidParent);
  fixture.set(root, CommentStatus::Pending);
  CHECK(code(root) == ErrorCode::InvalidParent);
  CHECK(fixture.post(fixture.ada, "own", root).has_value());
  fixture.set(root, CommentStatus::Deleted);
  CHECK(code(root) == ErrorCode::InvalidParent);
}

TEST_CASE("service: an approved comment that is edited waits again where comments wait") {
  ServiceFixture fixture;
  Caller ada = fixture.guest(fixture.strict);
  ada.address = "strict";
  const CommentId id = fixture.post(ada, "one").value().comment.id;
  fixture.set(id, CommentStatus::Approved);
  const auto edit = [&](const std::string& text) {
    return fixture.service->edit(fixture.strict, {"t", id, text}, ada);
  };

  CHECK(edit("one").value().status == CommentStatus::Approved);
  const Comment edited = edit("two").value();

  CHECK(edited.status == CommentStatus::Pending);
  CHECK(edited.edited == ada.now);
  Caller nobody = fixture.nobody();
  nobody.address = "strict";
  CHECK(fixture.texts(nobody).empty());
  CHECK(fixture.texts(ada) == Texts{"two"});
}

TEST_CASE(
    "service: who has an approved comment on the site need not wait, where the site says so") {
  ServiceFixture fixture;
  fixture.strict = fixture.files.add_site("strict", Approval::AfterFirst);
  Caller ada = fixture.guest(fixture.strict);
  Caller bo = fixture.guest(fixture.strict);
  ada.address = bo.address = "strict";
  const auto status = [&](const Caller& who, const std::string& text) {
    return fixture.post(who, text).value().comment.status;
  };
  const Comment first = fixture.post(ada, "first").value().comment;
  CHECK(first.status == CommentStatus::Pending);
  CHECK(status(ada, "still unknown") == CommentStatus::Pending);

  fixture.set(first.id, CommentStatus::Approved);

  CHECK(status(ada, "known") == CommentStatus::Approved);
  CHECK(status(bo, "unknown") == CommentStatus::Pending);
  const auto is_known_to = [&](const Site& site) {
    const auto guest = find_own(fixture, first.id);
    return fixture.files.store->read([&](Connection& c) { return has_approved(c, site.id, guest); })
        .value();
  };
  CHECK(is_known_to(fixture.strict));
  CHECK_FALSE(is_known_to(fixture.site));
}

TEST_CASE("service: what one wrote can be changed until its time is over, then no more") {
  ServiceFixture fixture;
  const auto posted = fixture.post(fixture.ada, "one").value().comment;
  const EditQuery query{"t", posted.id, "two"};
  CHECK(posted.editable_until == fixture.now + fixture.site.edit_seconds);
  fixture.ada.now = posted.editable_until;
  CHECK(fixture.service->edit(fixture.site, query, fixture.ada).has_value());
  fixture.ada.now += 1;
  CHECK(fixture.service->edit(fixture.site, query, fixture.ada).error().code ==
        ErrorCode::EditClosed);
  CHECK(fixture.service->erase(fixture.site, "t", posted.id, fixture.ada).error().code ==
        ErrorCode::EditClosed);
}

TEST_CASE("service: nothing is written in a closed thread") {
  ServiceFixture fixture;
  const CommentId id = fixture.post(fixture.ada, "last").value().comment.id;
  fixture.close();

  CHECK(fixture.post(fixture.bo, "late").error().code == ErrorCode::ThreadClosed);
  CHECK(fixture.service->vote(fixture.site, {"t", id, Vote::Up}, fixture.bo).error().code ==
        ErrorCode::ThreadClosed);
  CHECK(fixture.service->edit(fixture.site, {"t", id, "x"}, fixture.ada).error().code ==
        ErrorCode::ThreadClosed);
  CHECK(fixture.page(fixture.nobody()).page.thread.is_closed);
  CHECK(fixture.service->erase(fixture.site, "t", id, fixture.ada).has_value());
}

TEST_CASE("service: a comment that is refused makes no thread") {
  ServiceFixture fixture;
  CHECK_FALSE(fixture.post(fixture.ada, "reply", "5").has_value());
  auto snapshot = fixture.files.store->snapshot();
  REQUIRE(snapshot.has_value());
  CHECK_FALSE(find_thread(snapshot->connection(), fixture.site.id, "t").value().has_value());
}

TEST_CASE("service: of the page's title and address what is usable is kept") {
  ServiceFixture fixture;
  const auto kept = [&](const std::string& key, const std::string& title, const std::string& url) {
    PostQuery query;
    query.thread = key;
    query.comment = {"", "A", "", "T"};
    query.page_title = title;
    query.page_url = url;
    REQUIRE(fixture.service->post(fixture.site, query, fixture.ada).has_value());
    auto snapshot = fixture.files.store->snapshot();
    REQUIRE(snapshot.has_value());
    const auto thread = find_thread(snapshot->connection(), fixture.site.id, key).value().value();
    return std::pair(thread.title, thread.url);
  };
  using Kept = std::pair<std::string, std::string>;
  CHECK(kept("a", "Tïtle", "https://a.example/x?y#z") == Kept("Tïtle", "https://a.example/x?y#z"));
  CHECK(kept("b", "two\nlines", "javascript:alert(1)") == Kept("two lines", ""));
  CHECK(kept("c", std::string(1'000, 'x'), "https://" + std::string(3'000, 'x')) ==
        Kept(std::string(kMaxTitleCodePoints, 'x'), ""));
  CHECK(kept("d", "", "https://a b") == Kept("", ""));
}

TEST_CASE("service: rates hold for guests and for addresses, and come back with time") {
  ServiceFixture fixture(
      {.posts = 2, .votes = 2, .new_guests_of_address = 4, .guests_per_address = 2});
  CHECK(fixture.post(fixture.ada, "1").has_value());
  CHECK(fixture.post(fixture.ada, "2").has_value());
  CHECK(fixture.post(fixture.ada, "3").error().code == ErrorCode::RateLimited);
  CHECK(fixture.post(fixture.bo, "1").has_value());
  // The address has had its four, one of them in vain.
  CHECK(fixture.post(fixture.bo, "2").error().code == ErrorCode::RateLimited);

  CHECK(fixture.service->new_guest(fixture.site, fixture.nobody()).has_value());
  CHECK(fixture.service->new_guest(fixture.site, fixture.nobody()).has_value());
  CHECK(fixture.service->new_guest(fixture.site, fixture.nobody()).error().code ==
        ErrorCode::RateLimited);

  fixture.ada.now += 300;
  CHECK(fixture.post(fixture.ada, "later").has_value());
}

TEST_CASE("service: bad words in a query are named") {
  ServiceFixture fixture;
  const auto code = [&](PageQuery query) {
    return fixture.service->page(fixture.site, query, fixture.nobody()).error().code;
  };
  CHECK(code({.thread = ""}) == ErrorCode::InvalidField);
  CHECK(code({.thread = std::string(201, 'x')}) == ErrorCode::InvalidField);
  CHECK(code({.thread = "a\nb"}) == ErrorCode::InvalidField);
  CHECK(code({.thread = "\xff"}) == ErrorCode::InvalidField);
  CHECK(code({.thread = "t", .limit = 0}) == ErrorCode::InvalidField);
  CHECK(code({.thread = "t", .limit = 501}) == ErrorCode::InvalidField);
  CHECK(code({.thread = "t", .cursor = "x"}) == ErrorCode::InvalidCursor);
  CHECK(fixture.service->counts(fixture.site, {}).error().code == ErrorCode::InvalidField);
}

TEST_CASE("events: what is committed is told of, in order, as anybody may see it") {
  ServiceFixture fixture;
  EventList sink;
  fixture.service->publish_to(sink);

  const auto first = fixture.post(fixture.ada, "One");
  const auto vote = VoteQuery{"t", first->comment.id, Vote::Up};
  REQUIRE(fixture.service->vote(fixture.site, vote, fixture.bo).has_value());
  REQUIRE(fixture.service->vote(fixture.site, vote, fixture.bo).has_value());
  REQUIRE_FALSE(fixture.post(fixture.ada, "").has_value());
  REQUIRE(fixture.post(fixture.bo, "Two", first->comment.id).has_value());

  REQUIRE(sink.events.size() == 3);
  CHECK(sink.events[0].before == 0);
  CHECK(sink.events[0].what == ThreadEvent::What::Comment);
  CHECK(sink.events[0].comment.text == "One");
  CHECK_FALSE(sink.events[0].comment.is_own);
  CHECK(sink.events[0].thread.comment_count == 1);
  CHECK(sink.events[1].what == ThreadEvent::What::Score);
  CHECK(sink.events[1].comment.up == 1);
  CHECK(sink.events[2].comment.parent == first->comment.id);
  for (int i = 1; i < 3; ++i) CHECK(sink.events[i].before == sink.events[i - 1].version);
  CHECK(fixture.service->thread_version(fixture.site, "t").value() == sink.events[2].version);
}

TEST_CASE("events: a comment that waits for approval is nothing to anybody") {
  ServiceFixture fixture;
  EventList sink;
  fixture.service->publish_to(sink);
  Caller author = fixture.guest(fixture.strict);
  author.address = "strict";

  REQUIRE(fixture.post(author, "Let me in").has_value());

  REQUIRE(sink.events.size() == 1);
  CHECK(sink.events[0].what == ThreadEvent::What::Nothing);
  CHECK(sink.events[0].comment.text.empty());
}

TEST_CASE("events: a page says what its reader has seen, and ids of other databases mean nothing") {
  ServiceFixture fixture;
  CHECK(fixture.page(fixture.nobody()).page.last_event == fixture.service->event_id(0));
  REQUIRE(fixture.post(fixture.ada, "One").has_value());
  const std::int64_t version = fixture.service->thread_version(fixture.site, "t").value();
  const std::string id = fixture.service->event_id(version);

  CHECK(fixture.page(fixture.nobody()).page.last_event == id);
  CHECK(fixture.service->version_of_event(id) == version);
  for (const std::string& bad :
       {std::string(), std::string("x.1"), id + "x", id + ".1", id.substr(0, id.find('.')),
        fixture.service->event_id(-1), id + "99999999999999999999"}) {
    CAPTURE(bad);
    CHECK_FALSE(fixture.service->version_of_event(bad).has_value());
  }
  CHECK(fixture.service->thread_version(fixture.site, std::string(300, 'x')).error().code ==
        ErrorCode::InvalidField);
}

TEST_CASE("events: a comment that goes is told of as gone, and one that nobody saw is not") {
  ServiceFixture fixture;
  EventList sink;
  const CommentId seen = fixture.post(fixture.ada, "Seen")->comment.id;
  const CommentId unseen = fixture.post(fixture.ada, "Unseen")->comment.id;
  fixture.set(unseen, CommentStatus::Pending);
  fixture.service->publish_to(sink);

  for (const CommentId& id : {seen, unseen}) {
    REQUIRE(fixture.service->edit(fixture.site, {"t", id, "Changed"}, fixture.ada).has_value());
    REQUIRE(fixture.service->erase(fixture.site, "t", id, fixture.ada).has_value());
  }

  REQUIRE(sink.events.size() == 4);
  CHECK(sink.events[0].what == ThreadEvent::What::Comment);
  CHECK(sink.events[0].comment.text == "Changed");
  CHECK(sink.events[1].what == ThreadEvent::What::Comment);
  CHECK(sink.events[1].comment.status == CommentStatus::Deleted);
  CHECK(sink.events[1].comment.text.empty());
  CHECK(sink.events[1].comment.author.empty());
  for (int i = 2; i < 4; ++i) CHECK(sink.events[i].what == ThreadEvent::What::Nothing);
}
