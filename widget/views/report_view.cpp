#include "widget/views/report_view.h"

#include <cmath>
#include <string>

#include "widget/views/words.h"

namespace parlance {
namespace {

constexpr std::string_view kQuestion = "What is wrong with it?";
constexpr std::string_view kHint = "Only moderators see this.";
constexpr std::string_view kCancel = "Cancel";
constexpr std::string_view kSay = "Say more (optional)";

std::string_view send_text(const ReportDraft& draft) {
  return draft.is_sending ? "Sending…" : "Send report";
}

std::string failure_text(const ReportDraft& draft) {
  if (draft.lacks_reason) return "Please choose a reason.";
  return draft.failure ? std::string(words::failure(*draft.failure)) : std::string();
}

Part reason_part(std::size_t reason) {
  return static_cast<Part>(static_cast<NodeId>(Part::FirstReportReason) + reason);
}

// Puts one part below the other.
class ReportColumn {
 public:
  ReportColumn(const ReportDraft& draft, const Box& at, const Look& look, AdvanceCache& advances)
      : draft_(draft), at_(at), look_(look), advances_(advances), y_(at.y) {}

  ReportLayout lay_out() {
    add_note(kQuestion, layout_.question, lines_);
    add_reasons();
    layout_.text = {at_.x, y_ + look_.gap / 2, at_.width, look_.field_height};
    y_ = layout_.text.y + layout_.text.height + look_.gap / 2;
    add_note(kHint, layout_.hint, layout_.hint_lines);
    const std::string failure = failure_text(draft_);
    if (!failure.empty()) add_note(failure, layout_.failure, layout_.failure_lines);
    add_buttons();
    layout_.form = {at_.x, at_.y, at_.width, y_ - at_.y};
    return std::move(layout_);
  }

 private:
  void add_note(std::string_view text, Box& box, TextLayout& lines) {
    lines = parlance::lay_out(look_.shown(text), look_.meta, at_.width, TextDirection::LeftToRight,
                              advances_);
    box = {at_.x, y_, at_.width, paragraphs_height(lines, look_.meta_line, 0)};
    y_ += box.height;
  }
  void add_reasons() {
    const float height = look_.control_height;
    float x = at_.x;
    for (std::size_t i = 0; i < layout_.reasons.size(); ++i) {
      const std::string_view text = words::reason_name(static_cast<ReportReason>(i));
      const float width = quiet_button_width(text, look_, advances_);
      if (x > at_.x && x + width > at_.x + at_.width) {
        x = at_.x;
        y_ += height;
      }
      layout_.reasons[i] = {x, y_, width, height};
      x += width + look_.gap / 2;
    }
    y_ += height;
  }
  void add_buttons() {
    const float height = look_.field_height;
    const auto width = [&](std::string_view text, const Face& face) {
      return std::ceil(advances_.advance(look_.shown(text), face)) + look_.gap * 2.5f;
    };
    y_ += look_.gap / 2;
    const float send = width(send_text(draft_), look_.strong_control);
    const float cancel = width(kCancel, look_.control);
    layout_.send = {at_.x + at_.width - send, y_, send, height};
    layout_.cancel = {layout_.send.x - cancel - look_.gap / 2, y_, cancel, height};
    y_ += height;
  }

  const ReportDraft& draft_;
  const Box& at_;
  const Look& look_;
  AdvanceCache& advances_;
  ReportLayout layout_;
  TextLayout lines_;
  float y_;
};

class ReportView {
 public:
  ReportView(Ui& ui, const ReportDraft& draft, CommentIndex comment, const ReportLayout& layout)
      : ui_(ui), look_(ui.look()), draft_(draft), comment_(comment), layout_(layout) {}

  void show(std::string_view author) {
    ui_.say(id(Part::ReportForm), id(Part::Article), Role::Group, layout_.form).name =
        ui_.said().keep("Report comment by " + std::string(author));
    ui_.label({.id = id(Part::ReportQuestion),
               .parent = id(Part::ReportForm),
               .x = layout_.question.x,
               .y = layout_.question.y,
               .line_height = look_.meta_line,
               .text = kQuestion,
               .face = look_.meta,
               .colour = look_.palette.muted});
    for (std::size_t i = 0; i < layout_.reasons.size(); ++i) show_reason(i);
    SemanticNode& text =
        ui_.say(id(Part::ReportText), id(Part::ReportForm), Role::TextField, layout_.text);
    text.name = text.placeholder = kSay;
    text.face = look_.body;
    text.value = ui_.said().keep(draft_.text);
    text.is_disabled = draft_.is_sending;
    text.is_invalid = draft_.failure == ErrorCode::TextTooLong;
    note(Part::ReportHint, layout_.hint, layout_.hint_lines, Role::Text);
    if (layout_.failure.height > 0)
      note(Part::ReportFailure, layout_.failure, layout_.failure_lines, Role::Alert);
    ui_.button({.id = id(Part::ReportCancel),
                .parent = id(Part::ReportForm),
                .box = layout_.cancel,
                .text = kCancel,
                .is_disabled = draft_.is_sending});
    ui_.button({.id = id(Part::ReportSend),
                .parent = id(Part::ReportForm),
                .box = layout_.send,
                .text = send_text(draft_),
                .style = ButtonStyle::Primary,
                .is_disabled = draft_.is_sending});
  }

 private:
  NodeId id(Part part) const { return comment_node(comment_, part); }

  void show_reason(std::size_t i) {
    const auto reason = static_cast<ReportReason>(i);
    ui_.button({.id = id(reason_part(i)),
                .parent = id(Part::ReportForm),
                .box = layout_.reasons[i],
                .text = words::reason_name(reason),
                .style = ButtonStyle::Chip,
                .pressed = draft_.reason == reason ? Tristate::Yes : Tristate::No,
                .is_disabled = draft_.is_sending});
  }
  void note(Part part, const Box& box, const TextLayout& lines, Role role) {
    ui_.paragraphs({.first_id = id(part),
                    .last_id = id(part),
                    .parent = id(Part::ReportForm),
                    .x = box.x,
                    .y = box.y,
                    .width = box.width,
                    .line_height = look_.meta_line,
                    .face = look_.meta,
                    .colour = role == Role::Alert ? look_.palette.danger : look_.palette.muted,
                    .role = role},
                   lines);
  }

  Ui& ui_;
  const Look& look_;
  const ReportDraft& draft_;
  CommentIndex comment_;
  const ReportLayout& layout_;
};

}  // namespace

ReportLayout lay_out_report(const ReportDraft& draft, const Box& at, const Look& look,
                            AdvanceCache& advances) {
  return ReportColumn(draft, at, look, advances).lay_out();
}

void show_report(Ui& ui, const ReportDraft& draft, CommentIndex comment, std::string_view author,
                 const ReportLayout& layout) {
  ReportView(ui, draft, comment, layout).show(author);
}

}  // namespace parlance
