#include "web/server/service/reacting.h"

#include <algorithm>
#include <unordered_map>

#include "web/server/service/found_comment.h"
#include "web/server/service/row_id.h"
#include "web/server/store/reactions.h"

namespace parlance {
namespace {

using Places = std::unordered_map<RowId, Comment*>;

Places places_of(std::vector<Comment>& comments, std::vector<RowId>& ids) {
  Places places;
  for (Comment& comment : comments) {
    const auto id = row_id_from(comment.id);
    if (!id || comment.status != CommentStatus::Approved) continue;
    places[*id] = &comment;
    ids.push_back(*id);
  }
  return places;
}

}  // namespace

Status add_reactions(Connection& connection, RowId thread, const std::optional<GuestId>& guest,
                     std::vector<Comment>& comments) {
  std::vector<RowId> ids;
  const Places places = places_of(comments, ids);
  auto counts = list_reaction_counts(connection, ids);
  if (!counts) return counts.error();
  // In one order, so that the same page has the same bytes.
  std::ranges::sort(*counts, {}, &ReactionRow::kind);
  for (const ReactionRow& row : *counts) {
    const auto place = places.find(row.comment);
    if (place != places.end()) place->second->reactions.push_back({row.kind, row.count, false});
  }
  if (!guest) return {};
  const auto own = list_own_reactions(connection, *guest, thread);
  if (!own) return own.error();
  for (const ReactionRow& row : *own) {
    const auto place = places.find(row.comment);
    if (place == places.end()) continue;
    for (Reaction& reaction : place->second->reactions) {
      if (reaction.kind == row.kind) reaction.is_own = true;
    }
  }
  return {};
}

Status add_reactions(Connection& connection, Comment& comment) {
  std::vector<Comment> one(1);
  one.front().id = comment.id;
  if (Status added = add_reactions(connection, 0, std::nullopt, one); !added) return added;
  comment.reactions = std::move(one.front().reactions);
  return {};
}

Result<Comment> Service::react(const Site& site, const ReactionQuery& query, const Caller& caller) {
  if (Status status = check_thread_key(query.thread); !status) return status.error();
  const auto guest = required_guest(site, caller);
  if (!guest) return guest.error();
  if (std::ranges::find(site.reactions, query.kind) == site.reactions.end()) {
    return Error{ErrorCode::InvalidField, "kind: not one of the site's reactions", "kind"};
  }
  if (Status status = check_rate("vote", limits_.votes, *guest, caller); !status) {
    return status.error();
  }
  return store_.write(lane_of(site, query.thread), [&](Store::Change& change) -> Result<Comment> {
    Connection& connection = change.connection();
    const auto found =
        find_others(connection, site, query.thread, query.comment, *guest, caller.now);
    if (!found) return found.error();
    if (found->thread.takes_nothing()) {
      return Error{ErrorCode::ThreadClosed, "the thread is closed", ""};
    }
    Status done = put_reaction(connection, *guest, found->comment, query.kind, query.is_there);
    if (!done) return done.error();
    done = tell(change, found->thread, ThreadEvent::What::Reactions, found->comment);
    if (!done) return done.error();
    std::vector<Comment> answer(1);
    answer.front().id = query.comment;
    done = add_reactions(connection, found->thread.id, *guest, answer);
    if (!done) return done.error();
    return std::move(answer.front());
  });
}

}  // namespace parlance
