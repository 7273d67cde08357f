#include "widget/backends/parlance_wire.h"
#include "widget/control/controller.h"
#include "widget/core/new_comment.h"

namespace parlance {

void Controller::open_draft(const CommentId& parent) {
  Draft* draft = conversation_.find_draft(parent);
  if (draft == nullptr) draft = &conversation_.reply_drafts[parent];
  draft->parent = parent;
  draft->is_open = true;
}

// What was written stays kept: Escape and Cancel fold the box away, only posting empties it.
void Controller::close_draft(const CommentId& parent) {
  Draft* const draft = conversation_.find_draft(parent);
  if (draft == nullptr || draft->sending != kNoComment) return;
  draft->is_open = false;
  draft->failure.reset();
  if (draft->text.empty() && !parent.empty()) conversation_.reply_drafts.erase(parent);
}

void Controller::set_draft_text(const CommentId& parent, std::string_view text,
                                float field_height) {
  Draft* const draft = conversation_.find_draft(parent);
  if (draft == nullptr || draft->sending != kNoComment) return;
  draft->field_height = field_height;
  if (text == draft->text) return;
  const int before = draft->remaining();
  draft->set_text(text);
  draft->written = now_;
  draft->is_written_here = true;
  draft->is_open |= !text.empty();
  save_draft(*draft);
  const int remaining = draft->remaining();
  for (const int told : {kRoomToTell, kRoomToTell / 10, -1}) {
    if (before > told && remaining <= told) return announce(room_left(remaining));
  }
}

void Controller::set_author(std::string_view author) {
  conversation_.author = author;
  save("author", conversation_.author);
}

void Controller::set_email(std::string_view email) {
  conversation_.email = email;
  save("email", conversation_.email);
}

void Controller::post(const CommentId& parent) {
  Draft* const draft = conversation_.find_draft(parent);
  if (draft == nullptr || draft->sending != kNoComment) return;
  draft->forget_attempt();
  draft->is_written_here = true;
  const Result<NewComment> comment = validated(comment_of(*draft));
  if (!comment) {
    draft->is_open = true;
    draft->failure = comment.error().code;
    draft->failed_field = comment.error().field;
    return;
  }
  if (draft->key.empty()) draft->key = new_idempotency_key();
  // Kept with its key before it is sent, so that a reload in between can send the same post again.
  save_draft(*draft);
  Comment shown{.id = "local-" + draft->key,
                .parent = parent,
                .author = comment.value().author,
                .avatar_url = conversation_.reader.avatar_url,
                .text = comment.value().text,
                .is_own = true};
  draft->sending = conversation_.thread.insert_own(std::move(shown));
  draft->is_open = false;
  if (parent.empty()) revealed_ = draft->sending;
  send_as_guest(PostSent{.parent = parent});
}

NewComment Controller::comment_of(const Draft& draft) const {
  const Reader& reader = conversation_.reader;
  if (reader.is_known()) return {draft.parent, reader.name, {}, draft.sendable_text()};
  return {draft.parent, conversation_.author, conversation_.email, draft.sendable_text()};
}

void Controller::send(PostSent post) {
  Draft* const draft = conversation_.find_draft(post.parent);
  if (draft == nullptr) return;
  HttpRequest request{.method = HttpMethod::Post,
                      .path = thread_path(config_.site, config_.thread) + "/comments",
                      .body = wire::write_new_comment(comment_of(*draft)),
                      .token = token_,
                      .idempotency_key = draft->key};
  request.id = requests_.open(post);
  effects_.push_back(std::move(request));
}

void Controller::answered(const PostSent& sent, const HttpResponse& response) {
  if (const std::optional<Error> failure = failure_of(response)) {
    if (send_again_with_new_token(sent, sent.is_second_try, failure->code)) return;
    return post_failed(sent, *failure, response.retry_after);
  }
  Result<Comment> posted = wire::read_posted(response.body);
  if (!posted) return post_failed(sent, posted.error(), 0);
  Draft* const draft = conversation_.find_draft(sent.parent);
  if (draft == nullptr) return;
  const bool is_pending = posted.value().status == CommentStatus::Pending;
  conversation_.thread.replace(draft->sending, std::move(posted).value());
  draft->sending = kNoComment;
  draft->notice = DraftNotice::None;
  save(draft_name(sent.parent, draft->slot), {});
  draft->take({});
  if (!sent.parent.empty()) conversation_.reply_drafts.erase(sent.parent);
  announce(is_pending ? "Your comment is waiting for approval." : "Your comment was posted.");
  if (conversation_.wants_replies && !conversation_.email.empty()) {
    send_as_guest(FollowSent{.is_for_replies = true});
  }
  conversation_.wants_replies = false;
  take_changes();
}

void Controller::post_failed(const PostSent& sent, const Error& error, int retry_after) {
  Draft* const draft = conversation_.find_draft(sent.parent);
  if (draft == nullptr) return;
  if (draft->sending != kNoComment) conversation_.thread.remove(draft->sending);
  draft->sending = kNoComment;
  draft->is_open = true;
  draft->failure = error.code;
  draft->failed_field = error.field;
  draft->retry_after = retry_after;
  // The server has it already, under another name: sent again, it is meant as another post.
  if (error.code == ErrorCode::IdempotencyConflict) draft->key.clear();
  announce("Your comment could not be posted.", Politeness::Assertive);
  take_changes();
}

void Controller::went_online() {
  woken();
  bool has_waited = false;
  const auto offer = [&](Draft& draft) {
    const bool has_no_network =
        draft.failure == ErrorCode::Offline || draft.failure == ErrorCode::NetworkFailed;
    if (!has_no_network) return;
    draft.forget_attempt();
    draft.notice = DraftNotice::BackOnline;
    has_waited = true;
  };
  offer(conversation_.root_draft);
  for (auto& [parent, draft] : conversation_.reply_drafts) offer(draft);
  if (has_waited) announce("You are online again. Your comment is not posted yet.");
}

void Controller::toggle_preview(const CommentId& parent) {
  Draft* const draft = conversation_.find_draft(parent);
  if (draft != nullptr) draft->is_previewed = !draft->is_previewed;
}

}  // namespace parlance
