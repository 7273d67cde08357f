// A host without a browser: a page of a given size, a clock that stands still until it is moved, a
// network in which tests answer, and storage in a map. Tests find things by role and name, act on
// them, and read what a reader would see.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shell/headless/headless_text.h"
#include "widget/drawing/draw_list_canvas.h"
#include "widget/widget.h"

namespace parlance {

class HeadlessShell {
 public:
  struct Options {
    Config config{.site = "demo", .thread = "harbour", .entropy = "abcdefghijklmnop"};
    float width = 720;
    float window_height = 900;
    float margin = 450;  // The canvas reaches this far beyond the window.
    std::map<std::string, std::string> storage;
    bool refuses_storage = false;
    bool refuses_clipboard = false;
  };

  // Tells the widget what is stored, starts it and draws its first frame.
  HeadlessShell();
  explicit HeadlessShell(Options options);

  // Acting. All of them draw the frame that follows. They return false when there is no such thing,
  // or it is disabled.
  bool click(Role role, std::string_view name);
  bool type(std::string_view field, std::string_view text);
  bool press_submit(std::string_view field);
  bool press_escape(std::string_view field);
  // The keys that go to the next and the previous comment from what has the focus.
  void press_j();
  void press_k();
  void point_at(NodeId node);
  void hold(NodeId node);
  void focus_on(NodeId node);
  void scroll_to(double top);
  // A page that keeps moving: a wheel, a finger, an animation. The widget may not scroll it then.
  void scroll_past(double top);
  void come_to_rest();
  void resize(float width);
  void send(const Event& event);

  // The network: requests that have not been answered yet, oldest first.
  std::vector<HttpRequest>& requests() { return requests_; }
  void answer(RequestId id, int status, std::string_view body);
  void fail(RequestId id, ErrorCode code);

  // The stream of events that the widget listens to: where it is, and after which event it began.
  // Empty: none.
  const OpenStream& stream() const { return stream_; }
  void hear(std::string_view changes) { send(StreamEvent{StreamEventKind::Change, changes}); }
  void hear_reset() { send(StreamEvent{StreamEventKind::Reset, "{}"}); }

  // Reading. Names are what assistive technology says: the name, or else the text.
  const SemanticNode* find(Role role, std::string_view name) const;
  // The first of that role whose name begins like this.
  const SemanticNode* find_beginning(Role role, std::string_view beginning) const;
  std::vector<const SemanticNode*> all(Role role) const;
  // Whether some node's text contains it.
  bool says(std::string_view text) const;
  // The names of all drawn articles, in reading order.
  std::vector<std::string> articles() const;

  const Frame& frame() const { return frame_; }
  Widget& widget() { return widget_; }
  HeadlessText& text() { return text_; }
  const std::map<std::string, std::string>& storage() const { return storage_; }
  // What was saved since the last call, in order.
  std::vector<Save> take_saved() { return std::exchange(saved_, {}); }
  // Another tab of the same browser has saved it.
  void saved_elsewhere(const Save& save);
  // The comments whose words are to be read again.
  const std::vector<NodeId>& forgotten() const { return forgotten_; }
  // What was copied last; empty: nothing.
  const std::string& copied() const { return copied_; }
  const std::vector<std::string>& announced() const { return announced_; }
  NodeId focused() const { return pointed_.focused; }
  double scroll_top() const { return scroll_top_; }
  void set_now(UnixSeconds now) { now_ = now; }
  // So much time goes by, and the frames that were asked for are drawn at its end.
  void pass(double milliseconds);
  // The strongest that anything is drawn with in that colour: 0 for nothing, 255 for all of its
  // ink.
  int ink(Rgba colour) const;
  void set_plain(bool is_plain) { is_plain_ = is_plain; }
  // Whether there is something to draw on, as there is from the beginning. Plain view has nothing.
  void set_drawn(bool is_drawn) { is_drawn_ = is_drawn; }
  PageStyle& page() { return page_; }

  void draw();

 private:
  void run(const Effects& effects);
  void keep(const Save& save);
  bool act(const SemanticNode* node, ActionKind kind, std::string_view value);
  const SemanticNode* field(std::string_view name) const;

  Options options_;
  HeadlessText text_;
  DrawListCanvas canvas_{text_};
  Widget widget_;
  Frame frame_;
  Pointed pointed_;
  NodeId wanted_focus_ = 0;
  double scroll_top_ = 0;
  bool is_scrolling_ = false;
  UnixSeconds now_ = 1'700'000'000;
  double time_ = 1000;
  PageStyle page_;
  bool is_plain_ = false;
  bool is_drawn_ = true;
  std::vector<HttpRequest> requests_;
  std::map<std::string, std::string> storage_;
  std::vector<Save> saved_;
  std::vector<std::string> announced_;
  std::vector<NodeId> forgotten_;
  OpenStream stream_;
  std::string copied_;
};

// What assistive technology calls the node.
std::string_view accessible_name(const SemanticNode& node);

}  // namespace parlance
