#include "widget/core/reaction_ledger.h"

#include <algorithm>
#include <utility>

namespace parlance {
namespace {

const Reaction* find_reaction(const Comment& comment, std::string_view kind) {
  for (const Reaction& reaction : comment.reactions) {
    if (reaction.kind == kind) return &reaction;
  }
  return nullptr;
}

void show(Comment& comment, const std::string& kind, bool is_own) {
  if (has_reacted(comment, kind) == is_own) return;
  if (find_reaction(comment, kind) == nullptr) comment.reactions.push_back({kind, 0, false});
  for (Reaction& reaction : comment.reactions) {
    if (reaction.kind != kind) continue;
    reaction.count += is_own ? 1 : -1;
    reaction.is_own = is_own;
  }
  std::erase_if(comment.reactions, [](const Reaction& reaction) { return reaction.count <= 0; });
}

}  // namespace

bool has_reacted(const Comment& comment, std::string_view kind) {
  const Reaction* const reaction = find_reaction(comment, kind);
  return reaction != nullptr && reaction->is_own;
}

int reaction_count(const Comment& comment, std::string_view kind) {
  const Reaction* const reaction = find_reaction(comment, kind);
  return reaction == nullptr ? 0 : reaction->count;
}

std::vector<ReactionLedger::Waiting>::iterator ReactionLedger::find(CommentIndex index,
                                                                    std::string_view kind) {
  return std::find_if(waiting_.begin(), waiting_.end(),
                      [&](const Waiting& one) { return one.index == index && one.kind == kind; });
}

bool ReactionLedger::is_waiting(CommentIndex index) const {
  return std::any_of(waiting_.begin(), waiting_.end(),
                     [&](const Waiting& one) { return one.index == index; });
}

std::optional<bool> ReactionLedger::toggle(CommentIndex index, Comment& comment,
                                           const std::string& kind) {
  const bool wanted = !has_reacted(comment, kind);
  show(comment, kind, wanted);
  const auto known = find(index, kind);
  if (known != waiting_.end()) {
    known->wanted = wanted;
    return std::nullopt;
  }
  waiting_.push_back({index, kind, wanted, wanted});
  return wanted;
}

std::optional<bool> ReactionLedger::confirm(CommentIndex index, Comment& comment,
                                            const std::string& kind,
                                            std::vector<Reaction> reactions) {
  comment.reactions = std::move(reactions);
  std::optional<bool> next;
  const auto known = find(index, kind);
  if (known != waiting_.end()) {
    if (known->wanted == known->sent) {
      waiting_.erase(known);
    } else {
      next = known->sent = known->wanted;
    }
  }
  // The answer knows nothing of what is still on its way.
  for (const Waiting& one : waiting_) {
    if (one.index == index) show(comment, one.kind, one.wanted);
  }
  return next;
}

void ReactionLedger::fail(CommentIndex index, Comment& comment, const std::string& kind) {
  const auto known = find(index, kind);
  if (known == waiting_.end()) return;
  show(comment, kind, !known->sent);
  waiting_.erase(known);
}

}  // namespace parlance
