// The difference between two semantic trees, as bytes for the mirror (mirror/patch-reader.ts reads
// them).
//
// Little endian, no padding except after strings:
//
//   patch  := u32 count, op × count
//   op     := u32 1, put | u32 2, remove | u32 3, order
//   put    := u32 id, u32 parent, u8 role, u8 flags, u8 pressed, u8 expanded,
//             f32 x, f64 y, f32 width, f32 height,
//             f32 face size, u16 face weight, u8 face family, u8 face bits,   (bits: 1 italic, 2
//             right to left) i32 level, i32 position, i32 set size, string name, text, description,
//             value, placeholder, href, autocomplete, u32 lines, line × lines
//   line   := u32 bytes of the node's text, u32 bits (1: ends a paragraph), f32 x, f64 y, f32
//   width, f32 height remove := u32 id                          (with everything below it) order :=
//   u32 parent, u32 count, u32 id × count   (the children that are in the tree, in reading order)
//   string := u32 bytes, UTF-8
//   flags  := 1 disabled, 2 required, 4 invalid, 8 busy, 16 visually hidden, 32 said elsewhere
//
// A put tells all of a node: the mirror makes it when it has none with that id, and changes it
// otherwise. Parents are put before their children. Enums are their numbers in
// widget/views/semantics.h.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "widget/views/semantics.h"

namespace parlance {

class SemanticPatcher {
 public:
  // What turns the tree of the last call into this one: puts, then removes, then orders. Empty (not
  // even a count) when nothing changed. Valid until the next call. REQUIRES: no two nodes of the
  // tree have the same id.
  std::span<const std::uint8_t> patch(const SemanticTree& tree);

  // Forgets the last tree, so that the next patch tells everything.
  void reset();

 private:
  // A node of the last tree, and its place in the one being read.
  struct Known {
    NodeId id = 0;
    NodeId parent = 0;
    std::uint32_t round = 0;          // The last tree it was in.
    std::uint64_t content = 0;        // Hash of everything a put tells.
    std::uint64_t children = 0;       // Hash of the order of its children, as last told.
    std::uint64_t children_seen = 0;  // The same, of the tree being read.
    Known* first_child = nullptr;     // These three hold only while a tree is read.
    Known* last_child = nullptr;
    Known* next_sibling = nullptr;
  };

  void put_changed(const SemanticTree& tree);
  Known& meet(const SemanticNode& node);
  static void append_child(Known& parent, Known& child);
  void remove_gone();
  void order_changed();
  void put_order(const Known& parent);

  std::unordered_map<NodeId, Known> known_;
  std::vector<Known*> met_;  // The nodes of the tree being read, in its order.
  Known root_;               // The widget itself.
  std::vector<std::uint8_t> bytes_;
  std::uint32_t operations_ = 0;
  std::uint32_t round_ = 0;
};

}  // namespace parlance
