#include "widget/views/composer_view.h"

#include <string>

#include "widget/core/new_comment.h"
#include "widget/views/avatar_view.h"
#include "widget/views/body_text.h"
#include "widget/views/composer_text.h"
#include "widget/views/words.h"

namespace parlance {
namespace {

// The field's own complaint belongs to it, every other one to the text.
bool is_failed_field(const ComposerSpec& spec, std::string_view field) {
  if (!spec.draft->failure) return false;
  const std::string_view failed = spec.draft->failed_field;
  if (failed == "author" || failed == "email") return failed == field;
  return field == "text";
}

class ComposerView {
 public:
  ComposerView(Ui& ui, const ComposerSpec& spec, const ComposerLayout& layout)
      : ui_(ui),
        look_(ui.look()),
        spec_(spec),
        layout_(layout),
        draft_(*spec.draft),
        is_sending_(draft_.sending != kNoComment),
        failure_(draft_.failure ? ui.said().keep(words::post_failure(draft_))
                                : std::string_view()) {}

  void show() {
    show_text();
    if (!layout_.is_open) return;
    const Ui::Fade fade(ui_, ui_.share(id(Part::Composer), Change::Appear));
    show_tools();
    show_notice();
    if (draft_.is_previewed) show_preview();
    const bool is_known = spec_.conversation->reader.is_known();
    if (!is_known) show_fields();
    show_replies();
    show_failure();
    if (is_known)
      show_writer();
    else
      hint(Part::ComposerHint, layout_.hint, composer_text::kEmailHint, look_.palette.muted);
    show_buttons();
  }

 private:
  NodeId id(Part part) const { return composer_node(spec_.parent, part); }

  SemanticNode& field(Part part, Role role, const Box& box, std::string_view name) {
    SemanticNode& node = ui_.say(id(part), id(Part::Composer), role, box);
    node.name = name;
    node.face = look_.body;
    return node;
  }
  void mark(SemanticNode& field, std::string_view name) {
    field.is_invalid = is_failed_field(spec_, name);
    if (field.is_invalid) field.description = failure_;
  }
  void button(Part part, const Box& box, std::string_view text) {
    ui_.button({.id = id(part), .parent = id(Part::Composer), .box = box, .text = text});
  }
  void note(Part part, const Box& box, const TextLayout& lines, Role role) {
    ui_.paragraphs({.first_id = id(part),
                    .last_id = id(part),
                    .parent = id(Part::Composer),
                    .x = box.x,
                    .y = box.y,
                    .width = box.width,
                    .line_height = look_.meta_line,
                    .face = look_.meta,
                    .colour = role == Role::Alert ? look_.palette.danger : look_.palette.muted,
                    .role = role},
                   lines);
  }
  void hint(Part part, const Box& box, std::string_view text, Rgba colour) {
    ui_.label({.id = id(part),
               .parent = id(Part::Composer),
               .x = box.x,
               .y = box.y,
               .line_height = look_.meta_line,
               .text = text,
               .face = look_.meta,
               .colour = colour});
  }

  void show_text() {
    const bool is_reply = spec_.parent != kNoComment;
    const NodeId parent = is_reply ? comment_node(spec_.parent, Part::Article) : 0;
    const std::string_view name =
        is_reply ? ui_.said().keep("Reply to " + std::string(spec_.parent_author))
                 : std::string_view("Write a comment");
    ui_.say(id(Part::Composer), parent, Role::Group,
            {spec_.x, spec_.y, spec_.width, layout_.height})
        .name = name;
    SemanticNode& text = field(Part::ComposerText, Role::TextArea, layout_.text,
                               is_reply ? "Your reply" : "Your comment");
    text.placeholder = is_sending_ ? "Sending…" : is_reply ? name : "Join the conversation";
    // What is being sent stands in the thread already; the draft keeps it until it is safe.
    if (!is_sending_) text.value = ui_.said().keep(draft_.text);
    text.is_disabled = is_sending_;
    text.is_required = true;
    mark(text, "text");
  }

  void show_tools() {
    const bool is_too_long = draft_.remaining() < 0;
    if (!layout_.help_text.empty()) {
      hint(Part::ComposerHelp, layout_.help, layout_.help_text,
           is_too_long ? look_.palette.danger : look_.palette.muted);
    }
    ui_.button({.id = id(Part::ComposerPreview),
                .parent = id(Part::Composer),
                .box = layout_.preview,
                .text = composer_text::kPreview,
                .expanded = draft_.is_previewed ? Tristate::Yes : Tristate::No});
  }

  void show_notice() {
    if (layout_.notice.height == 0) return;
    note(Part::ComposerNotice, layout_.notice, layout_.notice_lines, Role::Status);
    if (layout_.use_other.height == 0) return;
    button(Part::ComposerUseOther, layout_.use_other, composer_text::kUseOther);
    button(Part::ComposerKeepOwn, layout_.keep_own, composer_text::kKeepOwn);
  }

  void show_preview() {
    const Box& box = layout_.previewed;
    const Ui::Fade fade(ui_, ui_.share(id(Part::ComposerPreviewed), Change::Appear));
    ui_.outline(box, look_.palette.faint);
    ui_.say(id(Part::ComposerPreviewed), id(Part::Composer), Role::Group, box).name =
        composer_text::kPreview;
    const float inset = look_.gap;
    ParagraphsSpec spec =
        body_paragraphs(look_, {box.x + inset, box.y + inset, box.width - 2 * inset, 0},
                        is_blank(draft_.text) ? look_.palette.muted : look_.palette.text);
    spec.first_id = id(Part::FirstPreviewParagraph);
    spec.last_id = id(Part::LastPreviewParagraph);
    spec.first_enclosure = id(Part::FirstPreviewEnclosure);
    spec.last_enclosure = id(Part::LastPreviewEnclosure);
    spec.parent = id(Part::ComposerPreviewed);
    ui_.paragraphs(spec, layout_.previewed_lines);
  }

  void show_fields() {
    SemanticNode& author =
        field(Part::ComposerAuthor, Role::TextField, layout_.author, "Your name");
    author.placeholder = "Name";
    author.value = ui_.said().keep(spec_.conversation->author);
    author.autocomplete = "name";
    author.is_required = true;
    mark(author, "author");
    SemanticNode& email =
        field(Part::ComposerEmail, Role::TextField, layout_.email, "Your e-mail (optional)");
    email.placeholder = "E-mail (optional)";
    email.value = ui_.said().keep(spec_.conversation->email);
    email.autocomplete = "email";
    mark(email, "email");
  }

  void show_replies() {
    if (layout_.replies.height == 0) return;
    const bool is_wanted = spec_.conversation->wants_replies;
    ui_.button({.id = id(Part::ComposerReplies),
                .parent = id(Part::Composer),
                .box = layout_.replies,
                .text = composer_text::kReplies,
                .pressed = is_wanted ? Tristate::Yes : Tristate::No});
  }

  void show_writer() {
    const Reader& reader = spec_.conversation->reader;
    show_avatar(ui_, {.id = id(Part::ComposerAvatar),
                      .parent = id(Part::Composer),
                      .box = layout_.avatar,
                      .author = reader.name,
                      .url = reader.avatar_url});
    note(Part::ComposerHint, layout_.hint, layout_.writer_lines, Role::Text);
  }

  void show_failure() {
    if (draft_.failure)
      note(Part::ComposerFailure, layout_.failure, layout_.failure_lines, Role::Alert);
  }

  void show_buttons() {
    button(Part::ComposerCancel, layout_.cancel, composer_text::kCancel);
    ui_.button({.id = id(Part::ComposerPost),
                .parent = id(Part::Composer),
                .box = layout_.post,
                .text = composer_text::post(spec_),
                .style = ButtonStyle::Primary,
                .is_disabled = is_sending_});
  }

  Ui& ui_;
  const Look& look_;
  const ComposerSpec& spec_;
  const ComposerLayout& layout_;
  const Draft& draft_;
  bool is_sending_;
  std::string_view failure_;
};

}  // namespace

NodeId composer_node(CommentIndex parent, Part part) {
  return parent == kNoComment ? widget_node(part) : comment_node(parent, part);
}

void show_composer(Ui& ui, const ComposerSpec& spec, const ComposerLayout& layout) {
  ComposerView(ui, spec, layout).show();
}

}  // namespace parlance
