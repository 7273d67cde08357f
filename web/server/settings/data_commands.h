// The commands by which whoever runs the server moves comments:
//
//   export SITE                          everything of a site to standard output, as JSON lines
//   import FILE --site SITE [--from wordpress|disqus|isso|commento] [--dry-run] [--report FILE]
//     [--key path|url|id] [--map FILE]   from there, or from another program's file
//   person export|erase SITE --email … | --subject … | --guest … | --comment … [--keep-texts]
//
// docs/importing.md describes them.
#pragma once

#include <string>
#include <vector>

#include "widget/core/result.h"

namespace parlance {

// Whether the words of the command line are one of these commands.
bool is_data_command(const std::vector<std::string>& words);

// Does it. Fails with a text for whoever typed it.
Status run_data_command(const std::vector<std::string>& words);

}  // namespace parlance
