#include "widget/core/draft.h"

#include <utility>

#include "widget/core/limits.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

// The number that `line` is; nothing when it is none.
std::optional<UnixSeconds> seconds_in(std::string_view line) {
  if (line.empty() || line.size() > 12) return std::nullopt;
  UnixSeconds seconds = 0;
  for (const char c : line) {
    if (c < '0' || c > '9') return std::nullopt;
    seconds = seconds * 10 + (c - '0');
  }
  return seconds;
}

// Takes the first line off, without its line feed.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end > kMaxIdempotencyKeyBytes) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

int Draft::remaining() const {
  return static_cast<int>(kMaxTextCodePoints) - static_cast<int>(count_code_points(text));
}

void Draft::set_text(std::string_view new_text) {
  if (new_text == text) return;
  text = new_text;
  key.clear();
  forget_attempt();
}

void Draft::take(KeptDraft kept) {
  static_cast<KeptDraft&>(*this) = std::move(kept);
  is_written_here = false;
  field_height = 0;
  forget_attempt();
}

void Draft::forget_attempt() {
  failure.reset();
  failed_field.clear();
  retry_after = 0;
  if (notice == DraftNotice::BackOnline) notice = DraftNotice::None;
}

std::string Draft::sendable_text() const {
  std::string sendable = text;
  std::erase_if(sendable, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7F;
  });
  return sendable;
}

std::string room_left(int remaining) {
  const int count = remaining < 0 ? -remaining : remaining;
  return std::to_string(count) + (count == 1 ? " character " : " characters ") +
         (remaining < 0 ? "too many" : "left");
}

std::string stored(const KeptDraft& draft) {
  if (draft.text.empty()) return {};
  return std::to_string(draft.written) + "\n" + draft.key + "\n" + draft.text;
}

KeptDraft read_kept(std::string_view kept) {
  KeptDraft draft;
  std::optional<std::string_view> line = take_line(kept);
  if (line) {
    if (const std::optional<UnixSeconds> written = seconds_in(*line)) {
      draft.written = *written;
      line = take_line(kept);
    }
  }
  if (line) draft.key = *line;
  draft.text = sanitized_text(kept);
  return draft;
}

}  // namespace parlance
