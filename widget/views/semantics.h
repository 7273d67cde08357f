// What the views say beside what they draw: a tree of roles, names, states, texts and rectangles.
//
// The browser shell mirrors it as DOM over the canvas; tests find things in it. Nodes stand in
// reading order, a parent before its children. Rectangles are CSS pixels: a comment's parts are
// relative to their article's top left corner (so an article that moves is one changed node),
// everything else is relative to the widget's.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "widget/core/node_id.h"
#include "widget/text/text_engine.h"
#include "widget/views/string_arena.h"

namespace parlance {

enum class Role : std::uint8_t {
  Group,      // <div role=group>: things that belong together, e.g. the sort control.
  Heading,    // <h2>…<h6> by `level`.
  Feed,       // <div role=feed>.
  Article,    // <article>: one comment.
  Text,       // <span> or <p>: text that is read, not acted on.
  Time,       // <time> in a link: `value` is Unix seconds, `href` the permalink.
  Link,       // <a href>.
  Button,     // <button type=button>.
  TextField,  // <input>: native and visible; `value` is what it holds.
  TextArea,   // <textarea>: native and visible.
  Image,      // <img alt="">: native and visible, `href` is its address. Decoration only.
  Status,     // Text that is announced when it appears (polite).
  Alert,      // Text that is announced when it appears (assertive).
  Quote,      // <div role=blockquote> around paragraphs.
  List,       // <div role=list> around items.
  Item,       // <div role=listitem>: text like Text, `level` deep in its list.
};

enum class Tristate : std::uint8_t { None, No, Yes };

struct Rect {
  float x = 0;
  double y = 0;  // A thread of 100,000 comments is taller than a float can tell pixels apart.
  float width = 0;
  float height = 0;

  bool operator==(const Rect&) const = default;
};

// One line of a node's text as it is drawn. The lines' texts joined are the node's `text`, the
// white space at a line's end included.
struct SemanticLine {
  std::string_view text;
  Rect rect;
  bool ends_paragraph = false;
};

// Bytes [begin, end) of a node's text that look or act differently. Spans do not overlap.
struct SemanticSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint8_t style = 0;  // Bits of SpanStyle (text/markup.h).
  std::string_view href;   // A link when not empty.
};

struct SemanticNode {
  NodeId id = 0;
  NodeId parent = 0;  // 0: the widget itself.
  Role role = Role::Group;
  Rect rect;

  std::string_view name;         // What it is called where that is not its text (aria-label).
  std::string_view text;         // What is drawn. Empty for a control that is only an icon.
  std::string_view description;  // More, for hover and assistive technology (title).
  std::string_view value;  // Fields: the text in it. Time: Unix seconds. Article: how far it is
                           // indented, in CSS pixels.
  std::string_view placeholder;
  std::string_view href;
  std::string_view autocomplete;  // Fields: the autofill token, e.g. "name", "email".
  std::vector<SemanticSpan> spans;
  std::vector<SemanticLine> lines;  // Empty: `text` is one line that fills `rect`.

  Face face;  // Of the text, so that the mirror's letters lie over the drawn ones.
  TextDirection direction = TextDirection::LeftToRight;
  Tristate pressed = Tristate::None;
  Tristate expanded = Tristate::None;
  bool is_disabled = false;
  bool is_required = false;
  bool is_invalid = false;
  bool is_busy = false;
  bool is_visually_hidden = false;  // Said, not drawn.
  bool is_said_elsewhere = false;   // Drawn, and hidden from assistive technology.
  int level = 0;                    // Heading level; article: depth of the reply, 1 for roots;
                                    // item: depth of its list.
  int position = 0;                 // Article: its place among all comments, from 1.
  int set_size = 0;                 // Article: how many comments there are; -1 when unknown.
};

// Valid until the next Widget::frame. Owns the texts its nodes point to.
class SemanticTree {
 public:
  void clear();

  // Keeps a copy of `text` for as long as the tree is not cleared.
  std::string_view keep(std::string_view text) { return arena_.keep(text); }

  SemanticNode& add(NodeId id, NodeId parent, Role role);

  const std::vector<SemanticNode>& nodes() const { return nodes_; }

 private:
  StringArena arena_;
  std::vector<SemanticNode> nodes_;
};

}  // namespace parlance
