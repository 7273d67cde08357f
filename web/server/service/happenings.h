// What becomes of comments, for those who asked to be told: webhooks, and who follows a thread by
// mail. It is written in the transaction that changes the comment, and sent later (delivery/).
//
//   webhook's body   {"id", "event": "comment.created" …, "created", "site",
//                     "thread": {"key", "title", "url"},
//                     "comment": {"id", "parent": id or null, "author", "status", "created",
//                                 "edited": time or null, "text"}}
#pragma once

#include <string>
#include <string_view>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

enum class Happening : std::uint8_t { Created, Edited, Approved, Held, Spam, Deleted, Reported };

// What it is called when a comment gets a status.
Happening happening_of(CommentStatus status);

struct Happened {
  Happening what = Happening::Created;
  const Site& site;
  const ThreadRow& thread;
  const CommentRow& comment;  // As it is now.
  UnixSeconds now = 0;
};
// REQUIRES: the turn of the comment's thread.
Status note_happening(Connection& connection, const Happened& happened);

// What signs a webhook's body: "t=" time ",v1=" hexadecimal HMAC-SHA256(secret, time "." body).
std::string webhook_signature(std::string_view secret, UnixSeconds now, std::string_view body);

}  // namespace parlance
