// One mail: what stands in the outbox, and how it is written for SMTP (RFC 5322, 2045, 2047, 8058).
//
// What strangers wrote may be in any of its texts: a text cannot end its header, and HTML is made
// of texts that were escaped.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "widget/core/comment.h"

namespace parlance {

struct Mail {
  std::string from_name;  // Where the sender has none of its own.
  std::string to;
  std::string subject;
  std::string text;
  std::string html;
  std::string about;        // The thread's own Message-ID, for mail programs that put threads
                            // together; empty: about none.
  std::string unsubscribe;  // An address that ends it with one click; empty: none is needed.
};

// As the outbox keeps it: JSON.
std::string to_payload(const Mail& mail);
// Nothing when it is none.
std::optional<Mail> mail_from_payload(std::string_view payload);

// Who sends.
struct Sender {
  std::string address;
  std::string name;
};

struct MessageFrame {
  const Sender& from;
  std::string id;  // Without angle brackets; the same with each try.
  UnixSeconds date = 0;
};
// The whole message with CR LF, ready for DATA. The same mail in the same frame is always the same.
std::string to_message(const Mail& mail, const MessageFrame& frame);

// Whether an address can be given to a mail server as it is: ASCII, one @, nothing that ends it.
bool is_mailbox(std::string_view address);

// A text as HTML has it, safe between tags and in a quoted attribute.
std::string html_of(std::string_view text);

}  // namespace parlance
