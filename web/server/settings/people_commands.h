// The commands by which whoever runs the server says who moderates, which keys sign people on, and
// who is told what happens:
//
//   moderator add|password|role|reset-code|remove SITE NAME, moderator list SITE
//   key add|retire SITE NAME [--algorithm HS256|EdDSA], key list SITE
//   webhook add|remove SITE URL, webhook list SITE
//
// Passwords and keys come from standard input: on the command line every process of the machine
// could read them.
#pragma once

#include <string>
#include <vector>

#include "widget/core/result.h"

namespace parlance {

// Whether the words of the command line are one of these commands.
bool is_people_command(const std::vector<std::string>& words);

// Does it, and says on standard output what it has done. Fails with a text for whoever typed it.
Status run_people_command(const std::vector<std::string>& words);

}  // namespace parlance
