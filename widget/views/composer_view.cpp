#include "widget/views/composer_view.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "widget/views/words.h"

namespace parlance {
namespace {

constexpr std::string_view kPost = "Post comment";
constexpr std::string_view kReply = "Post reply";
constexpr std::string_view kCancel = "Cancel";
constexpr std::string_view kEmailHint = "Your e-mail is never shown.";
// From here on the reader is told how much room is left.
constexpr int kRemainingToTell = 500;

std::string_view post_text(const ComposerSpec& spec) {
  return spec.parent == kNoComment ? kPost : kReply;
}

std::string hint_text(const ComposerSpec& spec) {
  const int remaining = spec.draft->remaining();
  if (remaining > kRemainingToTell) return std::string(kEmailHint);
  if (remaining >= 0) return std::to_string(remaining) + " characters left";
  return std::to_string(-remaining) + " characters too many";
}

float text_height(const ComposerSpec& spec, const Look& look, bool is_open) {
  const float padding = look.gap * 2;
  const float line = std::max(look.body_line, 20.0f);
  if (!is_open) return std::max(look.field_height, line + padding);
  const float least = line * 3 + padding;
  // Taller texts scroll inside the field, so that the button below stays in reach.
  const float most = line * 16 + padding;
  return std::clamp(std::ceil(spec.draft->field_height), least, most);
}

// The field's own complaint belongs to it, every other one to the text.
bool is_failed_field(const ComposerSpec& spec, std::string_view field) {
  if (!spec.draft->failure) return false;
  const std::string_view failed = spec.draft->failed_field;
  if (failed == "author" || failed == "email") return failed == field;
  return field == "text";
}

// Beside the buttons where there is room, else below them.
void place_hint(ComposerLayout& layout, const ComposerSpec& spec, const Look& look, float width,
                float& y) {
  const float row = layout.post.y;
  if (layout.cancel.x - spec.x >= width + look.gap) {
    layout.hint = {spec.x, row + (look.field_height - look.meta_line) / 2, width, look.meta_line};
    return;
  }
  y += look.gap / 2;
  layout.hint = {spec.x, y, width, look.meta_line};
  y += look.meta_line;
}

}  // namespace

NodeId composer_node(CommentIndex parent, Part part) {
  return parent == kNoComment ? widget_node(part) : comment_node(parent, part);
}

ComposerLayout lay_out_composer(const ComposerSpec& spec, const Look& look,
                                AdvanceCache& advances) {
  ComposerLayout layout;
  layout.is_open = spec.draft->is_open;
  float y = spec.y;
  layout.text = {spec.x, y, spec.width, text_height(spec, look, layout.is_open)};
  y += layout.text.height;
  if (!layout.is_open) {
    layout.height = y - spec.y;
    return layout;
  }

  y += look.gap;
  const bool is_stacked = spec.width < look.body.size * 26;
  const float field = is_stacked ? spec.width : std::floor((spec.width - look.gap) / 2);
  layout.author = {spec.x, y, field, look.field_height};
  if (is_stacked) y += look.field_height + look.gap;
  layout.email = {is_stacked ? spec.x : spec.x + field + look.gap, y,
                  is_stacked ? field : spec.width - field - look.gap, look.field_height};
  y += look.field_height;
  const float hint = std::ceil(advances.advance(hint_text(spec), look.meta));
  if (is_stacked) {
    y += std::round(look.gap / 3);
    layout.hint = {spec.x, y, hint, look.meta_line};
    y += look.meta_line;
  }

  if (spec.draft->failure) {
    layout.failure_lines = lay_out(words::failure(*spec.draft->failure), look.meta, spec.width,
                                   TextDirection::LeftToRight, advances);
    y += look.gap / 2;
    layout.failure = {spec.x, y, spec.width,
                      paragraphs_height(layout.failure_lines, look.meta_line, 0)};
    y += layout.failure.height;
  }

  y += look.gap;
  const auto button = [&](std::string_view text, const Face& face) {
    return std::ceil(advances.advance(text, face)) + look.gap * 2.5f;
  };
  const float post = button(post_text(spec), look.strong_control);
  const float cancel = button(kCancel, look.control);
  layout.post = {spec.x + spec.width - post, y, post, look.field_height};
  layout.cancel = {layout.post.x - cancel - look.gap / 2, y, cancel, look.field_height};
  y += look.field_height;
  if (!is_stacked) place_hint(layout, spec, look, hint, y);
  layout.height = y - spec.y;
  return layout;
}

void show_composer(Ui& ui, const ComposerSpec& spec, const ComposerLayout& layout) {
  const Look& look = ui.look();
  const Draft& draft = *spec.draft;
  const bool is_reply = spec.parent != kNoComment;
  const bool is_sending = draft.sending != kNoComment;
  const auto id = [&](Part part) { return composer_node(spec.parent, part); };
  SemanticTree& said = ui.said();

  const NodeId parent = is_reply ? comment_node(spec.parent, Part::Article) : 0;
  const std::string name =
      is_reply ? "Reply to " + std::string(spec.parent_author) : "Write a comment";
  ui.say(id(Part::Composer), parent, Role::Group, {spec.x, spec.y, spec.width, layout.height})
      .name = said.keep(name);

  SemanticNode& text =
      ui.say(id(Part::ComposerText), id(Part::Composer), Role::TextArea, layout.text);
  text.name = is_reply ? "Your reply" : "Your comment";
  text.placeholder = said.keep(is_sending ? std::string_view("Sending…")
                               : is_reply ? std::string_view(name)
                                          : "Join the conversation");
  // What is being sent stands in the thread already; the draft keeps it until it is safe.
  text.value = is_sending ? std::string_view() : said.keep(draft.text);
  text.face = look.body;
  text.is_disabled = is_sending;
  text.is_required = true;
  text.is_invalid = is_failed_field(spec, "text");
  const auto describe = [&](SemanticNode& field) {
    if (field.is_invalid) field.description = words::failure(*draft.failure);
  };
  describe(text);
  if (!layout.is_open) return;

  SemanticNode& author =
      ui.say(id(Part::ComposerAuthor), id(Part::Composer), Role::TextField, layout.author);
  author.name = "Your name";
  author.placeholder = "Name";
  author.value = said.keep(spec.conversation->author);
  author.autocomplete = "name";
  author.face = look.body;
  author.is_required = true;
  author.is_invalid = is_failed_field(spec, "author");
  describe(author);
  SemanticNode& email =
      ui.say(id(Part::ComposerEmail), id(Part::Composer), Role::TextField, layout.email);
  email.name = "Your e-mail (optional)";
  email.placeholder = "E-mail (optional)";
  email.value = said.keep(spec.conversation->email);
  email.autocomplete = "email";
  email.face = look.body;
  email.is_invalid = is_failed_field(spec, "email");
  describe(email);

  if (draft.failure) {
    ui.paragraphs({.first_id = id(Part::ComposerFailure),
                   .last_id = id(Part::ComposerFailure),
                   .parent = id(Part::Composer),
                   .x = layout.failure.x,
                   .y = layout.failure.y,
                   .width = layout.failure.width,
                   .line_height = look.meta_line,
                   .face = look.meta,
                   .colour = look.palette.danger,
                   .role = Role::Alert},
                  layout.failure_lines);
  }
  ui.label({.id = id(Part::ComposerHint),
            .parent = id(Part::Composer),
            .x = layout.hint.x,
            .y = layout.hint.y,
            .line_height = look.meta_line,
            .text = hint_text(spec),
            .face = look.meta,
            .colour = draft.remaining() < 0 ? look.palette.danger : look.palette.muted});
  ui.button({.id = id(Part::ComposerCancel),
             .parent = id(Part::Composer),
             .box = layout.cancel,
             .text = kCancel});
  ui.button({.id = id(Part::ComposerPost),
             .parent = id(Part::Composer),
             .box = layout.post,
             .text = post_text(spec),
             .style = ButtonStyle::Primary,
             .is_disabled = is_sending});
}

}  // namespace parlance
