#include "widget/views/transitions.h"

#include <doctest/doctest.h>

using namespace parlance;

TEST_CASE(
    "transitions: what the pointer comes to lights up, what it leaves goes back from where it "
    "was") {
  Transitions transitions;
  transitions.advance(0);
  transitions.point({.hovered = 7});
  transitions.advance(1000);
  CHECK(transitions.share(7, Change::Hover) == 0);

  transitions.advance(1040);
  const float lit = transitions.share(7, Change::Hover);
  CHECK(lit > 0.3f);
  CHECK(lit < 1);

  transitions.point({.hovered = 8});
  transitions.advance(1050);
  CHECK(transitions.share(7, Change::Hover) == doctest::Approx(lit));
  CHECK(transitions.share(8, Change::Hover) == 0);

  transitions.advance(1150);
  CHECK(transitions.share(7, Change::Hover) == 0);
  CHECK(transitions.share(8, Change::Hover) == 1);
  CHECK_FALSE(transitions.next_change().has_value());
}

TEST_CASE("transitions: what is held shows it at once") {
  Transitions transitions;
  transitions.point({.pressed = 7});
  transitions.advance(0);
  CHECK(transitions.share(7, Change::Press) == 1);
  CHECK_FALSE(transitions.next_change().has_value());

  transitions.point({});
  transitions.advance(10);
  CHECK(transitions.share(7, Change::Press) == 1);
  transitions.advance(60);
  CHECK(transitions.share(7, Change::Press) < 1);
  CHECK(transitions.share(7, Change::Press) > 0);
}

TEST_CASE("transitions: a tint waits without a frame, then goes") {
  Transitions transitions;
  transitions.begin(7, Change::Arrive);
  transitions.advance(100);
  CHECK(transitions.share(7, Change::Arrive) == 1);
  const double pause = transitions.next_change().value_or(0);
  CHECK(pause > 1000);

  transitions.advance(100 + pause);
  CHECK(transitions.next_change() == 0);
  transitions.advance(100 + pause + 75);
  CHECK(transitions.share(7, Change::Arrive) < 1);
  transitions.advance(100 + pause + 150);
  CHECK(transitions.share(7, Change::Arrive) == 0);
  CHECK_FALSE(transitions.next_change().has_value());
}

TEST_CASE("transitions: no change takes longer than 150 milliseconds once it moves") {
  for (const Change change : {Change::Hover, Change::Focus, Change::Appear}) {
    Transitions transitions;
    if (change == Change::Hover) transitions.point({.hovered = 7});
    if (change == Change::Focus) transitions.point({.focused = 7});
    if (change == Change::Appear) transitions.begin(7, change);
    transitions.advance(0);
    CHECK(transitions.share(7, change) == 0);
    transitions.advance(150);
    CHECK(transitions.share(7, change) == 1);
    CHECK_FALSE(transitions.next_change().has_value());
  }
}

TEST_CASE("transitions: more at a time than anybody could follow are over at once") {
  Transitions transitions;
  for (NodeId node = 1; node <= 1000; ++node) transitions.begin(node, Change::Appear);
  transitions.advance(0);

  CHECK(transitions.share(1, Change::Appear) == 0);
  CHECK(transitions.share(1000, Change::Appear) == 1);
}
