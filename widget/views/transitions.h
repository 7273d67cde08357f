// How far short changes of looks have come: what is pointed at, held or focused, what has just been
// unfolded, what others have written.
//
// Only what is changing is kept, and no more of it than a reader could follow: everything else
// looks as it is. A change takes no longer than 150 ms and moves nothing.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "widget/events.h"

namespace parlance {

enum class Change : std::uint8_t {
  Hover,
  Press,  // Seen at once; only its end fades.
  Focus,
  Appear,  // Comes in with what a reader has unfolded.
  Arrive,  // A tint behind what is new, which stays for a moment.
};

class Transitions {
 public:
  // What the pointer and the focus are on from now on.
  void point(const Pointed& pointed);
  const Pointed& pointed() const { return pointed_; }

  // For Appear and Arrive. What finds no room any more is over at once.
  void begin(NodeId node, Change change);

  // `now`: milliseconds of any clock that goes forwards. To be called before a frame is drawn.
  void advance(double now);
  // Everything is where it will end.
  void finish() { count_ = 0; }

  // How much of the change is to be seen at `node`, 0 to 1.
  float share(NodeId node, Change change) const;

  // Milliseconds until the picture is another: 0 while something fades; nothing when all stands
  // still.
  std::optional<double> next_change() const;

 private:
  static constexpr std::size_t kMost = 24;
  struct Running {
    NodeId node = 0;
    Change change = Change::Hover;
    float from = 0;
    float to = 0;
    double begun = -1;  // Negative until a frame is drawn.
  };
  void run(NodeId node, Change change, bool is_on);
  float share_of(const Running& running) const;
  bool is_at_rest(NodeId node, Change change) const;

  Pointed pointed_;
  std::array<Running, kMost> running_;
  std::size_t count_ = 0;
  double now_ = 0;
};

}  // namespace parlance
