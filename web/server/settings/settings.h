// Every setting there is, in one list: what the file may say, what the environment may say, what
// --help and docs/server.md tell.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/settings/options.h"

namespace parlance {

struct Setting {
  std::string_view name;     // As in the file; a dot stands for an object: "limits.posts".
  std::string_view usual;    // As the documentation has it.
  std::string_view meaning;  // One line, Markdown.
  // Whether a value from elsewhere than the file is a text as it stands, and no JSON.
  bool is_text = false;
  // Puts a value into its place; false when it has the wrong type or is out of range.
  std::function<bool(const nlohmann::json&)> read;

  // "PARLANCE_LIMITS_POSTS"
  std::string environment_name() const;
  // "limits-posts", without the dashes before it
  std::string option_name() const;
};

// They write into `options`, which must outlive them.
std::vector<Setting> settings_of(Options& options);

// From the command line or the environment, where everything is text. Fails with InvalidField.
Status read_setting(const Setting& setting, const std::string& value, const std::string& where);

// The table of docs/server.md.
std::string settings_as_markdown();

}  // namespace parlance
