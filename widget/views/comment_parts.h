// What a comment's parts say; shared by its layout and its drawing, which must agree.
#pragma once

#include <string>
#include <string_view>

#include "widget/core/conversation.h"
#include "widget/text/translations.h"
#include "widget/views/composer_view.h"

namespace parlance {

std::string_view comment_author(const Comment& comment);
Document comment_document(const Comment& comment, Spoilers spoilers);
// The text alone, as somebody who searches it would type it. Spoilers are hidden.
std::string comment_words(const Comment& comment);
// What is copied of it, as its reader sees it: each block as U+001E (U+001D where it stands close
// to the one above), what goes before each of its lines, U+001F, its text. Nothing of a folded one.
std::string copied_blocks(const Conversation& conversation, CommentIndex index,
                          const Translations& translations);

std::string comment_time(const Conversation& conversation, CommentIndex index, UnixSeconds now);
// "Waiting for approval", the number of folded replies, or "New"; empty for most.
std::string comment_badge(const Conversation& conversation, CommentIndex index);
inline constexpr std::string_view kReply = "Reply";
// What stands in a reaction's button: the emoji, and how many have chosen it.
std::string reaction_text(const Comment& comment, const std::string& kind);
inline constexpr std::string_view kMore = "More";
inline constexpr std::string_view kCopyLink = "Copy link";
inline constexpr std::string_view kReact = "React";
std::string_view report_button(const Comment& comment);
std::string_view spoiler_button(const Conversation& conversation, CommentIndex index);
bool has_actions(const Conversation& conversation, CommentIndex index);
// One or two letters for the disc that stands in for a picture.
std::string initials(std::string_view author);

ComposerSpec composer_of(const Conversation& conversation, CommentIndex index, float x, float y,
                         float width);

}  // namespace parlance
