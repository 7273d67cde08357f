#include "widget/dispatch.h"

#include <algorithm>

#include "widget/views/composer_view.h"
#include "widget/views/parts.h"

namespace parlance {
namespace {

struct Target {
  Part part = Part::None;
  CommentIndex comment = kNoComment;  // kNoComment for the widget's own parts.
  CommentId id;                       // Empty likewise.
};

std::optional<Target> target_of(NodeId node, const Thread& thread) {
  if (!is_comment_part(node)) return Target{static_cast<Part>(node), kNoComment, {}};
  const CommentIndex comment = comment_of(node);
  if (comment >= thread.entry_count() || thread.entry(comment).is_removed) return std::nullopt;
  return Target{part_named(node), comment, thread.entry(comment).comment.id};
}

void focus(Effects& effects, CommentIndex comment, Part part) {
  effects.push_back(FocusNode{composer_node(comment, part)});
}

void toggle_follow(Controller& controller, Effects& effects) {
  controller.toggle_follow();
  const bool is_open = controller.conversation().is_follow_open;
  effects.push_back(FocusNode{widget_node(is_open ? Part::FollowEmail : Part::Follow)});
}

// The field stays while the mailbox is told, and goes when it was.
void follow(Controller& controller, Effects& effects) {
  controller.follow();
  const bool has_failed = controller.conversation().follow_failure.has_value();
  effects.push_back(FocusNode{widget_node(has_failed ? Part::FollowEmail : Part::FollowClose)});
}

bool is_about_following(Part part) { return part >= Part::Follow && part <= Part::FollowClose; }

bool is_between(Part part, Part first, Part last) { return part >= first && part <= last; }

std::size_t place_after(Part first, Part part) {
  return static_cast<std::size_t>(part) - static_cast<std::size_t>(first);
}

bool is_of_report(Part part) {
  return is_between(part, Part::ReportForm, Part::ReportCancel) ||
         is_between(part, Part::FirstReportReason, Part::ReportSend);
}

// The box closes, and the focus goes back to what has opened it.
void cancel(const Target& target, Controller& controller, Effects& effects) {
  if (is_about_following(target.part)) {
    if (controller.conversation().is_follow_open) toggle_follow(controller, effects);
    return;
  }
  if (is_of_report(target.part)) {
    controller.toggle_report(target.comment);
    return focus(effects, target.comment, Part::Report);
  }
  const bool is_about_it = target.part == Part::Reply ||
                           (target.part >= Part::Composer && target.part <= Part::ComposerReplies);
  const Draft* const draft = controller.conversation().find_draft(target.id);
  if (!is_about_it || draft == nullptr || !draft->is_open) return;
  controller.close_draft(target.id);
  if (target.comment != kNoComment) focus(effects, target.comment, Part::Reply);
}

void step(const Target& target, ActionKind kind, Controller& controller, Effects& effects) {
  const std::vector<CommentIndex>& order = controller.conversation().thread.reading_order();
  const auto end = static_cast<std::ptrdiff_t>(order.size());
  // Keys can come faster than frames, which move the focus.
  const bool is_on_the_way = controller.revealed() != kNoComment;
  const CommentIndex from = is_on_the_way ? controller.revealed() : target.comment;
  const bool is_below = target.part >= Part::State && target.part <= Part::LoadMore;
  std::ptrdiff_t at = is_below ? end : -1;
  if (from != kNoComment) at = std::find(order.begin(), order.end(), from) - order.begin();
  at += kind == ActionKind::Next ? 1 : -1;
  if (at >= end) return controller.load_next_page();
  if (at < 0) return;
  const CommentIndex there = order[static_cast<std::size_t>(at)];
  controller.go_to(there);
  focus(effects, there, Part::Article);
}

// The form opens with its first choice, and closes with the focus on what has opened it.
void toggle_report(const Target& target, Controller& controller, Effects& effects) {
  controller.toggle_report(target.comment);
  const Aside* const aside = controller.conversation().find_aside(target.comment);
  const bool is_open = aside != nullptr && aside->report;
  focus(effects, target.comment, is_open ? Part::FirstReportReason : Part::Report);
}

void send_report(const Target& target, Controller& controller, Effects& effects) {
  controller.send_report(target.comment);
  const Aside* const aside = controller.conversation().find_aside(target.comment);
  if (aside == nullptr || !aside->report) return;
  if (aside->report->lacks_reason) focus(effects, target.comment, Part::FirstReportReason);
  if (aside->report->failure) focus(effects, target.comment, Part::ReportText);
}

void toggle_reply(const Target& target, Controller& controller, Effects& effects) {
  const Draft* const draft = controller.conversation().find_draft(target.id);
  if (draft != nullptr && draft->is_open) return controller.close_draft(target.id);
  controller.open_draft(target.id);
  focus(effects, target.comment, Part::ComposerText);
}

void post(const Target& target, Controller& controller, Effects& effects) {
  controller.post(target.id);
  const Draft* const draft = controller.conversation().find_draft(target.id);
  if (draft == nullptr) return;
  if (!draft->failure) {
    // The box is gone; the focus stays nearby instead of falling back to the page's top.
    if (target.comment != kNoComment) return focus(effects, target.comment, Part::Reply);
    return focus(effects, draft->sending, Part::Article);
  }
  const Part field = draft->failed_field == "author"  ? Part::ComposerAuthor
                     : draft->failed_field == "email" ? Part::ComposerEmail
                                                      : Part::ComposerText;
  focus(effects, target.comment, field);
}

// The button is gone with that; the focus goes on to what has been asked for.
void show_arrived(const Target& target, Controller& controller, Effects& effects) {
  const CommentIndex first = controller.show_arrived(target.comment);
  if (first != kNoComment) focus(effects, first, Part::Article);
}

void activate(const Target& target, Controller& controller, Effects& effects) {
  switch (target.part) {
    case Part::UpVote:
      return controller.vote(target.comment, Vote::Up);
    case Part::DownVote:
      return controller.vote(target.comment, Vote::Down);
    case Part::Reply:
      return toggle_reply(target, controller, effects);
    case Part::More:
      return controller.toggle_more(target.comment);
    case Part::CopyLink:
      return controller.copy_link(target.comment);
    case Part::Report:
    case Part::ReportCancel:
      return toggle_report(target, controller, effects);
    case Part::ReportSend:
      return send_report(target, controller, effects);
    case Part::React:
      return controller.toggle_reactions(target.comment);
    case Part::Collapse:
      return controller.toggle_collapsed(target.comment);
    case Part::Spoiler:
      return controller.toggle_spoilers(target.comment);
    case Part::ComposerPost:
      return post(target, controller, effects);
    case Part::ComposerCancel:
      return cancel(target, controller, effects);
    case Part::ComposerPreview:
      return controller.toggle_preview(target.id);
    case Part::ComposerUseOther:
      controller.use_other_draft(target.id);
      return focus(effects, target.comment, Part::ComposerText);
    case Part::ComposerKeepOwn:
      controller.keep_own_draft(target.id);
      return focus(effects, target.comment, Part::ComposerText);
    case Part::ComposerReplies:
      return controller.toggle_replies();
    case Part::Follow:
    case Part::FollowClose:
      return toggle_follow(controller, effects);
    case Part::FollowSend:
      return follow(controller, effects);
    case Part::Retry:
      return controller.retry_loading();
    case Part::LoadMore:
      return controller.load_more();
    case Part::NewComments:
    case Part::NewReplies:
      return show_arrived(target, controller, effects);
    default:
      if (is_between(target.part, Part::FirstReaction, Part::LastReaction)) {
        return controller.react(target.comment, place_after(Part::FirstReaction, target.part));
      }
      if (is_between(target.part, Part::FirstReportReason, Part::LastReportReason)) {
        const std::size_t reason = place_after(Part::FirstReportReason, target.part);
        return controller.set_report_reason(target.comment, static_cast<ReportReason>(reason));
      }
      if (const auto sort = chosen_sort(widget_node(target.part))) controller.choose_sort(*sort);
  }
}

void set_text(const Target& target, const SemanticAction& action, Controller& controller) {
  switch (target.part) {
    case Part::ComposerText:
      return controller.set_draft_text(target.id, action.value, action.natural_height);
    case Part::ComposerAuthor:
      return controller.set_author(action.value);
    case Part::ComposerEmail:
    case Part::FollowEmail:
      return controller.set_email(action.value);
    case Part::ReportText:
      return controller.set_report_text(target.comment, action.value);
    default:
      return;
  }
}

}  // namespace

std::optional<SortOrder> chosen_sort(NodeId node) {
  switch (static_cast<Part>(node)) {
    case Part::SortBest:
      return SortOrder::Best;
    case Part::SortMostVoted:
      return SortOrder::MostVoted;
    case Part::SortNewest:
      return SortOrder::Newest;
    case Part::SortOldest:
      return SortOrder::Oldest;
    default:
      return std::nullopt;
  }
}

void dispatch(const SemanticAction& action, Controller& controller, Effects& effects) {
  const std::optional<Target> target = target_of(action.node, controller.conversation().thread);
  if (!target) return;
  switch (action.kind) {
    case ActionKind::Activate:
      return activate(*target, controller, effects);
    case ActionKind::SetText:
      return set_text(*target, action, controller);
    case ActionKind::Submit:
      if (is_about_following(target->part)) return follow(controller, effects);
      if (is_of_report(target->part)) return send_report(*target, controller, effects);
      return post(*target, controller, effects);
    case ActionKind::Cancel:
      return cancel(*target, controller, effects);
    case ActionKind::Next:
    case ActionKind::Previous:
      return step(*target, action.kind, controller, effects);
  }
}

}  // namespace parlance
