#include "web/server/delivery/transfer.h"

#include <algorithm>

namespace parlance {
namespace {

int stop_when_ending(void* is_ending, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return *static_cast<const std::atomic<bool>*>(is_ending) ? 1 : 0;
}

}  // namespace

Transfer::Transfer(const std::atomic<bool>& is_ending)
    : is_ending_(is_ending), handle_(curl_easy_init()) {}

void Transfer::begin(long timeout_seconds) {
  curl_easy_reset(handle());
  // Signals are the server's own; and a proxy of the environment would see what is sent.
  curl_easy_setopt(handle(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle(), CURLOPT_PROXY, "");
  curl_easy_setopt(handle(), CURLOPT_TIMEOUT, timeout_seconds);
  curl_easy_setopt(handle(), CURLOPT_CONNECTTIMEOUT, std::min(timeout_seconds, 10L));
  curl_easy_setopt(handle(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle(), CURLOPT_XFERINFOFUNCTION, stop_when_ending);
  curl_easy_setopt(handle(), CURLOPT_XFERINFODATA,
                   const_cast<void*>(static_cast<const void*>(&is_ending_)));
}

CURLcode Transfer::run() { return curl_easy_perform(handle()); }

long Transfer::status() const {
  long status = 0;
  curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
  return status;
}

std::string Transfer::why(CURLcode code) const {
  const long said = status();
  return std::string(curl_easy_strerror(code)) + (said == 0 ? "" : ": " + std::to_string(said));
}

}  // namespace parlance
