#include "widget/backends/parlance_wire.h"
#include "widget/control/controller.h"

namespace parlance {

void Controller::vote(CommentIndex index, Vote vote) {
  Comment& comment = conversation_.thread.comment(index);
  const bool can_vote = !comment.is_own && comment.status == CommentStatus::Approved &&
                        !conversation_.thread.info().is_closed;
  if (!can_vote) return;
  conversation_.failed_votes.erase(index);
  const Vote wanted = comment.vote == vote ? Vote::None : vote;
  if (const std::optional<Vote> to_send = conversation_.votes.cast(index, comment, wanted)) {
    send_as_guest(VoteSent{.comment = index, .vote = *to_send});
  }
}

void Controller::send(VoteSent vote) {
  HttpRequest request{.method = HttpMethod::Put,
                      .path = comment_path(vote.comment) + "/vote",
                      .body = wire::write_vote_request(vote.vote),
                      .token = token_};
  request.id = requests_.open(vote);
  effects_.push_back(std::move(request));
}

void Controller::answered(const VoteSent& sent, const HttpResponse& response) {
  if (const std::optional<Error> failure = failure_of(response)) {
    if (send_again_with_new_token(sent, sent.is_second_try, failure->code)) return;
    return vote_failed(sent, failure->code);
  }
  const Result<wire::VoteResult> result = wire::read_vote_result(response.body);
  if (!result) return vote_failed(sent, result.error().code);
  Comment& comment = conversation_.thread.comment(sent.comment);
  const std::optional<Vote> next = conversation_.votes.confirm(
      sent.comment, comment, result.value().vote, result.value().up, result.value().down);
  if (next) send_as_guest(VoteSent{.comment = sent.comment, .vote = *next});
}

void Controller::vote_failed(const VoteSent& sent, ErrorCode code) {
  conversation_.votes.fail(sent.comment, conversation_.thread.comment(sent.comment));
  conversation_.failed_votes[sent.comment] = code;
  announce("Your vote could not be saved.", Politeness::Assertive);
}

}  // namespace parlance
