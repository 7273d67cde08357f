// What stands in other programs' files, as Parlance has it.
#pragma once

#include <string>
#include <string_view>

#include "widget/core/comment.h"

namespace parlance {

// "2014-03-05 10:20:30" or "2014-03-05T10:20:30.123Z", or with "+02:00" in place of "Z"; without
// either it is UTC. 0 for anything else.
UnixSeconds time_from(std::string_view text);

// The path of an address as the widget has it for a page that names no thread (embed/settings.ts).
std::string path_of(std::string_view url);

}  // namespace parlance
