// Where each comment of the reading order stands: measured heights for those that have been drawn,
// estimates for the others.
#pragma once

#include <cstddef>
#include <vector>

#include "widget/core/thread.h"
#include "widget/text/paragraph.h"
#include "widget/views/look.h"

namespace parlance {

class ThreadLayout {
 public:
  // Takes up changes of the thread. With another look every height is an estimate again.
  void update(const Thread& thread, const Look& look, bool has_new_look);

  std::size_t count() const { return order_.size(); }
  CommentIndex comment_at(std::size_t position) const { return order_[position]; }
  // The place in the reading order; count() when it is folded away.
  std::size_t position_of(CommentIndex index) const;

  // From the top of the first comment.
  double top_of(std::size_t position) const { return tops_[position]; }
  double height() const { return tops_.empty() ? 0 : tops_.back(); }

  // Whether the height is more than an estimate.
  bool is_measured(std::size_t position) const { return known_[order_[position]].is_measured; }

  // The first comment that ends below `y`; count() when there is none.
  std::size_t first_below(double y) const;

  // A height that has been measured. Positions below it are right again after settle().
  void set_height(std::size_t position, float height);
  // Returns whether anything moved.
  bool settle();

 private:
  struct Known {
    TextWeight weight;
    float height = 0;
    bool is_weighed = false;
    bool is_measured = false;
    bool was_collapsed = false;
  };
  std::vector<Known> known_;  // By comment index.
  std::vector<CommentIndex> order_;
  std::vector<std::size_t> positions_;  // By comment index.
  std::vector<double> tops_;            // By position; one more for the end.
  std::size_t first_changed_ = 0;
  std::uint32_t version_ = 0;
};

}  // namespace parlance
