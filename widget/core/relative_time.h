// How long ago something was, in words.
#pragma once

#include <string>

#include "widget/core/comment.h"

namespace parlance {

// "just now", "1 minute ago", … "5 years ago". The largest unit that fits, rounded down. What lies
// ahead (a clock that is wrong) is "just now".
std::string format_age(UnixSeconds then, UnixSeconds now);

}  // namespace parlance
