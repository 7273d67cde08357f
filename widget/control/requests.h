// The requests of the parlance dialect, and what each one was about when its answer comes.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "widget/core/comment.h"
#include "widget/core/sort_order.h"
#include "widget/core/thread.h"
#include "widget/effects.h"

namespace parlance {

struct PageAsked {
  SortOrder sort = SortOrder::MostVoted;
  bool is_first = false;
};
struct CatchUpAsked {};  // A page after changes were missed.
struct GuestAsked {};
struct VoteSent {
  CommentIndex comment = kNoComment;
  Vote vote = Vote::None;
  bool is_second_try = false;
};
struct PostSent {
  CommentId parent;
  bool is_second_try = false;
};
struct FollowSent {
  bool is_for_replies = false;  // Wished beside a post, not in a form of its own.
  bool is_second_try = false;
};
struct ReactionSent {
  CommentIndex comment = kNoComment;
  std::string kind;
  bool is_there = false;
  bool is_second_try = false;
};
struct ReportSent {
  CommentIndex comment = kNoComment;
  bool is_withdrawn = false;
  bool is_second_try = false;
};
// What only a guest with a token can send.
using GuestWrite = std::variant<VoteSent, PostSent, FollowSent, ReactionSent, ReportSent>;
using Asked = std::variant<PageAsked, CatchUpAsked, GuestAsked, VoteSent, PostSent, FollowSent,
                           ReactionSent, ReportSent>;

// Where a site's thread is on the API; both are percent-encoded.
std::string site_path(std::string_view site);
std::string thread_path(std::string_view site, std::string_view thread);

// A path segment or query value with everything but RFC 3986's unreserved characters encoded.
std::string percent_encoded(std::string_view text);

// Gives requests their ids and remembers what they were about.
class RequestBook {
 public:
  RequestId open(Asked about) {
    open_[++last_] = std::move(about);
    return last_;
  }
  // What the request was about; nothing when its answer is not awaited any more.
  std::optional<Asked> close(RequestId id);
  // Answers to pages of the old order are passed over.
  void forget_pages();

 private:
  RequestId last_ = 0;
  std::unordered_map<RequestId, Asked> open_;
};

}  // namespace parlance
