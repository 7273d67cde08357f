// When a guest has to prove that posting is worth a moment of computing to them.
#include "web/server/service/service.h"
#include "web/server/service/site_rules.h"

namespace parlance {
namespace {

// Whoever has less of an allowance left than this has used it as few people do.
constexpr double kMuchUsed = 0.5;

}  // namespace

Error Service::challenge_required(const ChallengePurpose& purpose, UnixSeconds now) const {
  auto made = challenger_.make(purpose, now);
  if (!made) return made.error();
  return {ErrorCode::ChallengeRequired, "solve the challenge first", "proof",
          std::move(made->text)};
}

bool Service::wants_challenge(const Site& site, const PostQuery& query, const Caller& caller) {
  const SiteRules rules = rules_of(site);
  // Everybody's posts are counted, whatever becomes of them.
  const bool is_calm = limiter_.take("site@" + site.key, Rate{limits_.calm_posts}, caller.now);
  if (rules.challenge == Challenges::Always) return true;
  if (!query.effort.writing_ms && rules.untimed == Untimed::Challenge) return true;
  if (rules.challenge == Challenges::Never) return false;
  const auto is_much_used = [&](const std::string& key, int count) {
    return limiter_.share_left(key, Rate{count}, caller.now) < kMuchUsed;
  };
  return !is_calm ||
         is_much_used("post@" + caller.address, limits_.posts * limits_.guests_per_address) ||
         is_much_used("guest@" + caller.address, limits_.new_guests_of_address);
}

Result<std::optional<Proved>> Service::check_proof(const Site& site, const PostQuery& query,
                                                   const GuestId& guest, const Caller& caller) {
  if (!limits_.are_on || !wants_challenge(site, query, caller)) {
    return std::optional<Proved>();
  }
  const ChallengePurpose purpose{site.key, query.thread, guest};
  auto proved = challenger_.check(purpose, query.effort.proof, caller.now);
  if (!proved) return challenge_required(purpose, caller.now);
  return std::optional(std::move(*proved));
}

Result<Challenge> Service::challenge(const Site& site, const std::string& thread,
                                     const Caller& caller) {
  if (Status status = check_thread_key(thread); !status) return status.error();
  const auto guest = required_guest(site, caller);
  if (!guest) return guest.error();
  if (Status status = check_rate("challenge", limits_.posts, *guest, caller); !status) {
    return status.error();
  }
  return challenger_.make({site.key, thread, *guest}, caller.now);
}

}  // namespace parlance
