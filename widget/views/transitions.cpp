#include "widget/views/transitions.h"

#include <algorithm>
#include <utility>

namespace parlance {
namespace {

constexpr double kTintStays = 1500;

double duration(Change change) { return change < Change::Appear ? 100 : 150; }
double pause_before(Change change) { return change == Change::Arrive ? kTintStays : 0; }

}  // namespace

void Transitions::point(const Pointed& pointed) {
  const Pointed before = std::exchange(pointed_, pointed);
  const auto pass_on = [&](Change change, NodeId from, NodeId to) {
    if (from == to) return;
    if (from != 0) run(from, change, false);
    if (to != 0) run(to, change, true);
  };
  pass_on(Change::Hover, before.hovered, pointed.hovered);
  pass_on(Change::Press, before.pressed, pointed.pressed);
  pass_on(Change::Focus, before.focused, pointed.focused);
}

void Transitions::begin(NodeId node, Change change) { run(node, change, change == Change::Appear); }

void Transitions::run(NodeId node, Change change, bool is_on) {
  Running* const end = running_.data() + count_;
  Running* const known = std::find_if(running_.data(), end, [&](const Running& one) {
    return one.node == node && one.change == change;
  });
  Running next{
      .node = node, .change = change, .from = is_on ? 0.0f : 1.0f, .to = is_on ? 1.0f : 0.0f};
  // What turns back does so from where it is.
  if (known != end) next.from = share_of(*known);
  if (change == Change::Press && is_on) next.from = 1;
  if (known != end) {
    *known = next;
  } else if (count_ < kMost) {
    running_[count_++] = next;
  }
}

void Transitions::advance(double now) {
  now_ = now;
  Running* const end = running_.data() + count_;
  for (Running* one = running_.data(); one != end; ++one) {
    // A clock that went back, or was never asked.
    if (one->begun < 0 || one->begun > now) one->begun = now;
  }
  Running* const kept = std::remove_if(running_.data(), end, [&](const Running& one) {
    return one.from == one.to || now - one.begun >= pause_before(one.change) + duration(one.change);
  });
  count_ = static_cast<std::size_t>(kept - running_.data());
}

float Transitions::share_of(const Running& running) const {
  const double passed = running.begun < 0 ? 0 : now_ - running.begun;
  const double way = (passed - pause_before(running.change)) / duration(running.change);
  const auto left = 1 - static_cast<float>(std::clamp(way, 0.0, 1.0));
  // Quick at first, then slower.
  return running.to + (running.from - running.to) * left * left;
}

float Transitions::share(NodeId node, Change change) const {
  for (std::size_t i = 0; i < count_; ++i) {
    if (running_[i].node == node && running_[i].change == change) return share_of(running_[i]);
  }
  return is_at_rest(node, change) ? 1.0f : 0.0f;
}

bool Transitions::is_at_rest(NodeId node, Change change) const {
  switch (change) {
    case Change::Hover:
      return pointed_.hovered == node;
    case Change::Press:
      return pointed_.pressed == node;
    case Change::Focus:
      return pointed_.focused == node;
    case Change::Appear:
      return true;
    case Change::Arrive:
      break;
  }
  return false;
}

std::optional<double> Transitions::next_change() const {
  std::optional<double> next;
  for (std::size_t i = 0; i < count_; ++i) {
    const Running& one = running_[i];
    const double passed = one.begun < 0 ? 0 : now_ - one.begun;
    const double wait = std::max(0.0, pause_before(one.change) - passed);
    next = std::min(next.value_or(wait), wait);
  }
  return next;
}

}  // namespace parlance
