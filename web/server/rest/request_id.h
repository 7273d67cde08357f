// Names a request, so that what a proxy, this server and a reader's report say of it can be brought
// together.
#pragma once

#include <string>
#include <string_view>

namespace parlance {

// What a proxy calls it where that is 1 to 64 of A-Za-z0-9_.-, else a name of ours that no other
// request has.
std::string request_id(std::string_view given);

}  // namespace parlance
