#include "widget/views/comment_parts.h"

#include "widget/core/relative_time.h"
#include "widget/core/utf8.h"
#include "widget/text/runs.h"
#include "widget/views/words.h"

namespace parlance {

std::string_view comment_author(const Comment& comment) {
  if (comment.status == CommentStatus::Deleted) return "Deleted";
  return comment.author.empty() ? std::string_view("Anonymous") : std::string_view(comment.author);
}

Document comment_document(const Comment& comment, Spoilers spoilers) {
  if (comment.status == CommentStatus::Deleted) return plain_document("This comment was deleted.");
  return parse_markup(comment.text, spoilers);
}

std::string comment_words(const Comment& comment) {
  // Most comments have no markup; reading it costs more than looking for it.
  const bool is_plain = comment.status != CommentStatus::Deleted &&
                        comment.text.find_first_of("*_~`|[\\>-") == std::string::npos;
  if (is_plain) return comment.text;
  return comment_document(comment, Spoilers::Hide).text;
}

std::string copied_blocks(const Conversation& conversation, CommentIndex index,
                          const Translations& translations) {
  const Thread::Entry& entry = conversation.thread.entry(index);
  if (entry.is_collapsed) return {};
  const bool shows_spoilers = conversation.shown_spoilers.contains(index);
  Document document =
      comment_document(entry.comment, shows_spoilers ? Spoilers::Show : Spoilers::Hide);
  translations.translate(document);
  std::string blocks;
  for (const Block& block : document.blocks) {
    blocks += block.is_tight ? '\x1D' : '\x1E';
    for (int depth = 0; depth < block.quote_depth; ++depth) blocks += "> ";
    for (int depth = 1; depth < block.list_depth; ++depth) blocks += "  ";
    blocks += '\x1F';
    blocks.append(document.text, block.begin, block.end - block.begin);
  }
  return blocks;
}

std::string comment_time(const Conversation& conversation, CommentIndex index, UnixSeconds now) {
  if (conversation.is_sending(index)) return "Sending…";
  return format_age(conversation.thread.entry(index).comment.created, now);
}

std::string comment_badge(const Conversation& conversation, CommentIndex index) {
  const Thread::Entry& entry = conversation.thread.entry(index);
  if (entry.comment.status == CommentStatus::Pending) return "Waiting for approval";
  if (entry.is_collapsed && entry.descendants > 0) return words::reply_count(entry.descendants);
  if (entry.is_fresh) return "New";
  if (entry.comment.is_pinned) return "Pinned";
  return {};
}

std::string reaction_text(const Comment& comment, const std::string& kind) {
  const int count = reaction_count(comment, kind);
  return count == 0 ? kind : kind + " " + std::to_string(count);
}

std::string_view report_button(const Comment& comment) {
  return comment.is_reported ? "Take report back" : "Report";
}

std::string_view spoiler_button(const Conversation& conversation, CommentIndex index) {
  return conversation.shown_spoilers.contains(index) ? "Hide spoiler" : "Show spoiler";
}

bool has_actions(const Conversation& conversation, CommentIndex index) {
  const Comment& comment = conversation.thread.entry(index).comment;
  return comment.status == CommentStatus::Approved && !conversation.is_sending(index);
}

std::string initials(std::string_view author) {
  std::string letters;
  bool is_at_start = true;
  int count = 0;
  for (std::size_t at = 0; at < author.size() && count < 2;) {
    const CodePoint point = decode_at(author, at);
    const std::uint32_t end = cluster_end(author, static_cast<std::uint32_t>(at));
    const bool is_space = point.value == ' ' || point.value == 0xA0 || point.value == 0x3000;
    if (is_at_start && !is_space) {
      const bool is_small_latin = point.value >= 'a' && point.value <= 'z';
      if (is_small_latin) {
        letters.push_back(static_cast<char>(point.value - 'a' + 'A'));
      } else {
        letters.append(author.substr(at, end - at));
      }
      ++count;
      // Outside Latin two initials are no custom, and wide letters have no room.
      if (point.value >= 0x590) break;
    }
    is_at_start = is_space;
    at = end;
  }
  return letters;
}

ComposerSpec composer_of(const Conversation& conversation, CommentIndex index, float x, float y,
                         float width) {
  const Comment& comment = conversation.thread.entry(index).comment;
  return {.conversation = &conversation,
          .draft = conversation.find_draft(comment.id),
          .parent = index,
          .parent_author = comment_author(comment),
          .x = x,
          .y = y,
          .width = width};
}

}  // namespace parlance
