// What comes by the stream of events. Nothing of it moves what is read, and nobody is told twice.
#include <algorithm>
#include <utility>

#include "widget/backends/parlance_wire.h"
#include "widget/control/controller.h"
#include "widget/core/limits.h"

namespace parlance {
namespace {

// Comments that follow each other within this time are told of once.
constexpr UnixSeconds kBurstPause = 60;
// Between two readings of what was missed.
constexpr UnixSeconds kCatchUpPause = 30;
constexpr int kNewestRoots = 50;
constexpr std::size_t kMaxHeld = 64;

}  // namespace

void Controller::listen(std::string last_event) {
  if (last_event.empty() || std::exchange(is_listening_, true)) return;
  effects_.push_back(OpenStream{.path = thread_path(config_.site, config_.thread) + "/events",
                                .after = std::move(last_event)});
}

void Controller::stream_event(const StreamEvent& event) {
  if (event.kind == StreamEventKind::Reset) return catch_up();
  Result<ThreadChanges> changes = wire::read_changes(event.data);
  // What cannot be understood, or kept, may have been anything.
  if (!changes || held_changes_.size() >= kMaxHeld) return catch_up();
  if (changes.value().thread.key != config_.thread) return;
  held_changes_.push_back(std::move(changes).value());
  take_changes();
  if (is_behind_) catch_up();
}

void Controller::woken() {
  if (is_behind_) catch_up();
}

// While a comment of the reader's own is on its way nobody knows yet by which name it will come
// back, and a page that is on its way may be older than what is told meanwhile.
void Controller::take_changes() {
  if (catching_up_ > 0 || conversation_.is_sending()) return;
  for (ThreadChanges& changes : std::exchange(held_changes_, {}))
    forget_words(arrivals_.take(std::move(changes)));
  tell_arrived();
}

// Reads the thread's beginning again, as much of it as is shown and one page can hold; what is new
// may stand further down in its order.
void Controller::catch_up() {
  const bool is_too_soon = last_catch_up_ != 0 && now_ - last_catch_up_ < kCatchUpPause;
  is_behind_ = catching_up_ > 0 || is_too_soon;
  if (is_behind_ || !conversation_.has_first_page) return;
  last_catch_up_ = now_;
  held_changes_.clear();
  const Thread& thread = conversation_.thread;
  const int roots = static_cast<int>(std::min<std::size_t>(thread.root_count(), kMaxPageRoots));
  ask_again(thread.sort(), std::max(roots, kNewestRoots));
  if (thread.has_more() && thread.sort() != SortOrder::Newest)
    ask_again(SortOrder::Newest, kNewestRoots);
}

void Controller::ask_again(SortOrder sort, int roots) {
  ++catching_up_;
  effects_.push_back(HttpRequest{.id = requests_.open(CatchUpAsked{}),
                                 .method = HttpMethod::Get,
                                 .path = page_path(sort, roots),
                                 .token = token_});
}

void Controller::answered(const CatchUpAsked&, const HttpResponse& response) {
  --catching_up_;
  Result<ThreadPage> page = failure_of(response) ? Error{} : wire::read_thread_page(response.body);
  if (page) {
    forget_words(arrivals_.catch_up(std::move(page).value()));
  } else {
    is_behind_ = true;
  }
  take_changes();
}

CommentIndex Controller::show_arrived(CommentIndex below) {
  const CommentIndex first = arrivals_.show(below);
  told_arrived_ = conversation_.to_show().size();
  if (first != kNoComment) go_to(first);
  if (arrivals_.take_missed()) catch_up();
  return first;
}

void Controller::forget_words(const Revised& revised) {
  for (const CommentIndex index : revised) effects_.push_back(ForgetWords{comment_part(index, 0)});
}

void Controller::tell_arrived() {
  const std::vector<CommentIndex> waiting = conversation_.to_show();
  const std::size_t before = std::exchange(told_arrived_, waiting.size());
  if (waiting.size() <= before) return;
  const bool is_same_burst = before > 0 && now_ - last_arrival_ < kBurstPause;
  last_arrival_ = now_;
  if (is_same_burst) return;
  const Thread& thread = conversation_.thread;
  const CommentIndex parent = thread.entry(waiting.front()).parent;
  const bool is_reply = waiting.size() == 1 && parent != kNoComment;
  const std::string author = is_reply ? thread.entry(parent).comment.author : std::string();
  if (!author.empty()) return announce("1 new reply to " + author + ".");
  announce(new_comments_text(static_cast<int>(waiting.size())) + ".");
}

}  // namespace parlance
