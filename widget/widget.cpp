#include "widget/widget.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "widget/control/controller.h"
#include "widget/core/overloaded.h"
#include "widget/dispatch.h"
#include "widget/scene.h"
#include "widget/views/comment_parts.h"
#include "widget/views/composer_view.h"

namespace parlance {
namespace {

ControllerConfig controller_config(Config config) {
  return {.site = std::move(config.site),
          .thread = std::move(config.thread),
          .sort = config.sort,
          .loads_everything = config.loading == Loading::Everything,
          .entropy = std::move(config.entropy)};
}

}  // namespace

struct Widget::State {
  State(Config config, TextEngine& engine)
      : controller(controller_config(std::move(config))), scene(engine) {}

  Controller controller;
  Scene scene;
  Pointed pointed;
  std::string reading_text;  // What the last reading_entry() points to.
  bool needs_frame = true;
  bool is_plain = false;      // In the last frame.
  bool stays_folded = false;  // The focus comes back to the field whose box has just been folded.
  bool has_started = false;
  bool is_near_end = true;
  unsigned undrawn_pages = 0;
};

Widget::Widget(Config config, TextEngine& text)
    : state_(std::make_unique<State>(std::move(config), text)) {}

Widget::~Widget() = default;

bool Widget::needs_frame() const { return state_->needs_frame; }

namespace {

// Whether the focus is where a reader has asked for more comments, as far as it can be seen.
bool waits_at_button(NodeId focused) {
  return focused == 0 || focused == widget_node(Part::LoadMore) ||
         focused == widget_node(Part::Retry);
}

// Whether somebody at the keyboard has folded the box for a comment from one of its other controls.
bool returns_to_text(const Conversation& conversation, NodeId focused) {
  const Draft& draft = conversation.root_draft;
  return !draft.is_open && draft.sending == kNoComment &&
         focused > widget_node(Part::ComposerText) && focused <= widget_node(Part::ComposerCancel);
}

// Whether the focus is at a comment that is on its way, and that goes if it cannot be posted.
bool is_being_sent(const Conversation& conversation, NodeId focused) {
  const CommentIndex sending = conversation.root_draft.sending;
  return sending != kNoComment && focused == comment_node(sending, Part::Article);
}

// What a reader has asked for comes in softly. `arriving`: what was to be shown before they did.
void soften(const SemanticAction& action, const std::vector<CommentIndex>& arriving,
            Transitions& transitions) {
  for (const CommentIndex index : arriving)
    transitions.begin(comment_node(index, Part::Article), Change::Arrive);
  const bool is_comment = is_comment_part(action.node);
  const Part part = is_comment ? part_named(action.node) : static_cast<Part>(action.node);
  const CommentIndex index = is_comment ? comment_of(action.node) : kNoComment;
  const auto begin = [&](Part appearing) {
    transitions.begin(composer_node(index, appearing), Change::Appear);
  };
  if (part == Part::Collapse) begin(Part::Article);
  if (part == Part::Reply) begin(Part::Composer);
  if (part == Part::ComposerPreview) begin(Part::ComposerPreviewed);
}

// What a reader is about to be shown of what others have written, if that is what they ask for.
std::vector<CommentIndex> arriving_with(const SemanticAction& action,
                                        const Conversation& conversation) {
  if (action.node == widget_node(Part::NewComments)) return conversation.to_show();
  const bool is_below = is_comment_part(action.node) && part_named(action.node) == Part::NewReplies;
  return is_below ? conversation.to_show(comment_of(action.node)) : std::vector<CommentIndex>{};
}

bool same(const Pointed& one, const Pointed& other) {
  return one.hovered == other.hovered && one.pressed == other.pressed &&
         one.focused == other.focused;
}

}  // namespace

Effects Widget::handle(const Event& event) {
  State& state = *state_;
  Controller& controller = state.controller;
  Effects focus;
  const bool needed_frame = std::exchange(state.needs_frame, true);
  std::visit(
      Overloaded{
          [&](const Started&) {
            if (!std::exchange(state.has_started, true)) controller.start();
          },
          [&](const SignedIn& reader) { controller.signed_in(reader); },
          [&](const StorageLoaded& entry) { controller.storage_loaded(entry.key, entry.value); },
          [&](const StorageRefused& entry) { controller.storage_refused(entry.key); },
          [&](const WentOnline&) { controller.went_online(); },
          [&](const SemanticAction& action) {
            if (action.kind == ActionKind::Activate && chosen_sort(action.node))
              state.scene.let_go();
            const bool is_view = action.node == widget_node(Part::PlainView);
            if (is_view && action.kind == ActionKind::Activate)
              controller.keep_view(state.is_plain ? std::string_view() : kPlainView);
            const bool was_open = controller.conversation().root_draft.is_open;
            const bool is_activated = action.kind == ActionKind::Activate;
            const auto arriving = is_activated ? arriving_with(action, controller.conversation())
                                               : std::vector<CommentIndex>{};
            dispatch(action, controller, focus);
            if (is_activated) soften(action, arriving, state.scene.transitions());
            if (was_open && returns_to_text(controller.conversation(), state.pointed.focused)) {
              focus.push_back(FocusNode{widget_node(Part::ComposerText)});
              state.stays_folded = true;
            }
          },
          [&](const Pointed& pointed) {
            state.needs_frame = needed_frame || !same(state.pointed, pointed);
            state.pointed = pointed;
            // The box opens as soon as somebody means to write in it.
            if (pointed.focused == widget_node(Part::ComposerText) &&
                !std::exchange(state.stays_folded, false)) {
              if (!controller.conversation().root_draft.is_open)
                state.scene.transitions().begin(widget_node(Part::Composer), Change::Appear);
              controller.open_draft({});
            }
          },
          [&](const HttpResponse& response) {
            const Conversation& conversation = controller.conversation();
            const bool is_at_own = is_being_sent(conversation, state.pointed.focused);
            controller.http_response(response);
            if (is_at_own && conversation.root_draft.failure)
              focus.push_back(FocusNode{widget_node(Part::ComposerText)});
            const CommentIndex first_new = controller.take_first_new();
            if (first_new != kNoComment && waits_at_button(state.pointed.focused))
              focus.push_back(FocusNode{comment_node(first_new, Part::Article)});
            // Pages in the background change only the count and the height: every fourth is soon
            // enough, and the next one is there the sooner.
            const bool can_wait = controller.is_loading_in_background() && !state.is_near_end;
            state.needs_frame = needed_frame || !can_wait || ++state.undrawn_pages % 4 == 0;
          },
          [&](const StreamEvent& told) { controller.stream_event(told); },
          [&](const StreamEnded&) { controller.stream_ended(); },
          [&](const RevealComment& reveal) {
            controller.reveal(reveal.comment_id, reveal.is_marked);
          },
          [&](const RevealNode& reveal) {
            const Thread& thread = controller.conversation().thread;
            if (!is_comment_part(reveal.article)) return;
            const CommentIndex index = comment_of(reveal.article);
            if (index < thread.entry_count()) controller.reveal(thread.entry(index).comment.id);
          },
          [&](const FontsChanged&) { state.scene.fonts_changed(); },
          [&](const Translated& text) { state.scene.translated(text.original, text.pieces); },
          [&](const LinkCopied& link) {
            const CommentIndex index = comment_of(link.article);
            if (index < controller.conversation().thread.entry_count())
              controller.link_copied(index, link.address);
          },
          [&](const Woken&) { controller.woken(); },
      },
      event);
  Effects effects = controller.take_effects();
  for (const Effect& effect : effects) {
    const auto* const words = std::get_if<ForgetWords>(&effect);
    if (words != nullptr) state.scene.revised(comment_of(words->article));
  }
  effects.insert(effects.end(), focus.begin(), focus.end());
  return effects;
}

Frame Widget::frame(const Viewport& viewport) {
  State& state = *state_;
  state.needs_frame = false;
  state.is_plain = viewport.is_plain;
  Frame frame;
  state.controller.set_now(viewport.now);
  const CommentIndex revealed = state.controller.take_reveal();
  const Scene::Shown shown =
      state.scene.show(viewport, state.controller.conversation(), state.pointed, revealed);

  state.is_near_end = shown.is_near_end;
  frame.semantics = &state.scene.semantics();
  frame.content_height = shown.content_height;
  frame.scroll_by = shown.scroll_by;
  frame.owes_scroll = shown.owes_scroll;
  frame.palette = state.scene.palette();
  // Times are told by the minute.
  frame.wake_after = std::chrono::minutes(1);
  if (const auto change = state.scene.transitions().next_change()) {
    frame.is_fading = *change <= 0;
    frame.wake_after = std::chrono::milliseconds(std::lround(std::ceil(*change)));
  }
  if (shown.is_near_end && !viewport.is_plain) state.controller.load_next_page();
  frame.effects = state.controller.take_effects();
  if (shown.reveal) frame.effects.push_back(*shown.reveal);
  if (!frame.effects.empty() && shown.is_near_end) state.needs_frame = true;
  return frame;
}

std::uint32_t Widget::reading_order_version() const {
  return state_->controller.conversation().thread.version();
}

std::vector<NodeId> Widget::reading_order() const {
  std::vector<NodeId> nodes;
  const Thread& thread = state_->controller.conversation().thread;
  nodes.reserve(thread.reading_order().size());
  for (const CommentIndex index : thread.reading_order()) {
    nodes.push_back(comment_node(index, Part::Article));
  }
  return nodes;
}

std::optional<ReadingEntry> Widget::reading_entry(NodeId article, ReadingForm form) const {
  const Conversation& conversation = state_->controller.conversation();
  const Thread& thread = conversation.thread;
  if (!is_comment_part(article) || comment_of(article) >= thread.entry_count()) return std::nullopt;
  const Thread::Entry& entry = thread.entry(comment_of(article));
  if (entry.is_removed) return std::nullopt;
  state_->reading_text =
      form == ReadingForm::Words
          ? comment_words(entry.comment)
          : copied_blocks(conversation, comment_of(article), state_->scene.translations());
  return ReadingEntry{article, comment_author(entry.comment), state_->reading_text};
}

}  // namespace parlance
