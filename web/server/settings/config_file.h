// The settings that stand in a file: JSON, with comments allowed. docs/server.md lists them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "web/server/settings/options.h"

namespace parlance {

// Puts what the file says into `options`, and leaves the rest. Fails with InvalidField, and its
// text names the mistake.
Status read_config(const std::string& path, Options& options);

// The value of the setting "sites", in place of those that were there. Fails in the same way.
Status read_sites(const nlohmann::json& list, std::vector<ConfiguredSite>& sites);

}  // namespace parlance
