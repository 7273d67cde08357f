// The words of a command that is not just starting the server.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "widget/core/comment.h"
#include "widget/core/result.h"

namespace parlance {

struct Words {
  std::vector<std::string> names;          // "moderator", "add", "gazette", "Mara".
  std::map<std::string, std::string> own;  // Options that only some commands have.
  std::vector<std::string> others;         // Those of every command: --database and --config.

  // Empty when it was not given.
  std::string option(const char* name) const {
    const auto found = own.find(name);
    return found == own.end() ? std::string() : found->second;
  }
  bool has(const char* name) const { return own.contains(name); }
};

// `own` are options with a value, `flags` those without one; both with their hyphens. Fails with
// InvalidField when a value is missing.
Result<Words> parted(const std::vector<std::string>& words, std::span<const std::string_view> own,
                     std::span<const std::string_view> flags = {});

Error unusable(std::string text);
UnixSeconds unix_now();

}  // namespace parlance
