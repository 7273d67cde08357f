#include "widget/core/draft.h"

#include "widget/core/limits.h"
#include "widget/core/utf8.h"

namespace parlance {

int Draft::remaining() const {
  return static_cast<int>(kMaxTextCodePoints) - static_cast<int>(count_code_points(text));
}

void Draft::set_text(std::string_view new_text) {
  if (new_text == text) return;
  text = new_text;
  key.clear();
  failure.reset();
  failed_field.clear();
}

std::string stored(const Draft& draft) {
  if (draft.text.empty()) return {};
  return draft.key + "\n" + draft.text;
}

void restore(Draft& draft, std::string_view kept) {
  const std::size_t end = kept.find('\n');
  const bool has_key = end != std::string_view::npos && end <= kMaxIdempotencyKeyBytes;
  draft.set_text(sanitized_text(has_key ? kept.substr(end + 1) : kept));
  draft.key = has_key ? kept.substr(0, end) : std::string_view();
}

}  // namespace parlance
