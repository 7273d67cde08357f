// What readers do beside a comment: reactions, reports to moderators, copying its link.
#include "widget/backends/parlance_wire.h"
#include "widget/control/controller.h"
#include "widget/core/utf8.h"

namespace parlance {

std::string Controller::comment_path(CommentIndex index) const {
  return thread_path(config_.site, config_.thread) + "/comments/" +
         percent_encoded(conversation_.thread.entry(index).comment.id);
}

bool Controller::can_speak_of(CommentIndex index) const {
  const Comment& comment = conversation_.thread.entry(index).comment;
  return !comment.is_own && comment.status == CommentStatus::Approved;
}

void Controller::toggle_more(CommentIndex index) {
  Aside& aside = conversation_.aside(index);
  aside.shows_more = !aside.shows_more;
  aside.notice = AsideNotice::None;
  aside.link.clear();
}

void Controller::toggle_reactions(CommentIndex index) {
  Aside& aside = conversation_.aside(index);
  aside.shows_reactions = !aside.shows_reactions;
}

void Controller::copy_link(CommentIndex index) {
  effects_.push_back(
      CopyLink{comment_part(index, 0), "#comment-" + conversation_.thread.entry(index).comment.id});
}

void Controller::link_copied(CommentIndex index, std::string_view address) {
  Aside& aside = conversation_.aside(index);
  aside.link = address;
  aside.notice = address.empty() ? AsideNotice::Copied : AsideNotice::NotCopied;
  announce(address.empty() ? "Link copied." : "The link could not be copied.");
}

void Controller::react(CommentIndex index, std::size_t kind) {
  const std::vector<std::string>& kinds = conversation_.thread.info().reactions;
  if (kind >= kinds.size() || !can_speak_of(index)) return;
  if (conversation_.thread.info().is_closed) return;
  conversation_.aside(index).failure.reset();
  const std::optional<bool> to_send =
      conversation_.reactions.toggle(index, conversation_.thread.comment(index), kinds[kind]);
  if (to_send) {
    send_as_guest(ReactionSent{.comment = index, .kind = kinds[kind], .is_there = *to_send});
  }
}

void Controller::send(ReactionSent sent) {
  HttpRequest request{
      .method = sent.is_there ? HttpMethod::Put : HttpMethod::Delete,
      .path = comment_path(sent.comment) + "/reactions/" + percent_encoded(sent.kind),
      .token = token_};
  request.id = requests_.open(std::move(sent));
  effects_.push_back(std::move(request));
}

void Controller::answered(const ReactionSent& sent, const HttpResponse& response) {
  if (const std::optional<Error> failure = failure_of(response)) {
    if (send_again_with_new_token(sent, sent.is_second_try, failure->code)) return;
    return failed(sent, failure->code);
  }
  Result<Comment> answer = wire::read_reactions(response.body);
  if (!answer) return failed(sent, answer.error().code);
  Comment& comment = conversation_.thread.comment(sent.comment);
  const std::optional<bool> next = conversation_.reactions.confirm(
      sent.comment, comment, sent.kind, std::move(answer.value().reactions));
  if (next) {
    send_as_guest(ReactionSent{.comment = sent.comment, .kind = sent.kind, .is_there = *next});
  }
}

void Controller::failed(const ReactionSent& sent, ErrorCode code) {
  conversation_.reactions.fail(sent.comment, conversation_.thread.comment(sent.comment), sent.kind);
  conversation_.aside(sent.comment).failure = code;
  announce("Your reaction could not be saved.", Politeness::Assertive);
}

void Controller::toggle_report(CommentIndex index) {
  Aside& aside = conversation_.aside(index);
  aside.notice = AsideNotice::None;
  aside.failure.reset();
  if (!can_speak_of(index) || (aside.report && aside.report->is_sending)) return;
  if (conversation_.thread.entry(index).comment.is_reported) {
    return send_as_guest(ReportSent{.comment = index, .is_withdrawn = true});
  }
  aside.report ? aside.report.reset() : void(aside.report.emplace());
}

void Controller::set_report_reason(CommentIndex index, ReportReason reason) {
  ReportDraft* const draft = conversation_.report_draft(index);
  if (draft == nullptr || draft->is_sending) return;
  draft->reason = reason;
  draft->lacks_reason = false;
}

void Controller::set_report_text(CommentIndex index, std::string_view text) {
  ReportDraft* const draft = conversation_.report_draft(index);
  if (draft != nullptr && !draft->is_sending) draft->text = sanitized_text(text);
}

void Controller::send_report(CommentIndex index) {
  ReportDraft* const draft = conversation_.report_draft(index);
  if (draft == nullptr || draft->is_sending) return;
  draft->failure.reset();
  draft->lacks_reason = !draft->reason;
  if (draft->lacks_reason) return;
  if (count_code_points(draft->text) > kMaxReportCodePoints) {
    draft->failure = ErrorCode::TextTooLong;
    return;
  }
  draft->is_sending = true;
  send_as_guest(ReportSent{.comment = index});
}

void Controller::send(ReportSent sent) {
  HttpRequest request{.method = sent.is_withdrawn ? HttpMethod::Delete : HttpMethod::Put,
                      .path = comment_path(sent.comment) + "/report",
                      .token = token_};
  const ReportDraft* const draft = conversation_.report_draft(sent.comment);
  if (!sent.is_withdrawn) {
    if (draft == nullptr || !draft->reason) return;
    request.body = wire::write_report_request({*draft->reason, draft->text});
  }
  request.id = requests_.open(sent);
  effects_.push_back(std::move(request));
}

void Controller::answered(const ReportSent& sent, const HttpResponse& response) {
  if (const std::optional<Error> failure = failure_of(response)) {
    if (send_again_with_new_token(sent, sent.is_second_try, failure->code)) return;
    return failed(sent, failure->code);
  }
  conversation_.thread.comment(sent.comment).is_reported = !sent.is_withdrawn;
  Aside& aside = conversation_.aside(sent.comment);
  aside.report.reset();
  aside.notice = sent.is_withdrawn ? AsideNotice::Withdrawn : AsideNotice::Reported;
  announce(sent.is_withdrawn ? "Your report was taken back."
                             : "Thank you. A moderator will look at it.");
}

void Controller::failed(const ReportSent& sent, ErrorCode code) {
  Aside& aside = conversation_.aside(sent.comment);
  if (!sent.is_withdrawn && aside.report) {
    aside.report->is_sending = false;
    aside.report->failure = code;
  } else {
    aside.failure = code;
  }
  announce(
      sent.is_withdrawn ? "Your report could not be taken back." : "Your report could not be sent.",
      Politeness::Assertive);
}

}  // namespace parlance
