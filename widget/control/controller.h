// What happens when: turns what the reader does and what the backend answers into changes of the
// conversation and into effects.
//
// Loading, voting and writing are three files of one class, because they share the guest's token
// and the queue of what waits for it.
#pragma once

#include <string>
#include <vector>

#include "widget/control/arrivals.h"
#include "widget/control/requests.h"
#include "widget/core/conversation.h"
#include "widget/core/result.h"
#include "widget/effects.h"

namespace parlance {

struct ControllerConfig {
  std::string site;
  std::string thread;
  SortOrder sort = SortOrder::MostVoted;
  bool loads_everything = false;
  std::string entropy;
};

class Controller {
 public:
  explicit Controller(ControllerConfig config);

  const Conversation& conversation() const { return conversation_; }

  // What has come up since the last call, in order.
  Effects take_effects();

  void start();
  void storage_loaded(std::string_view key, std::string_view value);
  void storage_refused(std::string_view key);
  // Whom the page knows its reader as (signing_in.cpp).
  void signed_in(const SignedIn& reader);
  // What time it is, as often as anybody knows.
  void set_now(UnixSeconds now);
  void went_online();
  void http_response(const HttpResponse& response);

  // Loading (loading.cpp).
  void load_next_page();
  // The same because a reader has asked for it.
  void load_more();
  // Whether pages come in that the reader has not asked for (Loading::Everything).
  bool is_loading_in_background() const;
  void retry_loading();
  void choose_sort(SortOrder sort);
  // Unfolds the comment, and marks it if it `is_marked`; loads pages until it is there or known to
  // be missing.
  void reveal(std::string_view comment_id, bool is_marked = true);
  // Brings a comment that is in the reading order into view.
  void go_to(CommentIndex comment) { revealed_ = comment; }
  // The comment that the next frame brings into view.
  CommentIndex revealed() const { return revealed_; }
  CommentIndex take_reveal();
  // The first of the comments that a reader has asked for, once they are here.
  CommentIndex take_first_new();

  // What others do meanwhile (live.cpp).
  void stream_event(const StreamEvent& event);
  void stream_ended() { is_listening_ = false; }
  void woken();
  // Shows what has arrived, or what of it stands below one comment, and returns the first of it.
  CommentIndex show_arrived(CommentIndex below = kNoComment);

  // Voting (voting.cpp). A vote cast twice is a vote taken back.
  void vote(CommentIndex comment, Vote vote);

  // What stands beside a comment (asides.cpp). A reaction chosen twice is one taken back, and so is
  // a report of what is reported already.
  void toggle_more(CommentIndex comment);
  void toggle_reactions(CommentIndex comment);
  void react(CommentIndex comment, std::size_t kind);
  void copy_link(CommentIndex comment);
  void link_copied(CommentIndex comment, std::string_view address);
  void toggle_report(CommentIndex comment);
  void set_report_reason(CommentIndex comment, ReportReason reason);
  void set_report_text(CommentIndex comment, std::string_view text);
  void send_report(CommentIndex comment);

  // Writing (writing.cpp). An empty parent is the top-level draft.
  void open_draft(const CommentId& parent);
  void close_draft(const CommentId& parent);
  void set_draft_text(const CommentId& parent, std::string_view text, float field_height);
  void set_author(std::string_view author);
  void set_email(std::string_view email);
  void post(const CommentId& parent);
  void toggle_preview(const CommentId& parent);

  // Following by mail (following.cpp). The mailbox is the one that set_email() has set.
  void toggle_follow();
  void follow();
  void toggle_replies() { conversation_.wants_replies = !conversation_.wants_replies; }

  // Drafts that other tabs have written in the same place (drafts.cpp).
  void use_other_draft(const CommentId& parent);
  void keep_own_draft(const CommentId& parent);

  void keep_view(std::string_view view);
  void toggle_collapsed(CommentIndex comment);
  void toggle_spoilers(CommentIndex comment);
  void announce(std::string text, Politeness politeness = Politeness::Polite);

 private:
  void answered(const PageAsked& asked, const HttpResponse& response);
  void answered(const CatchUpAsked& asked, const HttpResponse& response);
  void answered(const GuestAsked& asked, const HttpResponse& response);
  void answered(const VoteSent& sent, const HttpResponse& response);
  void answered(const PostSent& sent, const HttpResponse& response);
  void answered(const FollowSent& sent, const HttpResponse& response);
  void answered(const ReactionSent& sent, const HttpResponse& response);
  void answered(const ReportSent& sent, const HttpResponse& response);

  std::string page_path(SortOrder sort, int roots) const;
  void ask_page(bool is_first, Wanted wanted = Wanted::BySelf);
  bool can_load_next() const;
  void read_again();
  void page_failed(const PageAsked& asked, ErrorCode code);
  void seek();

  void listen(std::string last_event);
  void take_changes();
  void catch_up();
  void ask_again(SortOrder sort, int roots);
  void forget_words(const Revised& revised);
  void tell_arrived();

  void send(VoteSent vote);
  void send(PostSent post);
  void send(FollowSent follow);
  void follow_failed(const FollowSent& sent, ErrorCode code);
  void send(ReactionSent sent);
  void send(ReportSent sent);
  void failed(const ReactionSent& sent, ErrorCode code);
  void failed(const ReportSent& sent, ErrorCode code);
  std::string comment_path(CommentIndex comment) const;
  // Whether this reader may react to it, or report it.
  bool can_speak_of(CommentIndex comment) const;
  void vote_failed(const VoteSent& sent, ErrorCode code);
  NewComment comment_of(const Draft& draft) const;
  void post_failed(const PostSent& sent, const Error& error, int retry_after);

  struct LoadedDraft {
    std::string name;
    KeptDraft draft;
  };
  std::string draft_name(const CommentId& parent, std::string_view slot) const;
  std::optional<CommentId> draft_parent(std::string_view name, std::string_view& slot) const;
  void draft_loaded(std::string_view name, std::string_view value);
  Draft* take_draft(std::string_view name, KeptDraft kept);
  void draft_removed(Draft& draft, std::string_view slot);
  void tell_refused(Draft& draft);
  void save_draft(Draft& draft);

  // Sends at once with a token; otherwise asks for one first. A token that is refused is replaced
  // once.
  void send_as_guest(GuestWrite write);
  void ask_for_token();
  void forget_token();
  bool send_again_with_new_token(GuestWrite write, bool is_second_try, ErrorCode code);
  void save(const std::string& key, std::string value);
  std::string new_idempotency_key();

  ControllerConfig config_;
  Conversation conversation_;
  RequestBook requests_;
  Effects effects_;
  std::string token_;
  std::vector<GuestWrite> waiting_for_token_;
  bool is_asking_for_token_ = false;
  bool is_read_for_another_ = false;  // What is shown, or on its way, was asked for by who the
                                      // reader was before.
  // Of a token that was refused when a page was read with it: asked for once.
  enum class Renewal : std::uint8_t { Never, Running, Done };
  Renewal renewal_ = Renewal::Never;
  UnixSeconds now_ = 0;                     // 0 until the first frame.
  std::vector<LoadedDraft> loaded_drafts_;  // Before that.
  bool has_told_refused_ = false;           // That drafts are not kept.
  CommentId sought_;                        // A permalink's comment that is not loaded yet.
  bool marks_sought_ = true;
  CommentIndex revealed_ = kNoComment;  // To be scrolled to by the next frame.
  CommentIndex first_new_ = kNoComment;
  unsigned idempotency_keys_ = 0;
  Arrivals arrivals_{conversation_};
  std::vector<ThreadChanges> held_changes_;  // Until nothing is on its way that they may be about.
  int catching_up_ = 0;                      // Pages on their way because something was missed…
  bool is_behind_ = false;                   // …or that have to be asked for again.
  bool is_listening_ = false;
  UnixSeconds last_catch_up_ = 0;
  std::size_t told_arrived_ = 0;  // How many comments waited when that was last looked at.
  UnixSeconds last_arrival_ = 0;
};

// The error that a response tells of; nothing for a success.
std::optional<Error> failure_of(const HttpResponse& response);

}  // namespace parlance
