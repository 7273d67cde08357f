#include "widget/views/follow_view.h"

#include <algorithm>
#include <cmath>

#include "widget/views/words.h"

namespace parlance {
namespace {

constexpr std::string_view kName = "Follow by e-mail";
constexpr std::string_view kSend = "E-mail me new comments";
constexpr std::string_view kCancel = "Cancel";
constexpr std::string_view kClose = "Close";

NodeId id(Part part) { return widget_node(part); }

void note(Ui& ui, Part part, const Box& box, const TextLayout& lines, Role role) {
  const Look& look = ui.look();
  ui.paragraphs({.first_id = id(part),
                 .last_id = id(part),
                 .parent = id(Part::FollowGroup),
                 .x = box.x,
                 .y = box.y,
                 .width = box.width,
                 .line_height = look.meta_line,
                 .face = look.meta,
                 .colour = role == Role::Alert ? look.palette.danger : look.palette.muted,
                 .role = role},
                lines);
}

}  // namespace

FollowLayout lay_out_follow(const Conversation& conversation, float top, const Look& look,
                            AdvanceCache& advances) {
  FollowLayout layout;
  const auto lines = [&](std::string_view text) {
    return lay_out(look.shown(text), look.meta, look.width, TextDirection::LeftToRight, advances);
  };
  const auto place = [&](Box& box, const TextLayout& text, float y) {
    box = {0, y, look.width, paragraphs_height(text, look.meta_line, 0)};
    return y + box.height;
  };
  const FollowState state = conversation.follow;
  layout.has_field = state == FollowState::Asking || state == FollowState::Sending;
  float y = top;
  if (layout.has_field) {
    layout.email = {0, y, std::min(look.width, look.body.size * 24), look.field_height};
    y += layout.email.height + look.gap / 2;
  }
  layout.hint_lines = lines(words::follow_hint(state));
  y = place(layout.hint, layout.hint_lines, y);
  if (conversation.follow_failure) {
    layout.failure_lines = lines(words::follow_failure(*conversation.follow_failure));
    y = place(layout.failure, layout.failure_lines, y + look.gap / 2);
  }
  y += look.gap;
  float x = 0;
  if (layout.has_field) {
    const float text = advances.advance(look.shown(kSend), look.strong_control);
    layout.send = {x, y, std::min(look.width, std::ceil(text) + look.gap * 2.5f),
                   look.field_height};
    x += layout.send.width + look.gap / 2;
  }
  const float close = quiet_button_width(layout.has_field ? kCancel : kClose, look, advances);
  if (x + close > look.width) {
    x = 0;
    y += look.field_height;
  }
  layout.close = {x, y, close, look.field_height};
  y += look.field_height + look.gap;
  layout.group = {0, top, look.width, y - top};
  return layout;
}

void show_follow(Ui& ui, const Conversation& conversation, const FollowLayout& layout) {
  const Look& look = ui.look();
  const Ui::Fade fade(ui, ui.share(id(Part::FollowGroup), Change::Appear));
  ui.say(id(Part::FollowGroup), 0, Role::Group, layout.group).name = kName;
  const bool is_sending = conversation.follow == FollowState::Sending;
  if (layout.has_field) {
    SemanticNode& email =
        ui.say(id(Part::FollowEmail), id(Part::FollowGroup), Role::TextField, layout.email);
    email.name = "Your e-mail";
    email.placeholder = "E-mail";
    email.face = look.body;
    email.value = ui.said().keep(conversation.email);
    email.autocomplete = "email";
    email.is_required = true;
    email.is_disabled = is_sending;
    email.is_invalid = conversation.follow_failure.has_value();
  }
  note(ui, Part::FollowHint, layout.hint, layout.hint_lines,
       layout.has_field ? Role::Text : Role::Status);
  if (conversation.follow_failure) {
    note(ui, Part::FollowFailure, layout.failure, layout.failure_lines, Role::Alert);
  }
  if (layout.has_field) {
    ui.button({.id = id(Part::FollowSend),
               .parent = id(Part::FollowGroup),
               .box = layout.send,
               .text = kSend,
               .style = ButtonStyle::Primary,
               .is_disabled = is_sending});
  }
  ui.button({.id = id(Part::FollowClose),
             .parent = id(Part::FollowGroup),
             .box = layout.close,
             .text = layout.has_field ? kCancel : kClose});
}

}  // namespace parlance
