#include "widget/backends/parlance_wire.h"
#include "widget/control/controller.h"

namespace parlance {

void Controller::toggle_follow() {
  conversation_.is_follow_open = !conversation_.is_follow_open;
  conversation_.follow_failure.reset();
  // What was sent is no news to who opens it again.
  if (conversation_.follow != FollowState::Sending) conversation_.follow = FollowState::Asking;
}

void Controller::follow() {
  if (conversation_.follow != FollowState::Asking) return;
  conversation_.follow_failure.reset();
  if (conversation_.email.empty()) {
    conversation_.follow_failure = ErrorCode::InvalidEmail;
    return;
  }
  conversation_.follow = FollowState::Sending;
  send_as_guest(FollowSent{});
}

void Controller::send(FollowSent follow) {
  const auto scope = follow.is_for_replies ? wire::FollowScope::Replies : wire::FollowScope::All;
  HttpRequest request{.method = HttpMethod::Post,
                      .path = thread_path(config_.site, config_.thread) + "/subscriptions",
                      .body = wire::write_follow_request(conversation_.email, scope),
                      .token = token_};
  request.id = requests_.open(follow);
  effects_.push_back(std::move(request));
}

void Controller::answered(const FollowSent& sent, const HttpResponse& response) {
  if (const std::optional<Error> failure = failure_of(response)) {
    if (send_again_with_new_token(sent, sent.is_second_try, failure->code)) return;
    return follow_failed(sent, failure->code);
  }
  const Result<bool> is_asked = wire::read_followed(response.body);
  if (!is_asked) return follow_failed(sent, is_asked.error().code);
  if (!sent.is_for_replies) {
    conversation_.follow = is_asked.value() ? FollowState::Asked : FollowState::Confirmed;
  } else if (is_asked.value()) {
    announce("Check your mail to confirm that you want replies by e-mail.");
  }
}

void Controller::follow_failed(const FollowSent& sent, ErrorCode code) {
  if (sent.is_for_replies) {
    return announce("Your comment is posted, but you could not be signed up for replies.",
                    Politeness::Assertive);
  }
  conversation_.follow = FollowState::Asking;
  conversation_.follow_failure = code;
}

}  // namespace parlance
