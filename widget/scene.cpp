#include "widget/scene.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "widget/views/footer_view.h"
#include "widget/views/header_view.h"
#include "widget/views/words.h"

namespace parlance {
namespace {

Painter* begin_painting(const Viewport& viewport) {
  if (viewport.canvas == nullptr) return nullptr;
  const float height = static_cast<float>(viewport.drawn_bottom - viewport.drawn_top);
  return &viewport.canvas->begin(
      {.width = viewport.width, .height = height, .scale = viewport.scale});
}

ViewChoice choice_of(const Viewport& viewport) {
  if (!viewport.has_view_choice) return ViewChoice::None;
  return viewport.is_plain ? ViewChoice::Plain : ViewChoice::Drawn;
}

}  // namespace

void Scene::fonts_changed() {
  advances_.clear();
  texts_.clear();
  has_new_look_ = true;
}

void Scene::translated(std::string_view original, std::string_view pieces) {
  translations_.note(original, pieces);
}

void Scene::update_look(const Viewport& viewport) {
  look_.is_plain = viewport.is_plain;
  look_.translations = &translations_;
  if (!has_new_look_ && page_ == viewport.page && look_.width == viewport.width) return;
  const float old_width = look_.width;
  const PageStyle old_page = std::exchange(page_, viewport.page);
  look_ = look_for(page_, viewport.width);
  look_.is_plain = viewport.is_plain;
  look_.translations = &translations_;
  // Other colours leave every height as it is.
  PageStyle recoloured = old_page;
  recoloured.text = page_.text;
  recoloured.background = page_.background;
  recoloured.link = page_.link;
  has_new_look_ = has_new_look_ || old_width != look_.width || !(recoloured == page_);
}

// What nobody sees does not have to be gone through slowly.
void Scene::update_transitions(const Viewport& viewport, const Pointed& pointed) {
  transitions_.point(pointed);
  if (viewport.canvas == nullptr || viewport.page.prefers_reduced_motion) transitions_.finish();
  transitions_.advance(viewport.time);
}

// A comment that is about to get another height is no place to hold on to, as long as the reader
// sees one that is not.
Scene::Anchor Scene::find_anchor(double visible_top, double visible_bottom) const {
  if (!holds_place_ || thread_.count() == 0 || visible_top <= comments_top()) return {};
  const std::size_t first = thread_.first_below(visible_top - comments_top());
  if (first >= thread_.count()) return {};
  const auto is_steady = [&](std::size_t position) {
    const CommentIndex index = thread_.comment_at(position);
    return thread_.is_measured(position) &&
           std::find(revised_.begin(), revised_.end(), index) == revised_.end();
  };
  const auto top_of = [&](std::size_t position) {
    return comments_top() + thread_.top_of(position);
  };
  std::size_t position = first;
  while (position < thread_.count() && top_of(position) < visible_bottom && !is_steady(position))
    ++position;
  if (position == thread_.count() || top_of(position) >= visible_bottom) position = first;
  return {thread_.comment_at(position), top_of(position)};
}

double Scene::keep_in_place(const Anchor& anchor, const Viewport& viewport) {
  shift_ = 0;
  holds_place_ = true;
  const std::size_t position =
      anchor.comment == kNoComment ? thread_.count() : thread_.position_of(anchor.comment);
  if (position >= thread_.count()) return 0;
  const double grown = comments_top() + thread_.top_of(position) - anchor.top;
  if (!viewport.is_scrolling) return grown;
  // Scrolling the page would end its motion: the momentum of a finger, the way to its top. Only
  // where the header is drawn, too, the comments have to stand right below it.
  if (viewport.drawn_top > header_height_ + std::max(-grown, 0.0)) shift_ = -grown;
  return 0;
}

Scene::Shown Scene::show(const Viewport& viewport, const Conversation& conversation,
                         const Pointed& pointed, CommentIndex revealed) {
  const bool has_target = revealed != kNoComment;
  const Anchor anchor =
      has_target ? Anchor{} : find_anchor(viewport.visible_top, viewport.visible_bottom);
  revised_.clear();
  update_look(viewport);
  update_transitions(viewport, pointed);
  semantics_.clear();

  const HeaderLayout header = lay_out_header(conversation, look_, choice_of(viewport), advances_);
  header_height_ = header.height;
  thread_.update(conversation.thread, look_, std::exchange(has_new_look_, false));
  lay_out_kept(viewport, conversation, pointed, revealed);
  double scroll_by = 0;
  // What is measured shifts what is near, which may have to be measured, too.
  for (int pass = 0; lay_out_near(viewport, conversation) || pass == 0; ++pass)
    scroll_by = keep_in_place(anchor, viewport);
  if (!viewport.is_plain) forget_far(viewport);

  Shown shown;
  const MorePages more = viewport.is_plain ? MorePages::Ask : MorePages::LoadBySelf;
  const FooterLayout footer = lay_out_footer(conversation, look_, more, advances_);
  const double footer_top = comments_top() + thread_.height();
  shown.content_height = std::ceil(footer_top + footer.height);
  const double ahead = viewport.visible_bottom - viewport.visible_top;
  shown.is_near_end = viewport.drawn_bottom + ahead >= footer_top;
  shown.scroll_by = scroll_by;
  shown.owes_scroll = shift_ != 0;
  if (revealed != kNoComment && thread_.position_of(revealed) < thread_.count()) {
    const std::size_t position = thread_.position_of(revealed);
    shown.reveal = ScrollTo{comments_top() + thread_.top_of(position),
                            comments_top() + thread_.top_of(position + 1)};
  }

  Painter* const painter = begin_painting(viewport);
  Ui ui(look_, advances_, semantics_, painter, transitions_, viewport.drawn_top);
  const auto is_drawn = [&](double top, double height) {
    return painter != nullptr && top < viewport.drawn_bottom && top + height > viewport.drawn_top;
  };
  ui.set_stage({.top = 0, .is_drawn = is_drawn(0, header.height)});
  show_header(ui, conversation, header);
  show_all(ui, viewport, conversation);
  ui.set_stage({.top = footer_top, .is_drawn = is_drawn(footer_top, footer.height)});
  show_footer(ui, footer);
  if (painter != nullptr) viewport.canvas->end();
  return shown;
}

bool Scene::lay_out_at(std::size_t position, const Conversation& conversation, UnixSeconds now) {
  const auto place =
      std::lower_bound(live_.begin(), live_.end(), position,
                       [](const Live& live, std::size_t value) { return live.position < value; });
  if (place != live_.end() && place->position == position) return false;
  const auto made = live_.insert(
      place,
      {position, lay_out_comment(conversation, thread_.comment_at(position), look_, now, texts_)});
  // Lines that nobody has broken say nothing about the height; its estimate stays.
  if (!look_.is_plain) thread_.set_height(position, made->layout.height);
  return true;
}

void Scene::lay_out_kept(const Viewport& viewport, const Conversation& conversation,
                         const Pointed& pointed, CommentIndex revealed) {
  live_.clear();
  texts_.begin_frame();
  const auto keep = [&](CommentIndex index) {
    const std::size_t position = thread_.position_of(index);
    if (position < thread_.count()) lay_out_at(position, conversation, viewport.now);
  };
  // A field that is being written in, and whatever has the focus, stays in the tree wherever the
  // reader scrolls.
  if (is_comment_part(pointed.focused)) keep(comment_of(pointed.focused));
  for (const auto& [parent, draft] : conversation.reply_drafts) {
    if (!draft.is_open) continue;
    if (const auto index = conversation.thread.find(parent)) keep(*index);
  }
  if (revealed != kNoComment) keep(revealed);
  for (Live& live : live_) live.is_kept = true;
}

void Scene::forget_far(const Viewport& viewport) {
  std::erase_if(live_, [&](const Live& live) {
    const double top = comments_top() + thread_.top_of(live.position);
    const bool is_near =
        top < viewport.drawn_bottom && top + live.layout.height > viewport.drawn_top;
    return !live.is_kept && !is_near;
  });
}

bool Scene::lay_out_near(const Viewport& viewport, const Conversation& conversation) {
  // Measuring moves what is below, which may bring more comments in; each turn measures at least
  // one more, or ends.
  const double top = viewport.is_plain ? 0 : viewport.drawn_top - comments_top();
  bool has_new = false;
  for (bool has_more = true; has_more;) {
    has_more = false;
    for (std::size_t position = thread_.first_below(top); position < thread_.count(); ++position) {
      const bool is_below =
          !viewport.is_plain && thread_.top_of(position) >= viewport.drawn_bottom - comments_top();
      if (is_below) break;
      has_more |= lay_out_at(position, conversation, viewport.now);
    }
    has_new |= has_more;
    has_more &= thread_.settle();
  }
  return has_new;
}

void Scene::show_all(Ui& ui, const Viewport& viewport, const Conversation& conversation) {
  // A feed has articles, or it is none (ARIA).
  if (!conversation.has_first_page || thread_.count() == 0) return;
  ui.set_stage({.top = comments_top()});
  SemanticNode& feed = ui.say(widget_node(Part::Feed), 0, Role::Feed,
                              {0, 0, look_.width, static_cast<float>(thread_.height())});
  feed.name = words::feed_name(conversation.thread.sort());
  const int set_size = conversation.thread.has_more() ? -1 : static_cast<int>(thread_.count());
  for (const Live& live : live_) {
    const double top = comments_top() + thread_.top_of(live.position);
    const bool is_drawn =
        top < viewport.drawn_bottom && top + live.layout.height > viewport.drawn_top;
    const std::size_t next = live.position + 1;
    const int next_depth =
        next < thread_.count() ? conversation.thread.entry(thread_.comment_at(next)).depth : 0;
    show_comment(ui, conversation, live.layout,
                 {.top = top,
                  .position = static_cast<int>(live.position) + 1,
                  .set_size = set_size,
                  .next_depth = next_depth,
                  .is_drawn = is_drawn},
                 viewport.now);
  }
}

}  // namespace parlance
