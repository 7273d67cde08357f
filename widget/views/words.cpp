#include "widget/views/words.h"

namespace parlance::words {
namespace {

std::string counted(int count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace

std::string_view failure(ErrorCode code) {
  switch (code) {
    case ErrorCode::EmptyText:
      return "Please write something first.";
    case ErrorCode::TextTooLong:
      return "This is too long. Please shorten it.";
    case ErrorCode::EmptyAuthor:
      return "Please enter a name.";
    case ErrorCode::AuthorTooLong:
      return "This name is too long. Please shorten it.";
    case ErrorCode::InvalidEmail:
      return "This does not look like an e-mail address. Correct it or leave it out.";
    case ErrorCode::InvalidUtf8:
      return "There are characters in it that cannot be sent. Please remove them.";
    case ErrorCode::InvalidParent:
    case ErrorCode::UnknownComment:
      return "The comment this belongs to is no longer there.";
    case ErrorCode::ThreadClosed:
      return "Comments are closed.";
    case ErrorCode::TokenInvalid:
    case ErrorCode::TokenExpired:
      return "You are signed out. Please sign in on this page and try again.";
    case ErrorCode::AlreadySaid:
      return "You have already said this here.";
    case ErrorCode::ChallengeRequired:
      return "Too much is being posted at the moment. Please try again in some minutes.";
    case ErrorCode::Banned:
      return "A moderator has stopped you from writing and voting here.";
    case ErrorCode::OwnComment:
      return "You cannot vote on your own comment.";
    case ErrorCode::RateLimited:
      return "That was a lot in a short time. Please wait a moment and try again.";
    case ErrorCode::Offline:
      return "You are offline. Please try again when you are online.";
    case ErrorCode::NetworkFailed:
      return "The server cannot be reached. Check your connection and try again.";
    case ErrorCode::TimedOut:
      return "The server took too long to answer. Please try again.";
    case ErrorCode::Unavailable:
    case ErrorCode::Overloaded:
      return "The server is busy. Please try again in a moment.";
    case ErrorCode::ReadOnly:
      return "Nothing can be written at the moment. Please try again later.";
    case ErrorCode::UnknownSite:
    case ErrorCode::OriginNotAllowed:
      return "Comments are not set up for this page.";
    case ErrorCode::UnknownThread:
      return "This conversation is no longer there.";
    case ErrorCode::BodyTooLarge:
      return "This is too much to send at once. Please shorten it.";
    case ErrorCode::MissingField:
    case ErrorCode::InvalidField:
      return "The server does not accept this. Please change it and try again.";
    default:
      return "Something went wrong on the server. Please try again.";
  }
}

std::string post_failure(const Draft& draft) {
  const ErrorCode code = *draft.failure;
  switch (code) {
    case ErrorCode::ThreadClosed:
      return "Comments are closed. Copy your text if you want to keep it.";
    case ErrorCode::InvalidParent:
    case ErrorCode::UnknownComment:
      return "The comment you answer is no longer there. Copy your text to post it elsewhere.";
    case ErrorCode::IdempotencyConflict:
      return "This is posted already, under another name. Reload the page to see it, or post it "
             "again.";
    case ErrorCode::RateLimited:
      if (draft.retry_after > 0) {
        const bool is_long = draft.retry_after > 90;
        return "That was a lot in a short time. Please try again in " +
               (is_long ? counted((draft.retry_after + 59) / 60, "minute", "minutes")
                        : counted(draft.retry_after, "second", "seconds")) +
               ".";
      }
      break;
    default:
      break;
  }
  std::string text(failure(code));
  if (is_worth_retrying(code) || code == ErrorCode::BadResponse) text += " Your text is kept.";
  return text;
}

std::string_view notice(const Draft& draft) {
  if (!draft.other.text.empty()) {
    return draft.other.written > draft.written ? "A newer draft of this was written in another tab."
                                               : "Another draft of this is kept.";
  }
  switch (draft.notice) {
    case DraftNotice::NotKept:
      return "Your browser does not keep drafts. Post this before you leave the page.";
    case DraftNotice::BackOnline:
      return "You are online again. This is not posted yet.";
    case DraftNotice::None:
      break;
  }
  return {};
}

std::string_view follow_hint(FollowState state) {
  switch (state) {
    case FollowState::Asking:
      return "You get one mail first, to confirm. Each mail has a link to stop.";
    case FollowState::Sending:
      return "Sending…";
    case FollowState::Asked:
      return "Check your mail: press the button it leads to, and new comments will be e-mailed to "
             "you.";
    case FollowState::Confirmed:
      return "New comments will be e-mailed to you.";
  }
  return "";
}

std::string_view follow_failure(ErrorCode code) {
  if (code == ErrorCode::InvalidEmail || code == ErrorCode::InvalidField) {
    return "This does not look like an e-mail address. Please correct it.";
  }
  return failure(code);
}

std::string_view reason_name(ReportReason reason) {
  constexpr std::string_view kNames[] = {"Spam", "Rude", "Off-topic", "Other"};
  return kNames[static_cast<std::size_t>(reason)];
}

std::string aside_notice(const Aside& aside) {
  if (aside.failure) return "This was not saved. " + std::string(failure(*aside.failure));
  switch (aside.notice) {
    case AsideNotice::Copied:
      return "Link copied.";
    case AsideNotice::NotCopied:
      return "Your browser did not copy the link. Here it is:";
    case AsideNotice::Reported:
      return "Thank you. A moderator will look at it.";
    case AsideNotice::Withdrawn:
      return "Your report was taken back.";
    case AsideNotice::None:
      break;
  }
  return {};
}

std::string comment_count(int count) { return counted(count, "comment", "comments"); }

std::string reply_count(int count) { return counted(count, "reply", "replies"); }

std::string new_replies(int count) { return counted(count, "new reply", "new replies"); }

std::string new_shortly(int count) { return std::to_string(count) + " new"; }

std::string_view feed_name(SortOrder order) {
  switch (order) {
    case SortOrder::MostVoted:
      return "Comments, most voted first";
    case SortOrder::Newest:
      return "Comments, newest first";
    case SortOrder::Oldest:
      return "Comments, oldest first";
    case SortOrder::Best:
      return "Comments, best first";
  }
  return "";
}

std::string left_out(int count) { return comment_count(count) + " could not be shown."; }

std::string_view sort_name(SortOrder order) {
  switch (order) {
    case SortOrder::MostVoted:
      return "Most voted";
    case SortOrder::Newest:
      return "Newest";
    case SortOrder::Oldest:
      return "Oldest";
    case SortOrder::Best:
      return "Best";
  }
  return "";
}

}  // namespace parlance::words
