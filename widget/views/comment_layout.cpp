#include <algorithm>
#include <cmath>

#include "widget/core/relative_time.h"
#include "widget/views/body_text.h"
#include "widget/views/comment_parts.h"
#include "widget/views/comment_view.h"
#include "widget/views/words.h"

namespace parlance {
namespace {

float indent_of(const Thread::Entry& entry, const Look& look) {
  return look.indent * static_cast<float>(std::min(entry.depth, look.indent_levels));
}

// The author, then the time beside it where there is room and below it where there is none.
void lay_out_header(CommentLayout& layout, const Conversation& conversation, float x, float right,
                    const Look& look, UnixSeconds now, AdvanceCache& advances) {
  const Thread::Entry& entry = conversation.thread.entry(layout.index);
  const float row = look.drawn_control();
  const float line = std::max(look.meta_line, std::round(look.author.size * 1.4f));
  const float top = std::max(0.0f, std::floor((row - line) / 2));
  const float body = top + line + std::round(look.gap / 3);
  layout.collapse_drawn = {right - row, 0, row, row};
  layout.collapse = layout.collapse_drawn;
  // A finger's reaches up into the gap: below, there may be a link in the text.
  if (look.least_control > 0)
    layout.collapse = {right - look.control_height, body - look.control_height, look.control_height,
                       look.control_height};
  const float room = std::max(1.0f, layout.collapse.x - look.gap / 2 - x);

  layout.author_lines =
      lay_out(comment_author(entry.comment), look.author, room, look.base_direction(), advances);
  const float author_width =
      layout.author_lines.lines.empty() ? 0 : std::ceil(layout.author_lines.lines.front().width);
  const float author_height = paragraphs_height(layout.author_lines, line, 0);
  layout.author = {x, top, layout.author_lines.lines.size() > 1 ? room : author_width,
                   author_height};

  const float time =
      advances.advance(look.shown(comment_time(conversation, layout.index, now)), look.meta);
  const std::string badge_text = comment_badge(conversation, layout.index);
  const float badge =
      badge_text.empty()
          ? 0
          : std::ceil(advances.advance(look.shown(badge_text), look.meta)) + look.gap;
  const float separate = look.gap * 0.75f;
  const bool has_room = layout.author_lines.lines.size() <= 1 &&
                        author_width + separate + time + separate + badge <= room;
  const float time_x = has_room ? x + author_width + separate : x;
  const float time_y = has_room ? top : top + author_height;
  layout.time = {time_x, time_y, time, line};
  if (badge > 0) layout.badge = {time_x + std::ceil(time) + separate, time_y, badge, line};
}

// Between the buttons that vote.
float score_width(const Comment& comment, const Look& look, AdvanceCache& advances) {
  const float width = advances.advance(std::to_string(comment.score()), look.strong_control);
  return std::max(std::ceil(width), look.control.size);
}

// In as many words as the row has room for: it comes while somebody reads, and moves nothing.
void lay_out_arrived(CommentLayout& layout, const Conversation& conversation, const Box& room,
                     const Look& look, AdvanceCache& advances) {
  const auto count = static_cast<int>(conversation.to_show(layout.index).size());
  if (count == 0) return;
  for (const std::string& text : {words::new_replies(count), words::new_shortly(count)}) {
    const float shown = std::ceil(advances.advance(look.shown(text), look.strong_control));
    const float width = std::max(look.least_control, shown + look.gap * 1.5f);
    if (width > room.width) continue;
    layout.arrived = {room.x, room.y, width, room.height};
    layout.arrived_text = text;
    return;
  }
}

// Puts buttons in a row, or in several where one has no room.
class ButtonRow {
 public:
  ButtonRow(const Box& at, float x, const Look& look, AdvanceCache& advances)
      : at_(at), x_(x), y_(at.y), look_(look), advances_(advances) {}

  Box add(std::string_view text, float gap = 0) {
    const float width = quiet_button_width(text, look_, advances_);
    if (x_ + width > at_.x + at_.width) {
      // Letters line up with the text, and so do the edges of those that show one.
      x_ = gap > 0 ? at_.x : at_.x - look_.gap * 0.75f;
      y_ += look_.control_height;
    }
    const Box box{x_, y_, width, look_.control_height};
    x_ += width + gap;
    return box;
  }
  // What is left of the last row.
  Box rest() const { return {x_, y_, at_.x + at_.width - x_, look_.control_height}; }
  float height() const { return y_ + look_.control_height - at_.y; }

 private:
  const Box& at_;
  float x_;
  float y_;
  const Look& look_;
  AdvanceCache& advances_;
};

// The ones that were chosen, then a button for the others, and those behind it when it is open.
void add_reactions(CommentLayout& layout, const Conversation& conversation, ButtonRow& row,
                   float gap) {
  const Comment& comment = conversation.thread.entry(layout.index).comment;
  const ThreadInfo& info = conversation.thread.info();
  const std::size_t count = std::min(info.reactions.size(), layout.reactions.size());
  bool has_others = false;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_chosen = reaction_count(comment, info.reactions[i]) > 0;
    has_others |= !is_chosen;
    if (is_chosen) layout.reactions[i] = row.add(reaction_text(comment, info.reactions[i]), gap);
  }
  if (!has_others || comment.is_own || info.is_closed) return;
  layout.react = row.add(kReact);
  const Aside* const aside = conversation.find_aside(layout.index);
  if (aside == nullptr || !aside->shows_reactions) return;
  for (std::size_t i = 0; i < count; ++i) {
    if (layout.reactions[i].width == 0) layout.reactions[i] = row.add(info.reactions[i], gap);
  }
}

void add_more(CommentLayout& layout, const Conversation& conversation, ButtonRow& row) {
  const Comment& comment = conversation.thread.entry(layout.index).comment;
  layout.more = row.add(kMore);
  const Aside* const aside = conversation.find_aside(layout.index);
  if (aside == nullptr || !aside->shows_more) return;
  layout.copy = row.add(kCopyLink);
  if (!comment.is_own) layout.report = row.add(report_button(comment));
}

// The buttons below the text, in a row, or in two where one has no room. Answers how tall they are.
float lay_out_actions(CommentLayout& layout, const Conversation& conversation, const Box& at,
                      const Look& look, AdvanceCache& advances) {
  const Comment& comment = conversation.thread.entry(layout.index).comment;
  const float size = look.control_height;
  // Icons have room around them; the row's first one lines up with the text all the same.
  float x = at.x - std::round((size - look.control.size) / 2);
  layout.votes = {x, at.y, size * 2 + score_width(comment, look, advances), size};
  x += layout.votes.width;
  ButtonRow row(at, x, look, advances);
  add_reactions(layout, conversation, row, std::round(look.gap / 3));
  if (!conversation.thread.info().is_closed) layout.reply = row.add(kReply);
  if (layout.body_lines->has_spoiler)
    layout.spoiler = row.add(spoiler_button(conversation, layout.index));
  add_more(layout, conversation, row);
  lay_out_arrived(layout, conversation, row.rest(), look, advances);
  return row.height();
}

// What is told of the buttons above, and what they have opened. Answers where it ends.
float lay_out_aside(CommentLayout& layout, const Conversation& conversation, const Box& at,
                    const Look& look, AdvanceCache& advances) {
  float y = at.y;
  const Aside* const aside = conversation.find_aside(layout.index);
  std::string notice = aside == nullptr ? std::string() : words::aside_notice(*aside);
  layout.is_failure = aside != nullptr && aside->failure;
  const auto failed = conversation.failed_votes.find(layout.index);
  if (failed != conversation.failed_votes.end()) {
    notice = "Your vote was not saved. " + std::string(words::failure(failed->second));
    layout.is_failure = true;
  }
  if (!notice.empty()) {
    layout.notice_lines =
        lay_out(look.shown(notice), look.meta, at.width, TextDirection::LeftToRight, advances);
    layout.notice = {at.x, y, at.width, paragraphs_height(layout.notice_lines, look.meta_line, 0)};
    y += layout.notice.height;
  }
  if (aside != nullptr && !aside->link.empty()) {
    layout.link = {at.x, y + look.gap / 2, at.width, look.field_height};
    y = layout.link.y + layout.link.height;
  }
  if (aside != nullptr && aside->report) {
    layout.has_report = true;
    layout.report_form = lay_out_report(*aside->report, {at.x, y, at.width, 0}, look, advances);
    y += layout.report_form.form.height;
  }
  return y;
}

}  // namespace

CommentLayout lay_out_comment(const Conversation& conversation, CommentIndex index,
                              const Look& look, UnixSeconds now, CommentTexts& texts) {
  const Thread::Entry& entry = conversation.thread.entry(index);
  AdvanceCache& advances = texts.advances();
  CommentLayout layout;
  layout.index = index;
  const float indent = indent_of(entry, look);
  const float x = indent + look.avatar + look.gap;
  const float width = std::max(1.0f, look.width - x);
  layout.avatar = {indent, 0, look.avatar, look.avatar};
  lay_out_header(layout, conversation, x, look.width, look, now, advances);
  const float header = layout.time.y + layout.time.height;
  if (entry.is_collapsed) {
    layout.height = std::max({header, look.avatar, look.drawn_control()}) + look.comment_gap;
    return layout;
  }

  float y = header + std::round(look.gap / 3);
  layout.body_lines = &texts.lines(conversation, index, look, width);
  layout.body = {x, y, width, body_height(*layout.body_lines, look)};
  y += layout.body.height + look.gap_at_controls(std::round(look.gap / 3));
  if (has_actions(conversation, index))
    y += lay_out_actions(layout, conversation, {x, y, width, 0}, look, advances);

  y = lay_out_aside(layout, conversation, {x, y, width, 0}, look, advances);
  const Draft* const draft = conversation.find_draft(entry.comment.id);
  if (!entry.comment.id.empty() && draft != nullptr && draft->is_open) {
    layout.has_composer = true;
    y += look.gap;
    layout.composer =
        lay_out_composer(composer_of(conversation, index, x, y, width), look, advances);
    y += layout.composer.height;
  }
  layout.height = std::max(y, look.avatar) + look.comment_gap;
  return layout;
}

float estimated_comment_height(const Thread::Entry& entry, const TextWeight& weight,
                               const Look& look) {
  const float header = look.drawn_control();
  if (entry.is_collapsed) return std::max(header, look.avatar) + look.comment_gap;
  const float width = look.width - indent_of(entry, look) - look.avatar - look.gap;
  const int lines = std::max(1, estimated_lines(weight, look.body.size, width));
  const float above = std::round(look.gap / 3);
  return header + above + look.gap_at_controls(above) + static_cast<float>(lines) * look.body_line +
         static_cast<float>(weight.paragraphs) * std::round(look.body_line * 0.5f) +
         look.control_height + look.comment_gap;
}

}  // namespace parlance
