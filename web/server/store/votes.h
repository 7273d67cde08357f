// Who has voted for what, and which posts have been answered already.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

// The guest's votes in a thread, by comment.
Result<std::unordered_map<RowId, Vote>> list_votes(Connection& connection, const GuestId& guest,
                                                   RowId thread);

Result<Vote> find_vote(Connection& connection, const GuestId& guest, const CommentRow& comment);

// Makes `vote` the guest's only vote for the comment, and the comment's counts agree.
Status put_vote(Connection& connection, const GuestId& guest, const CommentRow& comment, Vote vote);

// A post that was answered, so that the same request sent again is not a second comment.
struct AnsweredPost {
  std::string request_hash;
  RowId comment = 0;
};
Result<std::optional<AnsweredPost>> find_answered_post(Connection& connection, const GuestId& guest,
                                                       std::string_view idempotency_key);
Status put_answered_post(Connection& connection, const GuestId& guest,
                         std::string_view idempotency_key, const AnsweredPost& post,
                         UnixSeconds now);
Status forget_answered_posts(Connection& connection, UnixSeconds before);

}  // namespace parlance
