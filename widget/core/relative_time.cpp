#include "widget/core/relative_time.h"

namespace parlance {
namespace {

struct Unit {
  UnixSeconds seconds;
  const char* name;
};

// Months and years of the Gregorian calendar's mean length.
constexpr Unit kUnits[] = {{31'556'952, "year"}, {2'629'746, "month"}, {604'800, "week"},
                           {86'400, "day"},      {3'600, "hour"},      {60, "minute"}};

}  // namespace

std::string format_age(UnixSeconds then, UnixSeconds now) {
  const UnixSeconds age = now - then;
  for (const Unit& unit : kUnits) {
    if (age < unit.seconds) continue;
    const UnixSeconds count = age / unit.seconds;
    return std::to_string(count) + " " + unit.name + (count == 1 ? "" : "s") + " ago";
  }
  return "just now";
}

}  // namespace parlance
