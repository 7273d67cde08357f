// The facade: events go in, a frame and a list of effects come out. It never calls the platform,
// except for text through the TextEngine.
//
//   Widget widget(config, text_engine);
//   run(widget.handle(Started{}));
//   …
//   if (widget.needs_frame()) { Frame frame = widget.frame(viewport); … }
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "widget/core/comment.h"
#include "widget/core/sort_order.h"
#include "widget/effects.h"
#include "widget/events.h"
#include "widget/text/text_engine.h"
#include "widget/views/semantics.h"
#include "widget/views/theme.h"

namespace parlance {

class Canvas;

// A permalink is the page's address with "#" + kPermalinkPrefix + comment id.
inline constexpr std::string_view kPermalinkPrefix = "comment-";

// How far ahead of the reader pages are fetched.
enum class Loading : std::uint8_t { NearReader, Everything };

struct Config {
  std::string site;
  std::string thread;
  SortOrder sort = SortOrder::MostVoted;
  Loading loading = Loading::NearReader;
  std::string entropy;  // At least 16 random characters [A-Za-z0-9], new for each page view:
                        // idempotency keys start with it.
};

// What the host sees of the widget. y grows downwards from the widget's top edge.
struct Viewport {
  float width = 0;         // CSS pixels.
  double visible_top = 0;  // The part of the widget inside the window; may be empty.
  double visible_bottom = 0;
  double drawn_top = 0;  // What the canvas covers: the visible part and a margin.
  double drawn_bottom = 0;
  float scale = 1;  // Device pixels per CSS pixel.
  PageStyle page;   // What the page around looks like.
  UnixSeconds now = 0;
  double time = 0;  // Milliseconds of a clock that only goes forwards: when this frame is seen.
  // Every loaded comment is said, whether it is near the window or not: the DOM is what readers
  // see.
  bool is_plain = false;
  // Whether the reader may choose between the two (kViewKey).
  bool has_view_choice = true;
  // The page is moving, and Frame::scroll_by has to wait until it rests.
  bool is_scrolling = false;
  // The picture's origin is (0, drawn_top). Without a canvas everything is said and nothing drawn.
  Canvas* canvas = nullptr;
};

struct Frame {
  double content_height = 0;
  // What lies above the reader grew by this much: the host scrolls the page by it in the same
  // animation frame. 0 while the page is scrolling.
  double scroll_by = 0;
  bool owes_scroll = false;  // There will be a scroll_by when the page rests: draw again then.
  bool is_fading = false;    // The next animation frame shows another picture.
  const SemanticTree* semantics = nullptr;
  Palette palette;
  std::optional<std::chrono::milliseconds> wake_after;  // Send Woken then.
  Effects effects;
};

// One loaded comment in reading order, for the mirror of what is not drawn and for copying.
struct ReadingEntry {
  NodeId article = 0;
  std::string_view author;  // Both valid until the next call.
  std::string_view text;
};

enum class ReadingForm : std::uint8_t {
  Words,   // Without markup and spoilers.
  Blocks,  // See copied_blocks (views/comment_parts.h).
};

class Widget {
 public:
  // `text` is kept and must live longer than the widget.
  Widget(Config config, TextEngine& text);
  ~Widget();
  Widget(const Widget&) = delete;
  Widget& operator=(const Widget&) = delete;

  Effects handle(const Event& event);

  // Whether a frame drawn now could differ from the last one with the same viewport.
  bool needs_frame() const;

  Frame frame(const Viewport& viewport);

  // All loaded comments that are not folded away, in reading order. `version` changes with the
  // order or its members.
  std::uint32_t reading_order_version() const;
  std::vector<NodeId> reading_order() const;
  // Nothing when the article is no longer there.
  std::optional<ReadingEntry> reading_entry(NodeId article,
                                            ReadingForm form = ReadingForm::Words) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace parlance
