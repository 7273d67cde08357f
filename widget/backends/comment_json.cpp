#include "widget/backends/comment_json.h"

#include <algorithm>
#include <utility>

#include "widget/core/limits.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

// Far below where an int overflows when a few are added up.
constexpr std::int64_t kMaxVotes = 1'000'000'000;
// The year 9999: what a Date of the browser can still show.
constexpr std::int64_t kMaxSeconds = 253'402'300'799;

// A code point takes at most four bytes.
constexpr std::size_t max_bytes(std::size_t code_points) { return code_points * 4; }

bool take(std::string& into, std::string_view text, std::size_t limit) {
  if (text.size() > limit) return false;
  into = text;
  return true;
}

// What is too long is shown as far as it may go.
bool take_cut(std::string& into, std::string_view text, std::size_t limit) {
  if (take(into, text, limit)) return true;
  while ((static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  into = text.substr(0, limit);
  into += "…";
  return true;
}

// A name stands within other texts ("Reply to …"); what turns the direction of letters around, or
// isolates them, would go on in those.
void remove_direction_marks(std::string& name) {
  std::string kept;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint point = decode_at(name, at);
    const bool is_mark = (point.value >= 0x202A && point.value <= 0x202E) ||
                         (point.value >= 0x2066 && point.value <= 0x2069);
    if (!is_mark) kept.append(name, at, point.bytes);
    at += point.bytes;
  }
  name = std::move(kept);
}

bool take_status(Comment& comment, std::string_view name) {
  if (name == "pending") {
    comment.status = CommentStatus::Pending;
  } else if (name == "approved") {
    comment.status = CommentStatus::Approved;
  } else if (name == "spam") {
    comment.status = CommentStatus::Spam;
  } else if (name == "deleted") {
    comment.status = CommentStatus::Deleted;
  } else {
    return false;
  }
  return true;
}

int votes(std::int64_t value) {
  return static_cast<int>(std::clamp<std::int64_t>(value, 0, kMaxVotes));
}

}  // namespace

void CommentReader::begin(Comment& comment) {
  comment_ = &comment;
  field_ = Field::None;
  seen_ = 0;
}

CommentReader::Field CommentReader::field_named(std::string_view name) {
  if (name == "id") return Field::Id;
  if (name == "parent") return Field::Parent;
  if (name == "author") return Field::Author;
  if (name == "avatar") return Field::Avatar;
  if (name == "created") return Field::Created;
  if (name == "text") return Field::Text;
  if (name == "up") return Field::Up;
  if (name == "down") return Field::Down;
  if (name == "vote") return Field::Vote;
  if (name == "status") return Field::Status;
  if (name == "own") return Field::Own;
  if (name == "pinned") return Field::Pinned;
  if (name == "reported") return Field::Reported;
  if (name == "reactions") return Field::Reactions;
  if (name == "reacted") return Field::Reacted;
  return Field::None;
}

JsonSink::Step CommentReader::on_key(std::string_view name) {
  field_ = field_named(name);
  return field_ == Field::None ? JsonSink::Step::PassOver : JsonSink::Step::Take;
}

bool CommentReader::on_scalar(const JsonScalar& value) {
  bool is_taken = false;
  if (value.kind == JsonScalar::Kind::String) is_taken = take_text(value.text);
  if (value.kind == JsonScalar::Kind::Integer) is_taken = take_integer(value.integer);
  if (value.kind == JsonScalar::Kind::Boolean) is_taken = take_flag(value.boolean);
  seen_ |= 1u << static_cast<unsigned>(field_);
  field_ = Field::None;
  return is_taken;
}

// A page with more kinds than any site offers, or longer ones, shows the others.
void CommentReader::reaction_named(std::string_view kind) {
  std::vector<Reaction>& reactions = comment_->reactions;
  const bool is_kept = kind.size() <= kMaxReactionBytes && reactions.size() < 2 * kMaxReactions;
  if (is_kept) reactions.push_back({std::string(kind), 0, false});
}

bool CommentReader::on_reaction_count(const JsonScalar& value) {
  if (value.kind != JsonScalar::Kind::Integer) return false;
  std::vector<Reaction>& reactions = comment_->reactions;
  if (!reactions.empty() && reactions.back().count == 0) {
    reactions.back().count = votes(value.integer);
    if (reactions.back().count == 0) reactions.pop_back();
  }
  return true;
}

bool CommentReader::on_reacted(const JsonScalar& value) {
  if (value.kind != JsonScalar::Kind::String) return false;
  for (Reaction& reaction : comment_->reactions) {
    if (reaction.kind == value.text) reaction.is_own = true;
  }
  return true;
}

bool CommentReader::take_text(std::string_view text) {
  switch (field_) {
    case Field::Id:
      return !text.empty() && take(comment_->id, text, kMaxIdBytes);
    case Field::Parent:
      return take(comment_->parent, text, kMaxIdBytes);
    case Field::Author:
      take_cut(comment_->author, text, max_bytes(kMaxAuthorCodePoints));
      remove_direction_marks(comment_->author);
      return true;
    case Field::Avatar:
      // A disc stands in for a picture that cannot be had.
      if (!take(comment_->avatar_url, text, kMaxUrlBytes)) comment_->avatar_url.clear();
      return true;
    case Field::Text:
      return take_cut(comment_->text, text, max_bytes(kMaxTextCodePoints));
    case Field::Status:
      return take_status(*comment_, text);
    default:
      return false;
  }
}

bool CommentReader::take_flag(bool value) {
  switch (field_) {
    case Field::Own:
      comment_->is_own = value;
      return true;
    case Field::Pinned:
      comment_->is_pinned = value;
      return true;
    case Field::Reported:
      comment_->is_reported = value;
      return true;
    default:
      return false;
  }
}

bool CommentReader::take_integer(std::int64_t value) {
  switch (field_) {
    case Field::Created:
      comment_->created = std::clamp<std::int64_t>(value, 0, kMaxSeconds);
      return true;
    case Field::Up:
      comment_->up = votes(value);
      return true;
    case Field::Down:
      comment_->down = votes(value);
      return true;
    case Field::Vote:
      comment_->vote = value == -1 || value == 1 ? static_cast<Vote>(value) : Vote::None;
      return true;
    default:
      return false;
  }
}

bool CommentReader::has_id() const { return (seen_ & 1u << static_cast<unsigned>(Field::Id)) != 0; }

bool CommentReader::has_score() const {
  constexpr std::uint32_t kRequired = 1u << static_cast<unsigned>(Field::Id) |
                                      1u << static_cast<unsigned>(Field::Up) |
                                      1u << static_cast<unsigned>(Field::Down);
  return (seen_ & kRequired) == kRequired;
}

bool CommentReader::is_complete() const {
  constexpr std::uint32_t kRequired = 1u << static_cast<unsigned>(Field::Author) |
                                      1u << static_cast<unsigned>(Field::Created) |
                                      1u << static_cast<unsigned>(Field::Text);
  return has_score() && (seen_ & kRequired) == kRequired;
}

}  // namespace parlance
