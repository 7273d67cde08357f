// Drafts in the reader's storage, which other tabs may show and change at the same time. A place (a
// thread and a parent) has one draft there. A tab in which nobody has written shows what others
// write; a tab in which somebody has offers it instead, and when they write on, theirs is kept
// beside it under a name of its own (a slot): nobody's words are written over.
#include <algorithm>

#include "widget/control/controller.h"

namespace parlance {
namespace {

constexpr std::string_view kDrafts = "draft/";
constexpr UnixSeconds kKeptFor = 30 * 24 * 3'600;
constexpr std::size_t kMaxKeptDrafts = 50;

}  // namespace

std::string Controller::draft_name(const CommentId& parent, std::string_view slot) const {
  std::string name = std::string(kDrafts) + config_.thread + "/" + parent;
  if (!slot.empty()) (name += '\n') += slot;
  return name;
}

// The parent that the entry's name is about, and its slot; nothing when it is no draft of this
// thread.
std::optional<CommentId> Controller::draft_parent(std::string_view name,
                                                  std::string_view& slot) const {
  const std::string own = draft_name({}, {});
  if (!name.starts_with(own)) return std::nullopt;
  name.remove_prefix(own.size());
  const std::size_t end = std::min(name.find('\n'), name.size());
  slot = name.substr(std::min(end + 1, name.size()));
  return CommentId(name.substr(0, end));
}

void Controller::save_draft(Draft& draft) {
  const bool is_other_there = !draft.other.text.empty() && draft.other.slot == draft.slot;
  if (is_other_there) draft.slot = new_idempotency_key();
  if (draft.text.size() > kMaxKeptDraftBytes) return tell_refused(draft);
  save(draft_name(draft.parent, draft.slot), stored(draft));
}

// Nothing is made of what was loaded until somebody says what time it is. The newest is made first.
void Controller::set_now(UnixSeconds now) {
  if (std::exchange(now_, now) != 0) return;
  std::size_t count = 0;
  for (; !loaded_drafts_.empty(); loaded_drafts_.pop_back()) {
    LoadedDraft& newest = loaded_drafts_.back();
    for (LoadedDraft& loaded : loaded_drafts_) {
      if (loaded.draft.written > newest.draft.written) std::swap(loaded, newest);
    }
    const UnixSeconds written = newest.draft.written;
    const bool is_old = written != 0 && now - written > kKeptFor;
    if (is_old || ++count > kMaxKeptDrafts) {
      save(newest.name, {});
    } else if (Draft* const draft = take_draft(newest.name, std::move(newest.draft))) {
      draft->is_open = true;
    }
  }
}

void Controller::draft_loaded(std::string_view name, std::string_view value) {
  if (!name.starts_with(kDrafts)) return;
  if (now_ != 0) {
    take_draft(name, read_kept(value));
  } else {
    loaded_drafts_.push_back({std::string(name), read_kept(value)});
  }
}

// Returns the draft that it has become; nothing where there is another one.
Draft* Controller::take_draft(std::string_view name, KeptDraft kept) {
  std::string_view slot;
  const std::optional<CommentId> parent = draft_parent(name, slot);
  if (!parent) return nullptr;
  Draft* draft = conversation_.find_draft(*parent);
  if (kept.text.empty()) {
    if (draft != nullptr) draft_removed(*draft, slot);
    return nullptr;
  }
  if (draft == nullptr) draft = &conversation_.reply_drafts[*parent];
  draft->parent = *parent;
  kept.slot = slot;
  if (kept.text == draft->text) {
    // Whichever tab posts it, it is one post.
    if (!kept.key.empty()) draft->key = kept.key;
    if (draft->other.slot == slot) draft->other = {};
    return nullptr;
  }
  const bool is_followed = draft->text.empty() || slot == draft->slot;
  if (!draft->is_written_here && is_followed) {
    draft->take(std::move(kept));
    return draft;
  }
  // What is told of within the second of the last word here was written after it.
  if (draft->is_written_here && kept.written == draft->written) ++kept.written;
  const KeptDraft& other = draft->other;
  if (other.text.empty()) announce("Another draft of this is kept.");
  if (other.text.empty() || other.slot == slot || kept.written > other.written)
    draft->other = std::move(kept);
  return nullptr;
}

// By another tab. If that was sending it, it is posted; otherwise its reader has done with it
// there, and here it goes on.
void Controller::draft_removed(Draft& draft, std::string_view slot) {
  if (draft.other.slot == slot) draft.other = {};
  const bool is_posted = draft.slot == slot && !draft.key.empty() && !draft.failure;
  if (is_posted && draft.sending == kNoComment) draft.take({});
}

void Controller::use_other_draft(const CommentId& parent) {
  Draft* const draft = conversation_.find_draft(parent);
  if (draft == nullptr || draft->other.text.empty() || draft->sending != kNoComment) return;
  if (draft->slot != draft->other.slot) save(draft_name(parent, draft->slot), {});
  draft->take(std::exchange(draft->other, {}));
}

void Controller::keep_own_draft(const CommentId& parent) {
  Draft* const draft = conversation_.find_draft(parent);
  if (draft == nullptr || draft->sending != kNoComment) return;
  const KeptDraft other = std::exchange(draft->other, {});
  if (other.slot != draft->slot) save(draft_name(parent, other.slot), {});
  save_draft(*draft);
}

void Controller::storage_refused(std::string_view key) {
  std::string_view slot;
  const std::string own = config_.site + "/";
  if (!key.starts_with(own)) return;
  const std::optional<CommentId> parent = draft_parent(key.substr(own.size()), slot);
  Draft* const draft = parent ? conversation_.find_draft(*parent) : nullptr;
  if (draft != nullptr) tell_refused(*draft);
}

// Once: who has read it knows it.
void Controller::tell_refused(Draft& draft) {
  if (!std::exchange(has_told_refused_, true)) draft.notice = DraftNotice::NotKept;
}

}  // namespace parlance
