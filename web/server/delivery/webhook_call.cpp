#include "web/server/delivery/webhook_call.h"

#include <unistd.h>

#include "web/server/delivery/public_address.h"
#include "web/server/service/happenings.h"

namespace parlance {
namespace {

constexpr std::size_t kMaxAnswerBytes = 64 * 1024;

struct Answer {
  std::size_t bytes = 0;
};

// Nobody reads what it says; one that does not end is cut off.
std::size_t pass_over(char*, std::size_t size, std::size_t count, void* answer) {
  auto& read = *static_cast<Answer*>(answer);
  read.bytes += size * count;
  return read.bytes > kMaxAnswerBytes ? 0 : size * count;
}

// Looks at the address that was found, after every look-up of a name.
curl_socket_t open_public(void* was_refused, curlsocktype, curl_sockaddr* address) {
  if (!is_public_address(address->addr)) {
    *static_cast<bool*>(was_refused) = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

class Headers {
 public:
  Headers() = default;
  ~Headers() { curl_slist_free_all(list_); }
  Headers(const Headers&) = delete;
  Headers& operator=(const Headers&) = delete;
  void add(const std::string& line) { list_ = curl_slist_append(list_, line.c_str()); }
  curl_slist* list() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

}  // namespace

Sent call_webhook(Transfer& transfer, const WebhookOptions& options, const WebhookCall& call) {
  transfer.begin(options.timeout_seconds);
  CURL* curl = transfer.handle();
  Headers headers;
  headers.add("Content-Type: application/json");
  headers.add("Parlance-Id: " + call.id);
  headers.add("Parlance-Signature: " + webhook_signature(call.secret, call.now, call.body));
  headers.add("Expect:");
  Answer answer;
  bool was_refused = false;
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "Parlance");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.list());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body.data());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, pass_over);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  if (!options.allows_private) {
    // A connection that is kept was looked at when it was opened, perhaps for another name.
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_public);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &was_refused);
  }
  const CURLcode code = transfer.run();

  const long status = transfer.status();
  if (status >= 200 && status < 300 && (code == CURLE_OK || answer.bytes > kMaxAnswerBytes)) {
    return {Sent::Fate::Done, ""};
  }
  if (transfer.is_ending()) return {Sent::Fate::Stopped, ""};
  if (was_refused) return {Sent::Fate::Later, "its address is a private one"};
  if (code == CURLE_OK) return {Sent::Fate::Later, "answered " + std::to_string(status)};
  return {Sent::Fate::Later, transfer.why(code)};
}

}  // namespace parlance
