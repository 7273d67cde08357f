// The bounds of everything a stranger can send. Both ends of the wire check the same ones.
#pragma once

#include <cstddef>

namespace parlance {

inline constexpr std::size_t kMaxTextCodePoints = 10'000;
inline constexpr std::size_t kMaxAuthorCodePoints = 80;
inline constexpr std::size_t kMaxEmailBytes = 254;  // RFC 5321, 4.5.3.1.3, less its angle brackets.
inline constexpr std::size_t kMaxIdBytes = 64;
inline constexpr std::size_t kMaxSiteKeyBytes = 64;
inline constexpr std::size_t kMaxThreadKeyBytes = 200;
inline constexpr std::size_t kMaxTitleCodePoints = 300;
inline constexpr std::size_t kMaxUrlBytes = 2'000;
inline constexpr std::size_t kMaxIdempotencyKeyBytes = 64;
inline constexpr std::size_t kMaxRequestBytes = 64 * 1024;
inline constexpr std::size_t kMaxResponseBytes = 16 * 1024 * 1024;
inline constexpr std::size_t kMaxTokenBytes = 4'096;
inline constexpr std::size_t kMaxReactionBytes = 64;
inline constexpr std::size_t kMaxReactions = 6;  // That a site offers.
inline constexpr int kMaxReplyDepth = 100;       // Deeper replies are answered with invalid_parent.
inline constexpr int kMaxPageRoots = 500;
inline constexpr std::size_t kMaxArrived = 500;  // Comments that wait to be shown.
inline constexpr int kMaxCountedThreads = 100;

}  // namespace parlance
