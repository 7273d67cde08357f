// Comments that readers say something about: looked up as the caller may see them.
#pragma once

#include <string>

#include "web/server/service/service.h"

namespace parlance {

struct FoundComment {
  ThreadRow thread;
  CommentRow comment;
};

// A comment of the thread, of any status. Fails with UnknownThread or UnknownComment.
Result<FoundComment> find_in_thread(Connection& connection, const Site& site,
                                    const std::string& thread, const CommentId& comment);

// An approved comment of somebody else's, for a guest who has not been shut out. Fails with
// UnknownThread, UnknownComment, OwnComment or Banned. What waits for approval does not exist for
// others, and its author has nothing to say to it. The thread is as its age has it.
Result<FoundComment> find_others(Connection& connection, const Site& site,
                                 const std::string& thread, const CommentId& comment,
                                 const GuestId& guest, UnixSeconds now);

}  // namespace parlance
