#include "widget/control/requests.h"

namespace parlance {

std::string percent_encoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_unreserved = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                               (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '.' ||
                               byte == '_' || byte == '~';
    if (is_unreserved) {
      encoded.push_back(c);
      continue;
    }
    encoded.push_back('%');
    encoded.push_back(kHex[byte >> 4]);
    encoded.push_back(kHex[byte & 15]);
  }
  return encoded;
}

std::string site_path(std::string_view site) { return "/v1/sites/" + percent_encoded(site); }

std::string thread_path(std::string_view site, std::string_view thread) {
  return site_path(site) + "/threads/" + percent_encoded(thread);
}

std::optional<Asked> RequestBook::close(RequestId id) {
  const auto found = open_.find(id);
  if (found == open_.end()) return std::nullopt;
  Asked about = std::move(found->second);
  open_.erase(found);
  return about;
}

void RequestBook::forget_pages() {
  std::erase_if(open_,
                [](const auto& entry) { return std::holds_alternative<PageAsked>(entry.second); });
}

}  // namespace parlance
