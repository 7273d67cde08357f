// What the server does, without HTTP: every rule about who may read and write what is here.
// Safe to use from several threads at once. Nothing in it reads a clock; callers say what time it
// is.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/service/challenge.h"
#include "web/server/service/feed.h"
#include "web/server/service/guest_token.h"
#include "web/server/service/person.h"
#include "web/server/service/rate_limiter.h"
#include "web/server/service/search.h"
#include "web/server/service/sign_on.h"
#include "web/server/service/thread_event.h"
#include "web/server/store/comments.h"
#include "web/server/store/store.h"
#include "widget/core/effort.h"
#include "widget/core/limits.h"
#include "widget/core/report.h"
#include "widget/core/thread_page.h"

namespace parlance {

struct ChangeNotice;

// What one guest may write in ten minutes. Many guests can share an address, so an address gets a
// multiple.
struct WriteLimits {
  bool are_on = true;  // And with them whatever else looks for spam in how somebody writes.
  int posts = 60;
  int votes = 600;
  int searches = 120;
  int new_guests_of_address = 300;
  int guests_per_address = 10;
  // From so many posts of a site in ten minutes on, guests solve a challenge first, where the site
  // asks for one when something is suspicious.
  int calm_posts = 1'000;
  int challenge_bits = 18;  // About a second of a phone.
};

// Who asks, as far as anybody knows.
struct Caller {
  std::string token;    // Empty: nobody in particular.
  std::string address;  // For rate limits only.
  UnixSeconds now = 0;
};

struct PageQuery {
  std::string thread;
  SortOrder sort = SortOrder::MostVoted;
  int limit = 50;  // Roots; 1 to kMaxPageRoots.
  std::string cursor;
  std::string if_none_match;  // As the header has it.
  // Whether the caller has the page with this tag already, and needs no other. May be empty.
  std::function<bool(const std::string& etag)> is_kept;
};

struct PageAnswer {
  std::string etag;
  bool is_not_modified = false;  // Then there is no page.
  bool is_kept = false;          // The same.
  ThreadPage page;
};

struct PostQuery {
  std::string thread;
  NewComment comment;
  std::string page_title;       // Kept when the comment is its thread's first.
  std::string page_url;         // The same.
  std::string idempotency_key;  // Empty: none.
  Effort effort;
};

struct PostAnswer {
  Comment comment;
  bool is_repeat = false;  // The same request was answered before.
};

struct EditQuery {
  std::string thread;
  CommentId comment;
  std::string text;
};

struct VoteQuery {
  std::string thread;
  CommentId comment;
  Vote vote = Vote::None;
};

struct VoteAnswer {
  CommentId id;
  int up = 0;
  int down = 0;
  Vote vote = Vote::None;
};

struct SearchQuery {
  std::string thread;
  std::string typed;
  int offset = 0;  // So many of the hits were on the pages before.
};

struct SearchHit {
  CommentId id;
  std::string author;
  UnixSeconds created = 0;
  std::vector<RowId> above;  // From the root down to its parent.
  Excerpt excerpt;
};

struct SearchAnswer {
  int count = 0;          // Of all pages.
  bool are_more = false;  // There were more than are put in order.
  std::vector<SearchHit> hits;
  int next = 0;  // Where the next page begins; 0: there is none.
};

struct ReportQuery {
  std::string thread;
  CommentId comment;
  std::optional<Report> report;  // Nothing takes it back.
};

struct ReactionQuery {
  std::string thread;
  CommentId comment;
  std::string kind;
  bool is_there = true;  // False takes it back.
};

class Service {
 public:
  // `store` must outlive the service.
  static Result<std::unique_ptr<Service>> open(Store& store, const WriteLimits& limits);

  Store& store() { return store_; }

  // Counts for every process of a remote database.
  RateLimiter& limiter() { return limiter_; }

  // Whether the database is another program's, perhaps on another machine.
  bool is_remote() const { return store_.is_remote(); }

  // Whether the database can be read.
  Status check();

  // Under which name the processes on this database hear of each other.
  std::string channel() const { return "parlance." + instance_; }
  // From now on every change is told of by a notice of the database (relay.h). REQUIRES: a remote
  // database, and nobody uses the service yet.
  void publish_by_notices();
  // Sends a notice to every process, this one, too.
  Status send_to_all(const std::string& notice);
  // What notices are about, as it is now. Leaves out what has gone.
  Result<std::vector<ThreadEvent>> events_of(const std::vector<ChangeNotice>& notices);
  // What was counted for rate limits since the last time, as notices that begin with `prefix`.
  std::vector<std::string> rates_to_tell(const std::string& prefix);
  // What another process has counted. Passes over what it cannot read.
  void hear_of_rates(std::string_view notice, UnixSeconds now);

  // From now on `sink`, which must outlive the service, is told of every change. REQUIRES: nobody
  // uses the service yet.
  void publish_to(EventSink& sink) { events_ = &sink; }

  // From now on pages say that threads can be followed by mail. REQUIRES: nobody uses the service
  // yet.
  void offer_mail() { offers_mail_ = true; }

  // Fails with UnknownSite. With a time it may be the site as it was a second ago; without one it
  // is read anew.
  Result<Site> site(std::string_view key, UnixSeconds now = 0);

  // A token for a new guest. Fails with RateLimited.
  Result<std::string> new_guest(const Site& site, const Caller& caller);

  // A thread nobody has written in is an empty page. Holds whole trees; ends early, but not before
  // its first tree, once it has kFullPageComments. Fails with InvalidField, InvalidCursor or
  // TokenInvalid.
  Result<PageAnswer> page(const Site& site, const PageQuery& query, const Caller& caller);
  static constexpr std::size_t kFullPageComments = 1'000;

  // A challenge for the next post of a guest. Fails with TokenRequired, TokenInvalid, RateLimited
  // or InvalidField.
  Result<Challenge> challenge(const Site& site, const std::string& thread, const Caller& caller);

  // Fails with TokenRequired, TokenInvalid, RateLimited, ThreadClosed, InvalidParent,
  // IdempotencyConflict, AlreadySaid, ChallengeRequired, InvalidField, or as validated() does.
  Result<PostAnswer> post(const Site& site, const PostQuery& query, const Caller& caller);

  // Fails with TokenRequired, TokenInvalid, RateLimited, UnknownThread, UnknownComment, OwnComment
  // or ThreadClosed.
  Result<VoteAnswer> vote(const Site& site, const VoteQuery& query, const Caller& caller);

  // Tells moderators of somebody else's comment. Once as many guests as the site's rules say have
  // reported it, it waits for a moderator, unless one has found nothing wrong with it. Fails with
  // TokenRequired, TokenInvalid, RateLimited, UnknownThread, UnknownComment, OwnComment, Banned or
  // TextTooLong.
  Status report(const Site& site, const ReportQuery& query, const Caller& caller);

  // Reacts to somebody else's comment with one of the site's emoji, or takes that back. Answers a
  // comment with its id and reactions only. Fails as vote() does, or with InvalidField.
  Result<Comment> react(const Site& site, const ReactionQuery& query, const Caller& caller);

  // Gives a comment of one's own another text; the one it had is kept for moderators. Where
  // comments wait for approval, it waits again. The same text changes nothing. Fails with
  // TokenRequired, TokenInvalid, RateLimited, UnknownThread, UnknownComment, NotOwnComment,
  // EditClosed, ThreadClosed, or as validated() does.
  Result<Comment> edit(const Site& site, const EditQuery& query, const Caller& caller);

  // Takes a comment of one's own away from everybody; where it has replies its place stays. Again
  // does nothing. Fails as edit() does, but a closed thread is no reason to.
  Status erase(const Site& site, const std::string& thread, const CommentId& comment,
               const Caller& caller);

  // Approved comments of each thread; 0 for one that nobody has written in. Fails with
  // InvalidField.
  Result<std::map<std::string, int>> counts(const Site& site,
                                            const std::vector<std::string>& threads);

  // Approved comments that say what somebody has typed: those that say it best first, then the
  // newest. Fails with InvalidField, InvalidCursor or RateLimited.
  Result<SearchAnswer> search(const Site& site, const SearchQuery& query, const Caller& caller);
  static constexpr int kSearchPage = 20;

  // The newest approved comments of the thread, or of the site where no thread is named. Fails with
  // UnknownThread or InvalidField.
  Result<Feed> feed(const Site& site, const std::string& thread);

  // What is known of a person, as JSON; no more than so many comments. Fails with UnknownComment.
  Result<std::string> export_person(const Site& site, const PersonNamed& named, int most);
  // Takes the person out of everything they wrote, their texts with them or without, and takes
  // their votes back. The audit log says that it was done, and not to whom. Fails with
  // UnknownComment.
  Result<ErasedPerson> erase_person(const Site& site, const PersonNamed& named, ErasedTexts texts,
                                    UnixSeconds now);
  // The same of whoever asks. Fail with TokenRequired, TokenInvalid or RateLimited.
  Result<std::string> export_me(const Site& site, const Caller& caller);
  Status erase_me(const Site& site, ErasedTexts texts, const Caller& caller);

  // How many times what the thread shows has changed; 0 when nobody has written in it. Fails with
  // InvalidField.
  Result<std::int64_t> thread_version(const Site& site, std::string_view thread);

  // Has `change` told of once it is durable. `before` is the thread as it was.
  Status tell(Store::Change& change, const ThreadRow& before, ThreadEvent::What what,
              const CommentRow& comment);

  // Who asks for mail, counted. Fails with TokenRequired, TokenInvalid or RateLimited.
  Result<GuestId> admit_subscriber(const Site& site, const Caller& caller);

  // A secret for a purpose, the same in every process of the database.
  std::string secret(std::string_view purpose) const { return signer_.derived(purpose); }

  // From now on the site is read anew: its rules have been changed.
  void forget_site(std::string_view key);

  // Names a thread's version to clients. Of another database, and so of no use here: nothing.
  std::string event_id(std::int64_t version) const;
  std::optional<std::int64_t> version_of_event(std::string_view id) const;

 private:
  Service(Store& store, TokenSigner signer, std::string instance, const WriteLimits& limits)
      : store_(store),
        signer_(std::move(signer)),
        sign_on_(store),
        instance_(std::move(instance)),
        limits_(limits),
        limiter_(kMostBuckets, signer_.derived("rates")),
        address_secret_(signer_.derived("addresses")),
        challenger_(signer_.derived("challenges"), limits.challenge_bits) {}

  static constexpr std::size_t kMostBuckets = 100'000;
  struct Post;
  Result<PageAnswer> read_page(Connection& connection, const Site& site, const PageQuery& query,
                               RootQuery roots_query, const std::optional<GuestId>& guest,
                               UnixSeconds now) const;
  Result<PostAnswer> write_post(Store::Change& change, const Post& post);
  Result<RowId> keep_post(Connection& connection, const Post& post, const ThreadRow& thread,
                          CommentRow& row);
  Status forget_old(Connection& connection, UnixSeconds now);
  bool wants_challenge(const Site& site, const PostQuery& query, const Caller& caller);
  Error challenge_required(const ChallengePurpose& purpose, UnixSeconds now) const;
  // What the post has proved; nothing where it need not. Fails with ChallengeRequired.
  Result<std::optional<Proved>> check_proof(const Site& site, const PostQuery& query,
                                            const GuestId& guest, const Caller& caller);
  Result<VoteAnswer> write_vote(Store::Change& change, const Site& site, const VoteQuery& query,
                                const GuestId& guest, UnixSeconds now);
  Result<SearchAnswer> search_in(Connection& connection, const ThreadRow& thread,
                                 const SearchQuery& query, const std::vector<Term>& terms) const;
  Result<int> erase_comments(const Site& site, const PersonNamed& named, ErasedTexts texts,
                             UnixSeconds now);
  Result<int> erase_votes(const Site& site, const GuestId& guest, UnixSeconds now);
  // Who asks: a guest by their own token, or a person by their publisher's.
  struct Writer {
    GuestId guest;
    std::optional<Person> person;
  };
  Result<Writer> required_writer(const Site& site, const Caller& caller);
  Result<std::optional<GuestId>> guest_of(const Site& site, const Caller& caller);
  Result<GuestId> required_guest(const Site& site, const Caller& caller);
  Status check_rate(std::string_view what, int count, const GuestId& guest, const Caller& caller);
  std::string etag(const Site& site, const ThreadRow& thread,
                   const std::optional<GuestId>& guest) const;
  Store& store_;
  TokenSigner signer_;
  SignOn sign_on_;
  std::string
      instance_;  // Tells this database from another, or from a new one under the same name.
  WriteLimits limits_;
  RateLimiter limiter_;
  const std::string address_secret_;
  const Challenger challenger_;
  struct KnownSite {
    Site site;
    UnixSeconds read = 0;
  };
  std::mutex sites_mutex_;
  std::map<std::string, KnownSite, std::less<>> sites_;
  EventSink* events_ = nullptr;
  bool publishes_by_notices_ = false;
  bool offers_mail_ = false;
  std::atomic<unsigned> posts_ = 0;
};

// Whether the If-None-Match header names the tag. Weakly: "W/" makes no difference.
bool names_tag(std::string_view header, std::string_view tag);

// Whether `key` can name a thread: UTF-8 without control characters, 1 to kMaxThreadKeyBytes.
// Fails with InvalidField.
Status check_thread_key(std::string_view key);

// The thread of a post, made when the post is its first.
Result<ThreadRow> find_or_add_thread(Connection& connection, const Site& site,
                                     const PostQuery& query, UnixSeconds now);

// What becomes of a comment, new or changed, before a moderator has seen it.
struct Verdict {
  CommentStatus status = CommentStatus::Approved;
  Held held = Held::No;
};
Result<Verdict> judge(Connection& connection, const Site& site, const ThreadRow& thread,
                      const CommentRow& comment);

// Fails with Banned when a moderator has shut the guest out.
Status check_ban(Connection& connection, const Site& site, const GuestId& guest, UnixSeconds now);

// The thread with what its age makes of it.
ThreadRow aged(ThreadRow thread, const Site& site, UnixSeconds now);

// The key under which everything that belongs to a thread is written; Store::change() says why.
std::string lane_of(const Site& site, std::string_view thread);

}  // namespace parlance
