#include "widget/views/footer_view.h"

#include <cmath>
#include <string>

#include "widget/views/words.h"

namespace parlance {
namespace {

constexpr std::string_view kRetry = "Try again";
constexpr std::string_view kMore = "Load more comments";

std::string state_text(const Conversation& conversation) {
  if (conversation.loading == LoadState::Failed && conversation.load_failure) {
    return "Comments could not be loaded. " +
           std::string(words::failure(*conversation.load_failure));
  }
  if (!conversation.has_first_page) return "Loading comments…";
  if (conversation.loading == LoadState::Loading) return "Loading more comments…";
  const int left_out = conversation.thread.left_out();
  std::string text = left_out > 0 ? words::left_out(left_out) : std::string();
  if (conversation.thread.info().is_closed) {
    text += text.empty() ? "Comments are closed." : " Comments are closed.";
  } else if (text.empty() && conversation.thread.reading_order().empty()) {
    text = "No comments yet. Start the conversation.";
  }
  return text;
}

}  // namespace

FooterLayout lay_out_footer(const Conversation& conversation, const Look& look, MorePages more,
                            AdvanceCache& advances) {
  FooterLayout layout;
  const bool has_failed = conversation.loading == LoadState::Failed;
  layout.role = has_failed ? Role::Alert : Role::Status;
  const std::string text = state_text(conversation);
  float y = 0;
  if (!text.empty()) {
    layout.lines =
        lay_out(look.shown(text), look.body, look.width, TextDirection::LeftToRight, advances);
    layout.state = {0, y, look.width, paragraphs_height(layout.lines, look.body_line, 0)};
    y += layout.state.height + look.gap;
  }
  const bool is_idle = conversation.loading == LoadState::Idle;
  const Wanted waits = is_idle ? Wanted::BySelf : conversation.wanted;
  const bool asks = more == MorePages::Ask && conversation.thread.has_more() && is_idle;
  if (has_failed || asks || waits != Wanted::BySelf) {
    const bool is_retry = has_failed || waits == Wanted::Again;
    layout.button_part = is_retry ? Part::Retry : Part::LoadMore;
    layout.is_waiting = !has_failed && !asks;
    const float width =
        std::ceil(advances.advance(look.shown(is_retry ? kRetry : kMore), look.strong_control)) +
        look.gap * 2.5f;
    layout.button = {0, y, width, look.field_height};
    y += look.field_height + look.gap;
  }
  layout.height = y;
  return layout;
}

void show_footer(Ui& ui, const FooterLayout& layout) {
  const Look& look = ui.look();
  if (!layout.lines.lines.empty()) {
    const bool is_alert = layout.role == Role::Alert;
    ui.paragraphs({.first_id = widget_node(Part::State),
                   .last_id = widget_node(Part::State),
                   .width = layout.state.width,
                   .line_height = look.body_line,
                   .face = look.body,
                   .colour = is_alert ? look.palette.danger : look.palette.muted,
                   .role = layout.role},
                  layout.lines);
  }
  if (layout.button_part == Part::None) return;
  ui.button({.id = widget_node(layout.button_part),
             .box = layout.button,
             .text = layout.button_part == Part::Retry ? kRetry : kMore,
             .style = ButtonStyle::Primary,
             .is_disabled = layout.is_waiting});
}

}  // namespace parlance
