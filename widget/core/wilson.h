// How sure it is that readers like a comment.
#pragma once

#include <cstdint>

namespace parlance {

// The lower bound of the 95 % score interval for the share of votes that are for a comment, in
// billionths: what the share is at least, as far as so few votes can tell. Wilson, "Probable
// inference, the law of succession, and statistical inference", Journal of the American Statistical
// Association 22 (1927), 209. 0 while nobody is for it.
std::int64_t wilson_bound(int up, int down);

}  // namespace parlance
