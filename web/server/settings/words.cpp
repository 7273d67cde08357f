#include "web/server/settings/words.h"

#include <algorithm>
#include <chrono>

namespace parlance {

Error unusable(std::string text) { return {ErrorCode::InvalidField, std::move(text), ""}; }

UnixSeconds unix_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

Result<Words> parted(const std::vector<std::string>& words, std::span<const std::string_view> own,
                     std::span<const std::string_view> flags) {
  Words parts;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (!word.starts_with("--")) {
      parts.names.push_back(word);
    } else if (std::ranges::find(flags, word) != flags.end()) {
      parts.own[word.substr(2)] = "yes";
    } else if (at + 1 == words.size()) {
      return unusable(word + " needs a value");
    } else if (std::ranges::find(own, word) != own.end()) {
      parts.own[word.substr(2)] = words[++at];
    } else {
      parts.others.push_back(word);
      parts.others.push_back(words[++at]);
    }
  }
  return parts;
}

}  // namespace parlance
