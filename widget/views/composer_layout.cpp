#include <algorithm>
#include <cmath>
#include <string>

#include "widget/core/new_comment.h"
#include "widget/views/body_text.h"
#include "widget/views/composer_text.h"
#include "widget/views/composer_view.h"
#include "widget/views/words.h"

namespace parlance {
namespace {

// The Markdown that readers use most, most used first: as much of it as fits.
constexpr std::string_view kMarks[] = {"**bold**", "*italic*",    "> quote",
                                       "`code`",   "||spoiler||", "- list"};

float text_height(const ComposerSpec& spec, const Look& look, bool is_open) {
  const float padding = look.gap * 2;
  const float line = std::max(look.body_line, 20.0f);
  if (!is_open) return std::max(look.field_height, line + padding);
  const float least = line * 3 + padding;
  // Taller texts scroll inside the field, so that the button below stays in reach.
  const float most = line * (look.is_narrow ? 10 : 16) + padding;
  return std::clamp(std::ceil(spec.draft->field_height), least, most);
}

// Puts one part below the other.
class ComposerColumn {
 public:
  ComposerColumn(const ComposerSpec& spec, const Look& look, AdvanceCache& advances)
      : spec_(spec), draft_(*spec.draft), look_(look), advances_(advances), y_(spec.y) {}

  ComposerLayout lay_out() {
    layout_.is_open = draft_.is_open;
    layout_.text = {spec_.x, y_, spec_.width, text_height(spec_, look_, layout_.is_open)};
    y_ += layout_.text.height;
    if (layout_.is_open) {
      add_tools();
      add_notice();
      if (draft_.is_previewed) add_preview();
      add_fields();
      add_replies();
      add_failure();
      add_buttons();
      place_avatar();
    }
    layout_.height = y_ - spec_.y;
    return std::move(layout_);
  }

 private:
  float width_of(std::string_view text, const Face& face) {
    return std::ceil(advances_.advance(look_.shown(text), face));
  }
  float quiet_width(std::string_view text) { return quiet_button_width(text, look_, advances_); }
  TextLayout note(std::string_view text) {
    return parlance::lay_out(look_.shown(text), look_.meta, spec_.width, TextDirection::LeftToRight,
                             advances_);
  }
  float note_height(const TextLayout& lines) const {
    return paragraphs_height(lines, look_.meta_line, 0);
  }

  void add_tools() {
    y_ += look_.gap_at_controls(std::round(look_.gap / 3));
    const float button = quiet_width(composer_text::kPreview);
    const float height = look_.control_height;
    layout_.preview = {spec_.x + spec_.width - button, y_, button, height};
    const float room = spec_.width - button - look_.gap;
    layout_.help_text = help_text(room);
    layout_.help = {spec_.x, y_ + (height - look_.meta_line) / 2, room, look_.meta_line};
    y_ += height + look_.gap_at_controls(std::round(look_.gap / 2));
  }

  std::string help_text(float room) {
    std::string text;
    if (const int remaining = draft_.remaining(); remaining <= kRoomToTell) {
      text = room_left(remaining);
      return width_of(text, look_.meta) > room ? std::to_string(remaining) : text;
    }
    for (const std::string_view mark : kMarks) {
      std::string longer = text;
      if (!text.empty()) longer += "   ";
      longer += mark;
      if (width_of(longer, look_.meta) > room) break;
      text = std::move(longer);
    }
    return text;
  }

  void add_notice() {
    const std::string_view text = words::notice(draft_);
    if (text.empty()) return;
    layout_.notice_lines = note(text);
    const float height = note_height(layout_.notice_lines);
    if (draft_.other.text.empty()) {
      layout_.notice = {spec_.x, y_, spec_.width, height};
      y_ += height + look_.gap;
      return;
    }
    // The buttons stand beside what they are about where there is room, else below it.
    const float use = quiet_width(composer_text::kUseOther);
    const float keep = quiet_width(composer_text::kKeepOwn);
    const float row = look_.control_height;
    float x = spec_.x + width_of(text, look_.meta) + look_.gap / 2;
    const bool is_one_row = x + use + keep <= spec_.x + spec_.width;
    layout_.notice = {spec_.x, y_ + (is_one_row ? (row - height) / 2 : 0), spec_.width, height};
    if (!is_one_row) {
      y_ += height;
      x = spec_.x - look_.gap * 0.75f;
    }
    layout_.use_other = {x, y_, use, row};
    layout_.keep_own = {x + use, y_, keep, row};
    y_ += row + look_.gap_at_controls(std::round(look_.gap / 2));
  }

  void add_preview() {
    const float inset = look_.gap;
    layout_.previewed_lines =
        lay_out_body(is_blank(draft_.text) ? plain_document(composer_text::kNothing)
                                           : parse_markup(draft_.text, Spoilers::Hide),
                     look_, std::max(1.0f, spec_.width - 2 * inset), advances_);
    layout_.previewed = {spec_.x, y_, spec_.width,
                         body_height(layout_.previewed_lines, look_) + 2 * inset};
    y_ += layout_.previewed.height + look_.gap;
  }

  void add_fields() {
    is_stacked_ = spec_.width < look_.body.size * 26;
    if (spec_.conversation->reader.is_known()) return add_writer();
    const float height = look_.field_height;
    const float width = is_stacked_ ? spec_.width : std::floor((spec_.width - look_.gap) / 2);
    layout_.author = {spec_.x, y_, width, height};
    if (is_stacked_) y_ += height + look_.gap;
    layout_.email = {is_stacked_ ? spec_.x : spec_.x + width + look_.gap, y_,
                     is_stacked_ ? width : spec_.width - width - look_.gap, height};
    y_ += height;
    layout_.hint.width = width_of(composer_text::kEmailHint, look_.meta);
    layout_.hint.height = look_.meta_line;
    if (is_stacked_) add_hint(std::round(look_.gap / 3));
  }

  // In the place of the hint.
  void add_writer() {
    const float size = avatar_size();
    const float room = std::max(1.0f, spec_.width - size - look_.gap);
    layout_.writer_lines =
        parlance::lay_out(look_.shown(composer_text::writing_as(spec_.conversation->reader)),
                          look_.meta, room, look_.base_direction(), advances_);
    const TextLayout& lines = layout_.writer_lines;
    const float width = lines.lines.size() == 1 ? std::ceil(lines.lines.front().width) : room;
    layout_.hint.width = size + look_.gap / 2 + width;
    layout_.hint.height = std::max(size, note_height(lines));
    if (is_stacked_) add_hint(0);
  }
  float avatar_size() const { return std::round(look_.body.size * 1.5f); }
  void place_avatar() {
    if (layout_.writer_lines.lines.empty()) return;
    const float size = avatar_size();
    Box& hint = layout_.hint;
    layout_.avatar = {hint.x, hint.y + (hint.height - size) / 2, size, size};
    const float height = note_height(layout_.writer_lines);
    const float indent = size + look_.gap / 2;
    hint = {hint.x + indent, hint.y + (hint.height - height) / 2, hint.width - indent, height};
  }

  void add_hint(float gap) {
    layout_.hint.x = spec_.x;
    layout_.hint.y = y_ + gap;
    y_ = layout_.hint.y + layout_.hint.height;
  }

  // Only for who has said where to.
  void add_replies() {
    const Conversation& conversation = *spec_.conversation;
    const bool has_email = !conversation.reader.is_known() && !conversation.email.empty();
    if (!conversation.can_be_followed || !has_email) return;
    y_ += look_.gap_at_controls(std::round(look_.gap / 2));
    const float width = quiet_width(composer_text::kReplies);
    layout_.replies = {spec_.x - look_.gap * 0.75f, y_, width, look_.control_height};
    y_ += look_.control_height;
  }

  void add_failure() {
    if (!draft_.failure) return;
    layout_.failure_lines = note(words::post_failure(draft_));
    y_ += look_.gap / 2;
    layout_.failure = {spec_.x, y_, spec_.width, note_height(layout_.failure_lines)};
    y_ += layout_.failure.height;
  }

  void add_buttons() {
    y_ += look_.gap;
    const auto width = [&](std::string_view text, const Face& face) {
      return width_of(text, face) + look_.gap * 2.5f;
    };
    const float height = look_.field_height;
    const float post = width(composer_text::post(spec_), look_.strong_control);
    const float cancel = width(composer_text::kCancel, look_.control);
    layout_.post = {spec_.x + spec_.width - post, y_, post, height};
    layout_.cancel = {layout_.post.x - cancel - look_.gap / 2, y_, cancel, height};
    const float row = y_;
    y_ += height;
    if (is_stacked_) return;
    // Beside the buttons where there is room, else below them.
    if (layout_.cancel.x - spec_.x < layout_.hint.width + look_.gap) return add_hint(look_.gap / 2);
    layout_.hint.x = spec_.x;
    layout_.hint.y = row + (height - layout_.hint.height) / 2;
  }

  const ComposerSpec& spec_;
  const Draft& draft_;
  const Look& look_;
  AdvanceCache& advances_;
  ComposerLayout layout_;
  float y_;
  bool is_stacked_ = false;
};

}  // namespace

ComposerLayout lay_out_composer(const ComposerSpec& spec, const Look& look,
                                AdvanceCache& advances) {
  return ComposerColumn(spec, look, advances).lay_out();
}

}  // namespace parlance
