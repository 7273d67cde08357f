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

// The buttons below the text, in a row, or in two where one has no room. Answers how tall they are.
float lay_out_actions(CommentLayout& layout, const Conversation& conversation, const Box& at,
                      const Look& look, AdvanceCache& advances) {
  const Comment& comment = conversation.thread.entry(layout.index).comment;
  const float size = look.control_height;
  // Icons have room around them; the row's first one lines up with the text all the same.
  float x = at.x - std::round((size - look.control.size) / 2);
  float y = at.y;
  layout.votes = {x, y, size * 2 + score_width(comment, look, advances), size};
  x += layout.votes.width;
  const auto add = [&](std::string_view text) {
    const float width = quiet_button_width(text, look, advances);
    if (x + width > at.x + at.width) {
      x = at.x - look.gap * 0.75f;
      y += size;
    }
    const Box box{x, y, width, size};
    x += width;
    return box;
  };
  if (!conversation.thread.info().is_closed) layout.reply = add(kReply);
  if (layout.body_lines->has_spoiler)
    layout.spoiler = add(spoiler_button(conversation, layout.index));
  lay_out_arrived(layout, conversation, {x, y, at.x + at.width - x, size}, look, advances);
  return y + size - at.y;
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

  const auto failed = conversation.failed_votes.find(index);
  if (failed != conversation.failed_votes.end()) {
    layout.notice_lines =
        lay_out("Your vote was not saved. " + std::string(words::failure(failed->second)),
                look.meta, width, TextDirection::LeftToRight, advances);
    layout.notice = {x, y, width, paragraphs_height(layout.notice_lines, look.meta_line, 0)};
    y += layout.notice.height;
  }
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
