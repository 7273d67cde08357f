// What the mails say, as text and as HTML, made of the same parts.
#pragma once

#include <string>
#include <vector>

#include "web/server/service/mail.h"
#include "web/server/store/records.h"
#include "web/server/store/subscriptions.h"

namespace parlance {

// Addresses of this server's own pages, with a token in them (service/subscriptions.h).
struct MailLinks {
  std::string confirm;
  std::string unsubscribe;
  std::string manage;
};

struct MailSubject {
  const Site& site;
  const ThreadRow& thread;
  const Subscription& subscription;
};

// Asks whether the mailbox wants it.
Mail confirmation_mail(const MailSubject& about, const MailLinks& links);

// What is new. REQUIRES: a comment.
Mail news_mail(const MailSubject& about, const News& news, const MailLinks& links);

}  // namespace parlance
