#include "widget/views/header_view.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "widget/views/words.h"

namespace parlance {
namespace {

constexpr std::pair<SortOrder, Part> kOrders[] = {{SortOrder::Best, Part::SortBest},
                                                  {SortOrder::Newest, Part::SortNewest},
                                                  {SortOrder::Oldest, Part::SortOldest},
                                                  {SortOrder::MostVoted, Part::SortMostVoted}};

std::string heading_text(const Conversation& conversation) {
  if (!conversation.has_first_page) return "Comments";
  return words::comment_count(conversation.thread.info().comment_count);
}

constexpr std::string_view kViewName = "Plain view";
constexpr std::string_view kFollowName = "Follow";

float tab_width(std::string_view name, const Look& look, AdvanceCache& advances) {
  const float text = advances.advance(look.shown(name), look.strong_control);
  return std::max(look.least_control, std::ceil(text) + look.gap * 1.25f);
}

// Where a row of buttons begins that stands beside the heading.
float row_beside(const Box& heading, const Look& look) {
  return heading.y + (heading.height - look.control_height) / 2;
}

// The first order stands out of the widget, where fingers do not reach: it has so much more.
float first_extra(const Look& look) { return look.least_control > 0 ? look.gap * 0.625f : 0; }

// The orders from `x` on, in a row, or in two where one has no room.
void place_orders(HeaderLayout& layout, float x, float y, const Look& look,
                  AdvanceCache& advances) {
  const float height = look.control_height;
  const float room = look.width + look.gap * 0.625f;
  layout.sort = {x, y, 0, height};
  float at = x;
  for (std::size_t i = 0; i < layout.orders.size(); ++i) {
    const float width = tab_width(words::sort_name(kOrders[i].first), look, advances) +
                        (i == 0 ? first_extra(look) : 0);
    if (i > 0 && at + width > room) {
      at = x;
      layout.sort.height += height;
    }
    layout.orders[i] = {at, y + layout.sort.height - height, width, height};
    at += width;
    layout.sort.width = std::max(layout.sort.width, at - x);
  }
}

// At the end of the widget's first row that has room for it; it is no order, so it keeps away from
// the orders.
Box view_box(const HeaderLayout& layout, bool is_one_row, const Look& look,
             AdvanceCache& advances) {
  const float width = tab_width(kViewName, look, advances);
  const float indent = look.gap * 0.625f;
  const float right = is_one_row ? layout.sort.x - look.gap : look.width + indent;
  return {right - width, row_beside(layout.heading, look), width, look.control_height};
}

// Before the other view's button, where `beside` says that there is room for it; else in a line of
// its own below the heading.
Box follow_box(const HeaderLayout& layout, bool is_beside, const Look& look,
               AdvanceCache& advances) {
  const float width = tab_width(kFollowName, look, advances);
  const float height = look.control_height;
  if (is_beside) return {layout.view.x - width, layout.view.y, width, height};
  return {-look.gap * 0.625f, layout.heading.y + layout.heading.height, width, height};
}

std::string new_text(const HeaderLayout& layout) {
  return layout.says_new_shortly ? words::new_shortly(layout.new_comments)
                                 : new_comments_text(layout.new_comments);
}

// Beside the heading or beside the orders, in as many words as there is room for; on the narrowest
// screens in the place of the other view's button: what is below does not move when it comes.
// Returns whether there is such a place.
bool place_new(HeaderLayout& layout, bool is_one_row, const Look& look, AdvanceCache& advances) {
  const bool has_view = layout.choice != ViewChoice::None;
  const bool has_follow = layout.has_follow && layout.follow.y <= layout.heading.y;
  const float beside = layout.heading.width + look.gap;
  const float end = is_one_row ? layout.sort.x - look.gap : look.width;
  const float last = has_follow && !has_view ? layout.follow.x : end;
  const float first_button = has_follow ? layout.follow.x : layout.view.x;
  const float y = row_beside(layout.heading, look);
  const float beside_sort = layout.sort.x + layout.sort.width;
  const float sort_end = is_one_row ? 0 : look.width;
  for (const bool is_short : {false, true}) {
    layout.says_new_shortly = is_short;
    const float width = tab_width(new_text(layout), look, advances);
    layout.fresh = {beside, y, width, look.control_height};
    if (look.is_plain || beside + width <= (has_view ? first_button : last)) return true;
    layout.fresh.x = beside_sort;
    layout.fresh.y = layout.sort.y;
    if (beside_sort + width <= sort_end) return true;
  }
  layout.fresh.x = last - layout.fresh.width;
  layout.fresh.y = y;
  if (layout.fresh.x < beside || has_follow) return false;
  layout.choice = ViewChoice::None;
  return true;
}

void show_new(Ui& ui, const HeaderLayout& layout) {
  if (layout.new_comments == 0) return;
  ui.button({.id = widget_node(Part::NewComments),
             .box = layout.fresh,
             .text = new_text(layout),
             .name = new_comments_text(layout.new_comments),
             .style = ButtonStyle::Primary});
}

void show_follow_button(Ui& ui, const Conversation& conversation, const HeaderLayout& layout) {
  if (!layout.has_follow) return;
  ui.button({.id = widget_node(Part::Follow),
             .box = layout.follow,
             .text = kFollowName,
             .name = "Follow by e-mail",
             .expanded = conversation.is_follow_open ? Tristate::Yes : Tristate::No});
}

void show_view_choice(Ui& ui, const HeaderLayout& layout) {
  if (layout.choice == ViewChoice::None) return;
  ui.button({.id = widget_node(Part::PlainView),
             .box = layout.view,
             .text = kViewName,
             .pressed = layout.choice == ViewChoice::Plain ? Tristate::Yes : Tristate::No});
}

ComposerSpec root_composer(const Conversation& conversation, float y, float width) {
  return {.conversation = &conversation, .draft = &conversation.root_draft, .y = y, .width = width};
}

void show_sort(Ui& ui, const Conversation& conversation, const HeaderLayout& layout) {
  ui.say(widget_node(Part::SortGroup), 0, Role::Group, layout.sort).name = "Sort comments";
  for (std::size_t i = 0; i < layout.orders.size(); ++i) {
    const auto& [order, part] = kOrders[i];
    Box drawn = layout.orders[i];
    if (i == 0) drawn.width -= first_extra(ui.look());
    ui.button({.id = widget_node(part),
               .parent = widget_node(Part::SortGroup),
               .box = layout.orders[i],
               .drawn = drawn,
               .text = words::sort_name(order),
               .style = ButtonStyle::Tab,
               .pressed = conversation.wanted_sort == order ? Tristate::Yes : Tristate::No});
  }
}

}  // namespace

HeaderLayout lay_out_header(const Conversation& conversation, const Look& look, ViewChoice choice,
                            AdvanceCache& advances) {
  HeaderLayout layout;
  layout.choice = conversation.has_first_page ? choice : ViewChoice::None;
  float sort_width = first_extra(look);
  for (const auto& [order, part] : kOrders)
    sort_width += tab_width(words::sort_name(order), look, advances);
  const float heading =
      std::ceil(advances.advance(look.shown(heading_text(conversation)), look.heading));
  const float view_width = tab_width(kViewName, look, advances);
  const float new_width = tab_width(words::new_shortly(100), look, advances);
  layout.has_follow = conversation.has_first_page && conversation.can_be_followed;
  const float follow_width = layout.has_follow ? tab_width(kFollowName, look, advances) : 0;
  const float buttons = follow_width + view_width;
  const bool is_one_row = heading + look.gap * 4 + new_width + buttons + sort_width <= look.width;
  const bool is_follow_beside = heading + look.gap + buttons <= look.width;
  // Buttons for fingers are taller than the heading that they stand beside.
  float y = std::max(0.0f, (look.control_height - look.heading_line) / 2);
  layout.heading = {0, y, heading, look.heading_line};
  y = std::max(y + look.heading_line + look.gap, look.control_height);

  if (layout.has_follow) {
    if (!is_follow_beside) y += look.control_height;
    if (conversation.is_follow_open) {
      layout.form = lay_out_follow(conversation, y, look, advances);
      y += layout.form.group.height;
    }
  }

  // What was written before comments were closed can still be copied.
  layout.has_composer =
      !conversation.thread.info().is_closed || !conversation.root_draft.text.empty();
  if (layout.has_composer) {
    layout.composer = lay_out_composer(root_composer(conversation, y, look.width), look, advances);
    y += layout.composer.height + look.gap;
  }
  // The order belongs to the list below, so on narrow screens it stands right above it.
  const float indent = look.gap * 0.625f;
  if (is_one_row) {
    place_orders(layout, look.width - sort_width + indent, row_beside(layout.heading, look), look,
                 advances);
    y += look.gap;
  } else {
    place_orders(layout, -indent, y, look, advances);
    // As far from the first comment as comments are from each other.
    y += layout.sort.height + (look.control_slack > 0 ? look.comment_gap : look.gap);
  }
  layout.view = view_box(layout, is_one_row, look, advances);
  if (layout.choice == ViewChoice::None) layout.view.x += layout.view.width;
  layout.follow = follow_box(layout, is_follow_beside, look, advances);
  layout.new_comments = static_cast<int>(conversation.to_show().size());
  if (layout.new_comments > 0 && !place_new(layout, is_one_row, look, advances)) {
    layout.fresh = {0, y, layout.fresh.width, look.control_height};
    y += look.control_height + look.gap;
  }
  layout.height = y;
  return layout;
}

void show_header(Ui& ui, const Conversation& conversation, const HeaderLayout& layout) {
  const Look& look = ui.look();
  SemanticNode& heading = ui.label({.id = widget_node(Part::Heading),
                                    .x = layout.heading.x,
                                    .y = layout.heading.y,
                                    .line_height = look.heading_line,
                                    .text = heading_text(conversation),
                                    .face = look.heading,
                                    .colour = look.palette.text,
                                    .role = Role::Heading});
  heading.level = 2;
  const bool is_new_first = layout.fresh.y < layout.composer.text.y;
  if (is_new_first) show_new(ui, layout);
  show_follow_button(ui, conversation, layout);
  show_view_choice(ui, layout);
  // Said where it stands, so that Tab goes the way the eye does.
  const bool has_sort = conversation.has_first_page && conversation.thread.info().comment_count > 1;
  const bool is_sort_first = layout.sort.y < layout.composer.text.y;
  if (has_sort && is_sort_first) show_sort(ui, conversation, layout);
  if (layout.has_follow && conversation.is_follow_open) show_follow(ui, conversation, layout.form);
  if (layout.has_composer) {
    const Box& text = layout.composer.text;
    show_composer(ui, root_composer(conversation, text.y, text.width), layout.composer);
  }
  if (has_sort && !is_sort_first) show_sort(ui, conversation, layout);
  if (!is_new_first) show_new(ui, layout);
}

}  // namespace parlance
