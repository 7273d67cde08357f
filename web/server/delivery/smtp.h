// Hands messages to a mail server (RFC 5321), one after the other on one connection.
#pragma once

#include <string>

#include "web/server/delivery/transfer.h"

namespace parlance {

struct SmtpOptions {
  enum class Tls : std::uint8_t { Required, WhenOffered, Never };

  std::string url;  // smtp://host:port or smtps://host:port
  std::string user;
  std::string password;
  Tls tls = Tls::Required;
  std::string authorities;  // A file of certificates in PEM; empty: the system's.
  int timeout_seconds = 60;
};

struct Message {
  std::string from;
  std::string to;
  std::string content;  // As to_message() writes it.
};

// Never means that the server has refused this message; what is wrong with the connection, or who
// we are, may be put right.
Sent send_by_smtp(Transfer& transfer, const SmtpOptions& options, const Message& message);

}  // namespace parlance
