// The settings that stand in a file: JSON, with comments allowed. docs/server.md lists them.
#pragma once

#include "web/server/settings/options.h"

namespace parlance {

// Puts what the file says into `options`, and leaves the rest. Fails with InvalidField, and its
// text names the mistake.
Status read_config(const std::string& path, Options& options);

}  // namespace parlance
