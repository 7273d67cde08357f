#include "widget/control/controller.h"

#include <utility>

#include "widget/backends/parlance_wire.h"
#include "widget/core/limits.h"
#include "widget/core/utf8.h"

namespace parlance {

std::optional<Error> failure_of(const HttpResponse& response) {
  if (response.status == 0) return Error{response.failure, "no response", {}};
  if (response.status >= 200 && response.status < 300) return std::nullopt;
  Error failure = wire::read_failure(response.body);
  // Whoever stands in between knows nothing of our codes.
  if (failure.code != ErrorCode::BadResponse) return failure;
  if (response.status == 408) failure.code = ErrorCode::TimedOut;
  if (response.status == 413) failure.code = ErrorCode::BodyTooLarge;
  if (response.status == 429) failure.code = ErrorCode::RateLimited;
  if (response.status >= 502 && response.status <= 504) failure.code = ErrorCode::Unavailable;
  return failure;
}

Controller::Controller(ControllerConfig config) : config_(std::move(config)) {
  conversation_.wanted_sort = config_.sort;
  conversation_.thread.start_order(config_.sort);
}

Effects Controller::take_effects() { return std::exchange(effects_, {}); }

void Controller::start() { ask_page(true); }

void Controller::storage_loaded(std::string_view key, std::string_view value) {
  const std::string own = config_.site + "/";
  if (!key.starts_with(own)) return;
  const std::string_view name = key.substr(own.size());
  if (name == "token") {
    if (value.size() <= kMaxTokenBytes) token_ = value;
    return;
  }
  if (name == "author" && conversation_.author.empty())
    conversation_.author = sanitized_text(value);
  if (name == "email" && conversation_.email.empty()) conversation_.email = sanitized_text(value);

  draft_loaded(name, value);
}

void Controller::http_response(const HttpResponse& response) {
  const std::optional<Asked> asked = requests_.close(response.id);
  if (!asked) return;
  std::visit([&](const auto& about) { answered(about, response); }, *asked);
}

void Controller::answered(const GuestAsked&, const HttpResponse& response) {
  is_asking_for_token_ = false;
  const auto waiting = std::exchange(waiting_for_token_, {});
  std::optional<Error> failure = failure_of(response);
  if (!failure) {
    Result<std::string> token = wire::read_guest(response.body);
    if (token) {
      token_ = *token;
      save("token", token_);
      for (const auto& write : waiting) std::visit([&](const auto& one) { send(one); }, write);
      if (renewal_ == Renewal::Running) {
        renewal_ = Renewal::Done;
        read_again();
      }
      return;
    }
    failure = token.error();
  }
  for (const auto& write : waiting) {
    if (const auto* vote = std::get_if<VoteSent>(&write)) vote_failed(*vote, failure->code);
    if (const auto* post = std::get_if<PostSent>(&write))
      post_failed(*post, *failure, response.retry_after);
    if (const auto* reaction = std::get_if<ReactionSent>(&write)) failed(*reaction, failure->code);
    if (const auto* report = std::get_if<ReportSent>(&write)) failed(*report, failure->code);
  }
}

void Controller::send_as_guest(GuestWrite write) {
  if (!token_.empty()) {
    std::visit([&](const auto& one) { send(one); }, write);
    return;
  }
  waiting_for_token_.push_back(std::move(write));
  ask_for_token();
}

bool Controller::send_again_with_new_token(GuestWrite write, bool is_second_try, ErrorCode code) {
  const bool is_token = code == ErrorCode::TokenInvalid || code == ErrorCode::TokenRequired ||
                        code == ErrorCode::TokenExpired;
  if (!is_token || is_second_try) return false;
  std::visit([](auto& one) { one.is_second_try = true; }, write);
  forget_token();
  send_as_guest(std::move(write));
  return true;
}

void Controller::toggle_collapsed(CommentIndex comment) {
  conversation_.thread.set_collapsed(comment, !conversation_.thread.entry(comment).is_collapsed);
}

void Controller::toggle_spoilers(CommentIndex comment) {
  if (conversation_.shown_spoilers.erase(comment) == 0)
    conversation_.shown_spoilers.insert(comment);
}

void Controller::announce(std::string text, Politeness politeness) {
  effects_.push_back(Announce{std::move(text), politeness});
}

void Controller::keep_view(std::string_view view) {
  save(std::string(kViewKey), std::string(view));
}

void Controller::save(const std::string& key, std::string value) {
  effects_.push_back(Save{config_.site + "/" + key, std::move(value)});
}

std::string Controller::new_idempotency_key() {
  return config_.entropy.substr(0, kMaxIdempotencyKeyBytes - 12) + "-" +
         std::to_string(++idempotency_keys_);
}

}  // namespace parlance
