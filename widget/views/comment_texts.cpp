#include "widget/views/comment_texts.h"

#include <utility>

#include "widget/core/hash.h"
#include "widget/views/body_text.h"
#include "widget/views/comment_parts.h"

namespace parlance {
namespace {

constexpr std::size_t kMany = 200;

}  // namespace

const TextLayout& CommentTexts::lines(const Conversation& conversation, CommentIndex index,
                                      const Look& look, float width) {
  const Comment& comment = conversation.thread.entry(index).comment;
  const Spoilers spoilers =
      conversation.shown_spoilers.contains(index) ? Spoilers::Show : Spoilers::Hide;
  Hash content(static_cast<std::uint64_t>(comment.status) << 1 |
               static_cast<std::uint64_t>(spoilers));
  content.add(comment.text);
  if (look.translations != nullptr) content.add(look.translations->version());

  if (index >= kept_.size()) kept_.resize(index + 1);
  std::unique_ptr<Kept>& kept = kept_[index];
  if (kept == nullptr) {
    kept = std::make_unique<Kept>();
    ++count_;
  }
  const TextStyle style = look.text_style();
  const bool is_measured = kept->content == content.value() && kept->style == style;
  if (!is_measured) {
    kept->layout = lay_out_body(comment_document(comment, spoilers), look, width, advances_);
    kept->content = content.value();
    kept->style = style;
  } else if (kept->width != width) {
    break_lines(kept->layout, style, width, advances_);
  }
  kept->width = width;
  kept->used_in = frame_;
  return kept->layout;
}

void CommentTexts::begin_frame() {
  const std::uint32_t last = frame_++;
  if (count_ <= kMany) return;
  for (std::unique_ptr<Kept>& kept : kept_) {
    if (kept == nullptr || kept->used_in == last) continue;
    kept.reset();
    --count_;
  }
}

void CommentTexts::clear() {
  kept_.clear();
  count_ = 0;
}

}  // namespace parlance
