// Pages: one request at a time, the next only when somebody needs it.
#include "widget/backends/parlance_wire.h"
#include "widget/control/controller.h"
#include "widget/core/limits.h"

namespace parlance {
namespace {

// The first page is what the loader has asked for while the widget was still on its way
// (embed/settings.ts), so the two must agree.
constexpr int kFirstPageRoots = 50;
constexpr int kNextPageRoots = 100;
// In the background a few large pages cost less than many small ones; one still parses well within
// a frame or two.
constexpr int kBackgroundPageRoots = kMaxPageRoots;

}  // namespace

std::string Controller::page_path(SortOrder sort, int roots) const {
  return thread_path(config_.site, config_.thread) +
         "/comments?sort=" + std::string(wire_name(sort)) + "&limit=" + std::to_string(roots);
}

void Controller::ask_page(bool is_first, Wanted wanted) {
  const bool is_in_background = config_.loads_everything && !is_first;
  const int roots = is_first           ? kFirstPageRoots
                    : is_in_background ? kBackgroundPageRoots
                                       : kNextPageRoots;
  std::string path = page_path(conversation_.wanted_sort, roots);
  if (!is_first) path += "&cursor=" + percent_encoded(conversation_.thread.next_cursor());
  conversation_.loading = LoadState::Loading;
  conversation_.wanted = wanted;
  if (is_first) is_read_for_another_ = false;
  conversation_.load_failure.reset();
  effects_.push_back(
      HttpRequest{.id = requests_.open(PageAsked{conversation_.wanted_sort, is_first}),
                  .method = HttpMethod::Get,
                  .path = std::move(path),
                  .token = token_});
}

bool Controller::can_load_next() const {
  return conversation_.has_first_page && conversation_.loading == LoadState::Idle &&
         conversation_.thread.has_more();
}

void Controller::load_next_page() {
  if (can_load_next()) ask_page(false);
}

void Controller::load_more() {
  if (can_load_next()) ask_page(false, Wanted::More);
}

bool Controller::is_loading_in_background() const {
  return config_.loads_everything && conversation_.has_first_page &&
         conversation_.loading == LoadState::Loading;
}

void Controller::retry_loading() {
  if (conversation_.loading != LoadState::Failed) return;
  const bool is_first =
      !conversation_.has_first_page || conversation_.wanted_sort != conversation_.thread.sort();
  ask_page(is_first, Wanted::Again);
}

void Controller::choose_sort(SortOrder sort) {
  if (sort == conversation_.wanted_sort && conversation_.loading != LoadState::Failed) return;
  conversation_.wanted_sort = sort;
  const bool is_whole = conversation_.has_first_page && !conversation_.thread.has_more() &&
                        conversation_.loading == LoadState::Idle;
  if (is_whole) {
    conversation_.thread.sort_roots(sort);
    return;
  }
  requests_.forget_pages();
  ask_page(true);
}

void Controller::answered(const PageAsked& asked, const HttpResponse& response) {
  std::optional<Error> failure = failure_of(response);
  if (failure) return page_failed(asked, failure->code);
  Result<ThreadPage> page = wire::read_thread_page(response.body);
  if (!page) return page_failed(asked, page.error().code);

  conversation_.loading = LoadState::Idle;
  if (asked.is_first && conversation_.has_first_page) conversation_.thread.start_order(asked.sort);
  const std::size_t known = conversation_.thread.reading_order().size();
  conversation_.can_be_followed = page.value().can_be_followed;
  listen(std::move(page.value().last_event));
  conversation_.thread.merge(std::move(page).value());
  arrivals_.find_places();
  tell_arrived();
  const std::vector<CommentIndex>& order = conversation_.thread.reading_order();
  if (conversation_.wanted != Wanted::BySelf && order.size() > known) first_new_ = order[known];
  conversation_.has_first_page = true;
  if (std::exchange(is_read_for_another_, false)) return ask_page(true);
  if (!sought_.empty()) return seek();
  if (config_.loads_everything) load_next_page();
}

void Controller::page_failed(const PageAsked& asked, ErrorCode code) {
  const bool is_token = code == ErrorCode::TokenInvalid || code == ErrorCode::TokenExpired;
  if (is_token && !token_.empty()) {
    forget_token();
    // Everybody's comments come first; the page is asked for a better token meanwhile.
    ask_page(asked.is_first, conversation_.wanted);
    if (!conversation_.reader.is_known() || renewal_ != Renewal::Never) return;
    renewal_ = Renewal::Running;
    ask_for_token();
    return;
  }
  conversation_.loading = LoadState::Failed;
  conversation_.load_failure = code;
  announce("Comments could not be loaded.", Politeness::Assertive);
}

void Controller::reveal(std::string_view comment_id, bool is_marked) {
  sought_ = comment_id;
  marks_sought_ = is_marked;
  if (conversation_.has_first_page) seek();
}

void Controller::seek() {
  const std::optional<CommentIndex> found = conversation_.thread.find(sought_);
  if (found) {
    if (!conversation_.thread.entry(*found).is_listed) show_arrived();
    conversation_.thread.uncover(*found);
    if (marks_sought_) conversation_.highlighted = *found;
    revealed_ = *found;
    sought_.clear();
  } else if (conversation_.thread.has_more()) {
    return load_next_page();
  } else {
    sought_.clear();
    if (marks_sought_) announce("That comment is no longer here.");
  }
  if (config_.loads_everything) load_next_page();
}

CommentIndex Controller::take_first_new() { return std::exchange(first_new_, kNoComment); }

CommentIndex Controller::take_reveal() { return std::exchange(revealed_, kNoComment); }

}  // namespace parlance
