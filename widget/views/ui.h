// What views draw and speak with: each call draws a thing and says it.
//
// A view works in coordinates of its own, from the top left corner of its `stage`, as if everything
// ran from left to right; the Ui mirrors them where the page runs from right to left.
#pragma once

#include <string_view>

#include "widget/text/advance_cache.h"
#include "widget/text/paragraph.h"
#include "widget/views/look.h"
#include "widget/views/painter.h"
#include "widget/views/parts.h"
#include "widget/views/semantics.h"
#include "widget/views/transitions.h"

namespace parlance {

using Box = Painter::Box;

// Where a view stands in the widget.
struct Stage {
  double top = 0;         // From the widget's top.
  NodeId article = 0;     // Not 0: rectangles are said relative to this article.
  bool is_drawn = false;  // Said all the same when it is not.
};

enum class ButtonStyle : std::uint8_t { Quiet, Primary, Tab, Chip };
enum class Icon : std::uint8_t { None, Up, Down, Fold, Unfold };

struct ButtonSpec {
  NodeId id = 0;
  NodeId parent = 0;
  Box box;
  Box drawn = {};  // What is seen of it, where fingers get more around it than the views show.
  std::string_view text;
  std::string_view name;  // Says more than `text`, and contains it.
  Icon icon = Icon::None;
  ButtonStyle style = ButtonStyle::Quiet;
  Tristate pressed = Tristate::None;
  Tristate expanded = Tristate::None;
  bool is_disabled = false;
};

struct LabelSpec {
  NodeId id = 0;
  NodeId parent = 0;
  float x = 0;
  float y = 0;
  float line_height = 0;
  std::string_view text;
  Face face;
  Rgba colour = 0;
  Role role = Role::Text;
};

struct ParagraphsSpec {
  NodeId first_id = 0;         // The following paragraphs have the following ids…
  NodeId last_id = 0;          // …up to this one, which takes all that are left.
  NodeId first_enclosure = 0;  // Likewise for the quotes and lists around them. What is left when
  NodeId last_enclosure = 0;   // the ids are used up is said without.
  NodeId parent = 0;
  float x = 0;
  float y = 0;
  float width = 0;
  float line_height = 0;
  float paragraph_gap = 0;
  float quote_indent = 0;
  Face face;
  Rgba colour = 0;
  Role role = Role::Text;
  int level = 0;  // Of a heading.
};

class Ui {
 public:
  // Everything must live as long as the Ui. Without a painter nothing is drawn.
  Ui(const Look& look, AdvanceCache& advances, SemanticTree& said, Painter* painter,
     const Transitions& transitions, double drawn_top);

  const Look& look() const { return look_; }
  const Pointed& pointed() const { return transitions_.pointed(); }
  // See Transitions::share.
  float share(NodeId id, Change change) const { return transitions_.share(id, change); }
  SemanticTree& said() { return said_; }

  void set_stage(const Stage& stage) { stage_ = stage; }

  float text_width(std::string_view text, const Face& face) {
    return advances_.advance(look_.shown(text), face);
  }

  // A node with its rectangle, to be filled in by the caller.
  SemanticNode& say(NodeId id, NodeId parent, Role role, const Box& box);

  void button(const ButtonSpec& spec);
  SemanticNode& label(const LabelSpec& spec);
  void paragraphs(const ParagraphsSpec& spec, const TextLayout& layout);

  // While there is one, so much of all ink is to be seen; within another one, so much of that.
  class Fade {
   public:
    Fade(Ui& ui, float share) : ui_(ui), before_(ui.opacity_) { ui_.set_opacity(before_ * share); }
    ~Fade() { ui_.set_opacity(before_); }
    Fade(const Fade&) = delete;
    Fade& operator=(const Fade&) = delete;

   private:
    Ui& ui_;
    float before_;
  };

  // Only drawn.
  void fill(const Box& box, Rgba colour, float radius = 0);
  void outline(const Box& box, Rgba colour);
  void disc(const Box& box, Rgba colour);
  void text(float x, float y, float line_height, std::string_view text, const Face& face,
            Rgba colour);
  // The same with so much of it to be seen.
  void fill_faded(const Box& box, Rgba colour, float radius, float share);
  void focus_ring(NodeId id, const Box& box);
  // Nothing is drawn outside the box until unclip().
  void clip(const Box& box);
  void unclip();

 private:
  Painter* painter() const { return stage_.is_drawn ? painter_ : nullptr; }
  // From the view's coordinates to the painter's.
  Box placed(const Box& box) const;
  // REQUIRES: something is drawn.
  float baseline(float y, float line_height, const Face& face);
  struct Enclosures;
  void enclose(const ParagraphsSpec& spec, const TextParagraph& paragraph, Enclosures& open);
  Box from_start(const ParagraphsSpec& spec, const TextParagraph& paragraph, float inset,
                 float width) const;
  void draw_ground(const ParagraphsSpec& spec, const TextLayout& layout, std::size_t index,
                   float y);
  void draw_line(const ParagraphsSpec& spec, const TextLayout& layout, const TextLine& line,
                 const TextParagraph& paragraph, const Box& at);
  void draw_hyphen(const ParagraphsSpec& spec, const TextLine& line, const TextParagraph& paragraph,
                   const Box& at);
  void draw_piece(const ParagraphsSpec& spec, const TextLayout& layout, const TextPiece& piece,
                  const TextParagraph& paragraph, const Box& at);
  void set_opacity(float opacity);
  void draw_ground(const ButtonSpec& spec, const Box& seen);
  void draw_face(const ButtonSpec& spec, const Box& seen, Rgba colour);
  void draw_icon(Icon icon, const Box& box, Rgba colour, bool is_filled);

  const Look& look_;
  AdvanceCache& advances_;
  SemanticTree& said_;
  Painter* painter_;
  const Transitions& transitions_;
  float opacity_ = 1;
  double drawn_top_;
  Stage stage_;
};

// Room for a quiet button with that text.
float quiet_button_width(std::string_view text, const Look& look, AdvanceCache& advances);

// Height of `layout` with these distances. List items stand closer together.
float paragraphs_height(const TextLayout& layout, float line_height, float paragraph_gap);
float gap_above(const TextParagraph& paragraph, float paragraph_gap);

}  // namespace parlance
