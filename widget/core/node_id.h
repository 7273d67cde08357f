// Names one thing on the screen for as long as it exists, also across re-sorting. 0 names nothing.
//
// A comment's own parts have numbers that follow from its index (comment_part), so an id can be
// taken apart again: that is how an activation finds what it is about, whether or not the comment
// is drawn at the time.
#pragma once

#include <cstdint>

namespace parlance {

using NodeId = std::uint32_t;

// Room for 254 parts a comment and 16.7 million comments. Parts of the widget itself are below
// kPartsPerComment.
inline constexpr NodeId kPartsPerComment = 256;

constexpr NodeId comment_part(std::uint32_t comment, NodeId part) {
  return (comment + 1) * kPartsPerComment + part;
}
constexpr bool is_comment_part(NodeId node) { return node >= kPartsPerComment; }
// REQUIRES: is_comment_part(node).
constexpr std::uint32_t comment_of(NodeId node) { return node / kPartsPerComment - 1; }
constexpr NodeId part_of(NodeId node) { return node % kPartsPerComment; }

}  // namespace parlance
