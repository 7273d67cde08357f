#include "web/server/delivery/smtp.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace parlance {
namespace {

struct Reading {
  std::string_view left;
  bool has_begun = false;
};

std::size_t give(char* place, std::size_t size, std::size_t count, void* reading) {
  auto& from = *static_cast<Reading*>(reading);
  from.has_begun = true;
  const std::size_t taken = std::min(size * count, from.left.size());
  std::memcpy(place, from.left.data(), taken);
  from.left.remove_prefix(taken);
  return taken;
}

curl_usessl to_curl(SmtpOptions::Tls tls) {
  switch (tls) {
    case SmtpOptions::Tls::Required:
      return CURLUSESSL_ALL;
    case SmtpOptions::Tls::WhenOffered:
      return CURLUSESSL_TRY;
    case SmtpOptions::Tls::Never:
      break;
  }
  return CURLUSESSL_NONE;
}

void set_options(CURL* curl, const SmtpOptions& options) {
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_URL, options.url.c_str());
  curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(to_curl(options.tls)));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.authorities.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, options.authorities.c_str());
  }
  if (!options.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, options.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, options.password.c_str());
  }
}

// A 5xx is meant for the message only where it answers the mailbox or the text.
bool is_refusal(CURLcode code, long status, bool has_begun) {
  return status >= 500 && status < 600 && (code == CURLE_SEND_ERROR || has_begun);
}

}  // namespace

Sent send_by_smtp(Transfer& transfer, const SmtpOptions& options, const Message& message) {
  transfer.begin(options.timeout_seconds);
  CURL* curl = transfer.handle();
  set_options(curl, options);
  Reading reading{message.content};
  curl_slist* recipients = curl_slist_append(nullptr, ("<" + message.to + ">").c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + message.from + ">").c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &reading);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  const CURLcode code = transfer.run();
  curl_slist_free_all(recipients);

  if (code == CURLE_OK) return {Sent::Fate::Done, ""};
  if (transfer.is_ending()) return {Sent::Fate::Stopped, ""};
  const bool is_final = is_refusal(code, transfer.status(), reading.has_begun);
  return {is_final ? Sent::Fate::Never : Sent::Fate::Later, transfer.why(code)};
}

}  // namespace parlance
