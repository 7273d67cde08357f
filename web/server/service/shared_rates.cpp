// What processes tell each other of their rate limits: relay.h has the notice's grammar.
#include <charconv>

#include "web/server/service/service.h"
#include "web/server/store/notifications.h"

namespace parlance {
namespace {

// Each takes less than 40 bytes of a notice. Who takes little is not worth telling of.
constexpr std::size_t kMostTold = 600;
constexpr std::size_t kLongestEntry = 48;
constexpr int kHexadecimal = 16;

std::string hexadecimal(std::uint64_t number) {
  char digits[kHexadecimal];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number, kHexadecimal);
  return error == std::errc() ? std::string(digits, end) : std::string();
}

// Reads bucket ":" taken ":" allowance.
std::optional<RateLimiter::Taken> taken_from(std::string_view text) {
  RateLimiter::Taken taken;
  const char* const end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, taken.bucket, kHexadecimal);
  if (read.ec != std::errc() || read.ptr == end || *read.ptr != ':') return std::nullopt;
  read = std::from_chars(read.ptr + 1, end, taken.count);
  if (read.ec != std::errc() || read.ptr == end || *read.ptr != ':') return std::nullopt;
  read = std::from_chars(read.ptr + 1, end, taken.allowance);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return taken;
}

}  // namespace

Status Service::send_to_all(const std::string& notice) {
  const auto sent = store_.write("", [&](Store::Change& change) -> Result<bool> {
    Status status = send_notice(change.connection(), channel(), notice);
    return status ? Result<bool>(true) : Result<bool>(status.error());
  });
  if (!sent) return sent.error();
  return {};
}

std::vector<std::string> Service::rates_to_tell(const std::string& prefix) {
  std::vector<std::string> notices;
  for (const RateLimiter::Taken& taken : limiter_.taken(kMostTold)) {
    if (notices.empty() || notices.back().size() + kLongestEntry > kMaxNoticeBytes) {
      notices.push_back(prefix);
    }
    notices.back() += " " + hexadecimal(taken.bucket) + ":" + std::to_string(taken.count) + ":" +
                      std::to_string(taken.allowance);
  }
  return notices;
}

void Service::hear_of_rates(std::string_view notice, UnixSeconds now) {
  if (!notice.starts_with("r ")) return;
  notice.remove_prefix(2);
  // The first word is who tells.
  bool is_first = true;
  while (!notice.empty()) {
    const std::size_t end = notice.find(' ');
    const std::string_view word = notice.substr(0, end);
    notice.remove_prefix(end == std::string_view::npos ? notice.size() : end + 1);
    if (std::exchange(is_first, false)) continue;
    if (const auto taken = taken_from(word)) limiter_.hear(*taken, now);
  }
}

}  // namespace parlance
