// The reading of what carries comments: a page of a thread, and a comment just posted.
#include <optional>

#include "widget/backends/comment_json.h"
#include "widget/backends/json_repair.h"
#include "widget/backends/parlance_wire.h"
#include "widget/core/limits.h"

namespace parlance::wire {
namespace {

constexpr std::size_t kMaxCursorBytes = 512;
constexpr std::size_t kMaxEventIdBytes = 64;
constexpr std::int64_t kMaxCount = 1'000'000'000;

Error bad_response(const char* why) { return {ErrorCode::BadResponse, why, ""}; }

bool take_count(int& into, const JsonScalar& value) {
  if (value.kind != JsonScalar::Kind::Integer) return false;
  if (value.integer < 0 || value.integer > kMaxCount) return false;
  into = static_cast<int>(value.integer);
  return true;
}

bool take_text(std::string& into, const JsonScalar& value, std::size_t max_bytes) {
  if (value.kind != JsonScalar::Kind::String || value.text.size() > max_bytes) return false;
  into = value.text;
  return true;
}

// Reads a page. A comment that cannot be understood is marked; in everything else the page must be
// right.
class PageSink final : public JsonSink {
 public:
  explicit PageSink(ThreadPage& page, ThreadChanges* changes = nullptr)
      : page_(page), changes_(changes) {}

  bool is_complete() const {
    return has_thread_ && has_comments_ && (changes_ != nullptr || (has_sort_ && has_next_));
  }

  Step on_key(std::string_view name) override {
    if (passed_over_ > 0) return Step::PassOver;
    switch (place_) {
      case Place::Page:
        field_ = page_field(name);
        break;
      case Place::Thread:
        field_ = thread_field(name);
        break;
      case Place::Comment:
        return comment_.on_key(name);
      case Place::Reactions:
        comment_.reaction_named(name);
        return Step::Take;
      default:
        return Step::PassOver;
    }
    return field_ == Field::None ? Step::PassOver : Step::Take;
  }

  bool on_scalar(const JsonScalar& value) override {
    if (passed_over_ > 0) return true;
    switch (place_) {
      case Place::Comment:
        return leave_out_unless(comment_.on_scalar(value));
      case Place::Reactions:
        return leave_out_unless(comment_.on_reaction_count(value));
      case Place::Reacted:
        return leave_out_unless(comment_.on_reacted(value));
      case Place::Kinds:
        return take_kind(value);
      default:
        break;
    }
    if (place_ == Place::Comments) {
      list_->emplace_back().is_left_out = true;
      return true;
    }
    const Field field = field_;
    field_ = Field::None;
    switch (field) {
      case Field::Sort:
        return take_sort(value);
      case Field::Next:
        has_next_ = true;
        page_.next_cursor.clear();
        return value.kind == JsonScalar::Kind::Null ||
               take_text(page_.next_cursor, value, kMaxCursorBytes);
      case Field::Event:
        return take_text(page_.last_event, value, kMaxEventIdBytes);
      case Field::Mail:
        page_.can_be_followed = value.boolean;
        return value.kind == JsonScalar::Kind::Boolean;
      case Field::Key:
        has_key_ = true;
        return take_text(page_.thread.key, value, kMaxThreadKeyBytes);
      case Field::Title:
        return take_text(page_.thread.title, value, kMaxTitleCodePoints * 4);
      case Field::Closed:
        page_.thread.is_closed = value.boolean;
        return value.kind == JsonScalar::Kind::Boolean;
      case Field::CommentCount:
        has_counts_ |= 1;
        return take_count(page_.thread.comment_count, value);
      case Field::RootCount:
        has_counts_ |= 2;
        return take_count(page_.thread.root_count, value);
      default:
        return false;
    }
  }

  bool on_object() override {
    switch (place_) {
      case Place::Document:
        place_ = Place::Page;
        return true;
      case Place::Page:
        if (field_ != Field::Thread) return false;
        page_.thread = {};
        has_key_ = false;
        has_counts_ = 0;
        field_ = Field::None;
        place_ = Place::Thread;
        return true;
      case Place::Comments:
        if (passed_over_ > 0) return pass_over();
        comment_.begin(list_->emplace_back());
        place_ = Place::Comment;
        return true;
      case Place::Comment:
        if (!comment_.takes_reactions()) return pass_over();
        list_->back().reactions.clear();
        place_ = Place::Reactions;
        return true;
      case Place::Reactions:
      case Place::Reacted:
        return pass_over();
      default:
        return false;
    }
  }

  bool on_object_end() override {
    if (passed_over_ > 0) return end_passed_over();
    switch (place_) {
      case Place::Comment:
        place_ = Place::Comments;
        if (changes_ != nullptr && list_ == &changes_->scores) return comment_.has_score();
        if (changes_ != nullptr && list_ == &changes_->reactions) return comment_.has_id();
        if (!comment_.is_complete()) list_->back().is_left_out = true;
        return true;
      case Place::Reactions:
        place_ = Place::Comment;
        return true;
      case Place::Thread:
        place_ = Place::Page;
        has_thread_ = has_key_ && has_counts_ == 3;
        return has_thread_;
      default:
        place_ = Place::Document;
        return true;
    }
  }

  bool on_array() override {
    switch (place_) {
      case Place::Comment:
        if (!comment_.takes_reacted()) return pass_over();
        place_ = Place::Reacted;
        return true;
      case Place::Comments:
      case Place::Reactions:
      case Place::Reacted:
        return pass_over();
      case Place::Thread:
        if (field_ != Field::Kinds) return false;
        field_ = Field::None;
        page_.thread.reactions.clear();
        place_ = Place::Kinds;
        return true;
      case Place::Page:
        break;
      default:
        return false;
    }
    if (field_ == Field::Comments) {
      list_ = &page_.comments;
      has_comments_ = true;
    } else if (field_ == Field::Scores) {
      list_ = &changes_->scores;
    } else if (field_ == Field::Reactions) {
      list_ = &changes_->reactions;
    } else {
      return false;
    }
    list_->clear();
    field_ = Field::None;
    place_ = Place::Comments;
    return true;
  }

  bool on_array_end() override {
    if (passed_over_ > 0) return end_passed_over();
    place_ = place_ == Place::Reacted ? Place::Comment
             : place_ == Place::Kinds ? Place::Thread
                                      : Place::Page;
    return true;
  }

 private:
  // Reactions and Reacted stand within a comment, Kinds within the thread.
  enum class Place : std::uint8_t {
    Document,
    Page,
    Thread,
    Kinds,
    Comments,
    Comment,
    Reactions,
    Reacted,
  };
  enum class Field : std::uint8_t {
    None,
    Thread,
    Sort,
    Comments,
    Scores,
    Reactions,
    Next,
    Event,
    Mail,
    Key,
    Title,
    Closed,
    CommentCount,
    RootCount,
    Kinds,
  };

  Field page_field(std::string_view name) const {
    if (name == "thread") return Field::Thread;
    if (name == "sort") return Field::Sort;
    if (name == "comments") return Field::Comments;
    if (name == "next") return Field::Next;
    if (name == "event") return Field::Event;
    if (name == "mail") return Field::Mail;
    if (name == "scores" && changes_ != nullptr) return Field::Scores;
    if (name == "reactions" && changes_ != nullptr) return Field::Reactions;
    return Field::None;
  }

  static Field thread_field(std::string_view name) {
    if (name == "key") return Field::Key;
    if (name == "title") return Field::Title;
    if (name == "closed") return Field::Closed;
    if (name == "comments") return Field::CommentCount;
    if (name == "roots") return Field::RootCount;
    if (name == "reactions") return Field::Kinds;
    return Field::None;
  }

  bool leave_out_unless(bool is_taken) {
    if (!is_taken) list_->back().is_left_out = true;
    return true;
  }

  // What cannot be a button is not offered.
  bool take_kind(const JsonScalar& value) {
    if (value.kind != JsonScalar::Kind::String) return false;
    const bool is_usable = !value.text.empty() && value.text.size() <= kMaxReactionBytes &&
                           page_.thread.reactions.size() < kMaxReactions;
    if (is_usable) page_.thread.reactions.emplace_back(value.text);
    return true;
  }

  // A value with others in it stands where none may: for a comment, or within one.
  bool pass_over() {
    if (passed_over_++ == 0 && place_ == Place::Comments) list_->emplace_back();
    list_->back().is_left_out = true;
    return true;
  }
  bool end_passed_over() {
    --passed_over_;
    return true;
  }

  bool take_sort(const JsonScalar& value) {
    if (value.kind != JsonScalar::Kind::String) return false;
    const auto sort = sort_order_from_wire(value.text);
    if (!sort) return false;
    page_.sort = *sort;
    has_sort_ = true;
    return true;
  }

  ThreadPage& page_;
  ThreadChanges* const changes_;  // For the lists that a page does not have.
  std::vector<Comment>* list_ = nullptr;
  CommentReader comment_;
  Place place_ = Place::Document;
  Field field_ = Field::None;
  int passed_over_ = 0;  // How deep within a value that is passed over.
  bool has_thread_ = false;
  bool has_sort_ = false;
  bool has_comments_ = false;
  bool has_next_ = false;
  bool has_key_ = false;
  unsigned has_counts_ = 0;
};

class PostedSink final : public JsonSink {
 public:
  explicit PostedSink(Comment& comment) : comment_(comment) {}

  bool is_complete() const { return is_complete_; }

  Step on_key(std::string_view name) override {
    if (depth_ == 2) return reader_.on_key(name);
    is_comment_next_ = name == "comment";
    return is_comment_next_ ? Step::Take : Step::PassOver;
  }
  bool on_scalar(const JsonScalar& value) override {
    return depth_ == 2 && reader_.on_scalar(value);
  }
  bool on_object() override {
    if (++depth_ == 1) return true;
    if (depth_ != 2 || !is_comment_next_) return false;
    comment_ = {};
    reader_.begin(comment_);
    return true;
  }
  bool on_object_end() override {
    if (depth_-- == 2) is_complete_ = reader_.is_complete();
    return true;
  }
  bool on_array() override { return false; }
  bool on_array_end() override { return false; }

 private:
  Comment& comment_;
  CommentReader reader_;
  int depth_ = 0;
  bool is_comment_next_ = false;
  bool is_complete_ = false;
};

std::optional<ThreadPage> page_in(std::string_view json) {
  ThreadPage page;
  PageSink sink(page);
  if (read_json(json, sink) != JsonOutcome::Complete || !sink.is_complete()) return std::nullopt;
  return page;
}

}  // namespace

Result<ThreadPage> read_thread_page(std::string_view json) {
  if (json.size() > kMaxResponseBytes) return bad_response("the page is too large");
  std::optional<ThreadPage> page = page_in(json);
  if (!page) page = page_in(repaired_json(json));
  if (!page) return bad_response("not a thread page");
  return *std::move(page);
}

Result<ThreadChanges> read_changes(std::string_view json) {
  if (json.size() > kMaxResponseBytes) return bad_response("the changes are too large");
  ThreadPage page;
  ThreadChanges changes;
  PageSink sink(page, &changes);
  if (read_json(json, sink) != JsonOutcome::Complete) return bad_response("not changes");
  if (!sink.is_complete()) return bad_response("the changes lack a field");
  // Nobody waits for what cannot be understood.
  for (auto* const list : {&page.comments, &changes.scores, &changes.reactions})
    std::erase_if(*list, [](const Comment& comment) { return comment.is_left_out; });
  changes.thread = std::move(page.thread);
  changes.comments = std::move(page.comments);
  return changes;
}

Result<Comment> read_reactions(std::string_view json) {
  if (json.size() > kMaxResponseBytes) return bad_response("the answer is too large");
  ThreadPage page;
  ThreadChanges changes;
  PageSink sink(page, &changes);
  const bool is_read = read_json(json, sink) == JsonOutcome::Complete;
  if (!is_read || changes.reactions.size() != 1 || changes.reactions.front().is_left_out)
    return bad_response("not the reactions to a comment");
  return std::move(changes.reactions.front());
}

Result<Comment> read_posted(std::string_view json) {
  if (json.size() > kMaxResponseBytes) return bad_response("the answer is too large");
  Comment comment;
  PostedSink sink(comment);
  if (read_json(json, sink) != JsonOutcome::Complete) return bad_response("not a posted comment");
  if (!sink.is_complete()) return bad_response("the posted comment lacks a field");
  return comment;
}

}  // namespace parlance::wire
