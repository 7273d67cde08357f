// Lays out and shows the whole widget for one viewport: of a long thread only what is near the
// visible part.
#pragma once

#include <optional>
#include <vector>

#include "widget/core/conversation.h"
#include "widget/effects.h"
#include "widget/views/comment_view.h"
#include "widget/views/thread_layout.h"
#include "widget/views/ui.h"
#include "widget/widget.h"

namespace parlance {

class Scene {
 public:
  explicit Scene(TextEngine& engine) : advances_(engine), texts_(advances_) {}

  struct Shown {
    double content_height = 0;
    double scroll_by = 0;
    bool owes_scroll = false;
    bool is_near_end = false;  // The reader will soon see the last loaded comment.
    std::optional<ScrollTo> reveal;
  };

  Shown show(const Viewport& viewport, const Conversation& conversation, const Pointed& pointed,
             CommentIndex revealed);

  const SemanticTree& semantics() const { return semantics_; }
  const Palette& palette() const { return look_.palette; }
  Transitions& transitions() { return transitions_; }

  void fonts_changed();
  // See Translations::note.
  void translated(std::string_view original, std::string_view pieces);
  const Translations& translations() const { return translations_; }
  // The comment reads differently now: it is no place to hold on to.
  void revised(CommentIndex index) { revised_.push_back(index); }
  // The next frame does not keep what the reader sees in place: they have asked for something else.
  void let_go() { holds_place_ = false; }

 private:
  struct Anchor {
    CommentIndex comment = kNoComment;
    double top = 0;
  };
  Anchor find_anchor(double visible_top, double visible_bottom) const;
  // Where the first comment stands.
  double comments_top() const { return header_height_ + shift_; }
  // Keeps the anchor where the reader sees it: by a scroll where the page rests, by a shift of all
  // comments where it moves. Returns what to scroll by.
  double keep_in_place(const Anchor& anchor, const Viewport& viewport);
  void update_look(const Viewport& viewport);
  void update_transitions(const Viewport& viewport, const Pointed& pointed);
  // Both lay out comments to be shown: those that stay said wherever they are, and those near the
  // window. The latter returns whether there was any that had not been laid out for this frame.
  void lay_out_kept(const Viewport& viewport, const Conversation& conversation,
                    const Pointed& pointed, CommentIndex revealed);
  bool lay_out_near(const Viewport& viewport, const Conversation& conversation);
  // Lets go of what was laid out before corrections moved it away.
  void forget_far(const Viewport& viewport);
  bool lay_out_at(std::size_t position, const Conversation& conversation, UnixSeconds now);
  void show_all(Ui& ui, const Viewport& viewport, const Conversation& conversation);

  AdvanceCache advances_;
  Translations translations_;
  CommentTexts texts_;
  SemanticTree semantics_;
  Transitions transitions_;
  Look look_;
  PageStyle page_;
  ThreadLayout thread_;
  struct Live {
    std::size_t position = 0;
    CommentLayout layout;
    bool is_kept = false;  // Wherever it is.
  };
  std::vector<Live> live_;
  std::vector<CommentIndex> revised_;  // Since the last frame.
  double header_height_ = 0;
  double shift_ = 0;  // How much lower than they should the comments stand until the page rests.
  bool has_new_look_ = true;
  bool holds_place_ = true;
};

}  // namespace parlance
