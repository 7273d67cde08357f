#include "web/server/rest/live_feed.h"

#include <algorithm>

#include "widget/backends/parlance_wire.h"

namespace parlance {
namespace {

Comment* find(std::vector<Comment>& comments, const CommentId& id) {
  const auto found = std::find_if(comments.begin(), comments.end(),
                                  [&](const Comment& comment) { return comment.id == id; });
  return found == comments.end() ? nullptr : &*found;
}

std::string event_text(const std::string& id, std::string_view name, std::string_view data) {
  std::string text = "id: " + id + "\nevent: ";
  text += name;
  text += "\ndata: ";
  text += data;
  text += "\n\n";
  return text;
}

}  // namespace

std::string LiveFeed::name(RowId site, std::string_view thread) {
  return std::to_string(site) + "/" + std::string(thread);
}

void LiveFeed::publish(const ThreadEvent& event) {
  const std::lock_guard lock(mutex_);
  Thread& thread = touch(name(event.site, event.thread.key), event.before);
  // Somebody else has written to the database in between, and nobody has told of it.
  if (event.before > thread.version) {
    thread.version = event.version;
    return send_reset(thread);
  }
  thread.version = std::max(thread.version, event.version);
  if (event.what == ThreadEvent::What::Nothing) return;
  gather(thread.waiting, event);
  thread.has_waiting = true;
  // A vote can wait for others; a comment cannot, unless another has just been sent.
  if (!thread.is_pausing && event.what != ThreadEvent::What::Score &&
      event.what != ThreadEvent::What::Reactions) {
    send_waiting(thread);
  }
  if (thread.is_pausing || outlet_ == nullptr) return;
  thread.is_pausing = true;
  outlet_->flush_later(thread.name);
}

void LiveFeed::miss() {
  const std::lock_guard lock(mutex_);
  for (Thread& thread : threads_) send_reset(thread);
  // One that pauses is looked for when its pause is over, and may be gone by then.
  threads_.clear();
  by_name_.clear();
  bytes_ = 0;
}

void LiveFeed::flush(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return;
  Thread& thread = *found->second;
  thread.is_pausing = thread.has_waiting;
  if (!thread.has_waiting) return;
  send_waiting(thread);
  if (outlet_ != nullptr) outlet_->flush_later(thread.name);
}

void LiveFeed::flush_all() {
  const std::lock_guard lock(mutex_);
  for (Thread& thread : threads_) {
    if (thread.has_waiting) send_waiting(thread);
  }
}

LiveFeed::Beginning LiveFeed::begin(const std::string& name, std::optional<std::int64_t> seen,
                                    std::int64_t current) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_name_.find(name);
  const Thread* const thread = found == by_name_.end() ? nullptr : &*found->second;
  // Another process may have written what this one has not been told of yet.
  const bool knows_all = thread != nullptr && (is_behind_ || thread->version >= current);
  const std::int64_t latest = knows_all ? thread->flushed : current;
  const std::string greeting = "id: " + ids_(latest) + "\n\n";
  if (!seen) return {greeting, latest};
  const bool is_covered = knows_all
                              ? *seen >= thread->base && *seen <= std::max(thread->version, current)
                              : *seen == current;
  if (!is_covered) return {reset_text(std::max(latest, current)), std::max(latest, current)};
  Beginning beginning{{}, *seen};
  if (!knows_all) return beginning;
  for (const Kept& kept : thread->kept) {
    if (kept.version <= *seen) continue;
    beginning.text += *kept.text;
    beginning.version = kept.version;
  }
  return beginning;
}

LiveFeed::Thread& LiveFeed::touch(const std::string& name, std::int64_t before) {
  const auto found = by_name_.find(name);
  if (found != by_name_.end()) {
    threads_.splice(threads_.begin(), threads_, found->second);
    return threads_.front();
  }
  threads_.emplace_front();
  Thread& thread = threads_.front();
  thread.name = name;
  thread.base = thread.version = thread.flushed = before;
  by_name_[name] = threads_.begin();
  make_room();
  return thread;
}

void LiveFeed::gather(ThreadChanges& waiting, const ThreadEvent& event) {
  waiting.thread = event.thread;
  const Comment& comment = event.comment;
  Comment* const whole = find(waiting.comments, comment.id);
  switch (event.what) {
    case ThreadEvent::What::Comment:
      for (auto* const list : {&waiting.scores, &waiting.reactions}) {
        std::erase_if(*list, [&](const Comment& one) { return one.id == comment.id; });
      }
      whole == nullptr ? waiting.comments.push_back(comment) : void(*whole = comment);
      return;
    case ThreadEvent::What::Score: {
      Comment* known = whole != nullptr ? whole : find(waiting.scores, comment.id);
      if (known == nullptr) known = &waiting.scores.emplace_back(Comment{.id = comment.id});
      known->up = comment.up;
      known->down = comment.down;
      return;
    }
    case ThreadEvent::What::Reactions: {
      Comment* known = whole != nullptr ? whole : find(waiting.reactions, comment.id);
      if (known == nullptr) known = &waiting.reactions.emplace_back(Comment{.id = comment.id});
      known->reactions = comment.reactions;
      return;
    }
    default:
      return;
  }
}

void LiveFeed::send_waiting(Thread& thread) {
  const std::string data = wire::write_changes(thread.waiting);
  thread.waiting = {};
  thread.has_waiting = false;
  keep(thread, event_text(ids_(thread.version), "change", data));
}

void LiveFeed::send_reset(Thread& thread) {
  for (const Kept& kept : thread.kept) bytes_ -= kept.text->size();
  thread.kept.clear();
  thread.waiting = {};
  thread.has_waiting = false;
  thread.base = thread.flushed = thread.version;
  if (outlet_ == nullptr) return;
  outlet_->send({thread.name, thread.version,
                 std::make_shared<const std::string>(reset_text(thread.version))});
}

void LiveFeed::keep(Thread& thread, const std::string& text) {
  thread.flushed = thread.version;
  thread.kept.push_back({thread.version, std::make_shared<const std::string>(text)});
  bytes_ += text.size();
  if (outlet_ != nullptr) {
    outlet_->send({thread.name, thread.version, thread.kept.back().text});
  }
  while (thread.kept.size() > limits_.kept_events) {
    const auto oldest = thread.kept.begin();
    thread.base = oldest->version;
    bytes_ -= oldest->text->size();
    thread.kept.erase(oldest);
  }
  make_room();
}

void LiveFeed::make_room() {
  // The one that has just changed stays.
  while (threads_.size() > 1 &&
         (threads_.size() > limits_.kept_threads || bytes_ > limits_.kept_bytes)) {
    const Thread& oldest = threads_.back();
    // What waits is sent within a second, and is gone after that.
    if (oldest.is_pausing) return;
    for (const Kept& kept : oldest.kept) bytes_ -= kept.text->size();
    by_name_.erase(oldest.name);
    threads_.pop_back();
  }
}

std::string LiveFeed::reset_text(std::int64_t version) const {
  return event_text(ids_(version), "reset", "{}");
}

}  // namespace parlance
