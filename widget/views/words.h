// What the widget says to readers, in English.
#pragma once

#include <string>
#include <string_view>

#include "widget/core/aside.h"
#include "widget/core/conversation.h"
#include "widget/core/draft.h"
#include "widget/core/error_code.h"
#include "widget/core/sort_order.h"

namespace parlance::words {

// What went wrong and what to do about it, as one or two short sentences.
std::string_view failure(ErrorCode code);
// The same for a post. REQUIRES: the draft has failed.
std::string post_failure(const Draft& draft);
// What its writer has to know about a draft beside that; empty for most.
std::string_view notice(const Draft& draft);

// Following by mail: what will come of it, or has, and why it did not.
std::string_view follow_hint(FollowState state);
std::string_view follow_failure(ErrorCode code);
std::string_view reason_name(ReportReason reason);
// What a reader is told below a comment; empty for most.
std::string aside_notice(const Aside& aside);

std::string comment_count(int count);
std::string reply_count(int count);
std::string new_replies(int count);
std::string new_shortly(int count);
std::string left_out(int count);
std::string_view sort_name(SortOrder order);
std::string_view feed_name(SortOrder order);

}  // namespace parlance::words
