#include "shell/browser/semantic_patch.h"

#include <bit>
#include <cassert>
#include <cstring>

#include "widget/core/hash.h"

namespace parlance {
namespace {

enum class Operation : std::uint32_t { Put = 1, Remove = 2, Order = 3 };

static_assert(std::endian::native == std::endian::little,
              "numbers are written as they lie in memory");

class Bytes {
 public:
  explicit Bytes(std::vector<std::uint8_t>& bytes) : bytes_(bytes) {}

  template <typename Number>
  void number(Number value) {
    append(&value, sizeof value);
  }

  void string(std::string_view text) {
    number(static_cast<std::uint32_t>(text.size()));
    append(text.data(), text.size());
  }

 private:
  void append(const void* from, std::size_t size) {
    const std::size_t end = bytes_.size();
    bytes_.resize(end + size);
    if (size > 0) std::memcpy(bytes_.data() + end, from, size);
  }

  std::vector<std::uint8_t>& bytes_;
};

class ContentHash {
 public:
  template <typename Number>
  void number(Number value) {
    std::uint64_t word = 0;
    std::memcpy(&word, &value, sizeof value);
    hash_.add(word);
  }

  void string(std::string_view text) { hash_.add(text); }

  std::uint64_t value() const { return hash_.value(); }

 private:
  Hash hash_;
};

std::uint8_t flags_of(const SemanticNode& node) {
  return static_cast<std::uint8_t>(node.is_disabled | node.is_required << 1 | node.is_invalid << 2 |
                                   node.is_busy << 3 | node.is_visually_hidden << 4 |
                                   node.is_said_elsewhere << 5);
}

std::uint8_t face_bits_of(const SemanticNode& node) {
  return static_cast<std::uint8_t>(node.face.is_italic |
                                   (node.direction == TextDirection::RightToLeft) << 1);
}

template <typename Sink>
void tell_rect(const Rect& rect, Sink& sink) {
  sink.number(rect.x);
  sink.number(rect.y);
  sink.number(rect.width);
  sink.number(rect.height);
}

// Everything that a put says of a node, into the patch or into the hash that tells whether it must
// be said again.
template <typename Sink>
void tell(const SemanticNode& node, Sink& sink) {
  sink.number(node.id);
  sink.number(node.parent);
  sink.number(static_cast<std::uint8_t>(node.role));
  sink.number(flags_of(node));
  sink.number(static_cast<std::uint8_t>(node.pressed));
  sink.number(static_cast<std::uint8_t>(node.expanded));
  tell_rect(node.rect, sink);
  sink.number(node.face.size);
  sink.number(node.face.weight);
  sink.number(static_cast<std::uint8_t>(node.face.family));
  sink.number(face_bits_of(node));
  sink.number(static_cast<std::int32_t>(node.level));
  sink.number(static_cast<std::int32_t>(node.position));
  sink.number(static_cast<std::int32_t>(node.set_size));
  for (const std::string_view text : {node.name, node.text, node.description, node.value,
                                      node.placeholder, node.href, node.autocomplete}) {
    sink.string(text);
  }
  sink.number(static_cast<std::uint32_t>(node.lines.size()));
  for (const SemanticLine& line : node.lines) {
    sink.number(static_cast<std::uint32_t>(line.text.size()));
    sink.number(static_cast<std::uint32_t>(line.ends_paragraph));
    tell_rect(line.rect, sink);
  }
  sink.number(static_cast<std::uint32_t>(node.spans.size()));
  for (const SemanticSpan& span : node.spans) {
    sink.number(span.begin);
    sink.number(span.end);
    sink.number(span.style);
    sink.string(span.href);
  }
}

}  // namespace

std::span<const std::uint8_t> SemanticPatcher::patch(const SemanticTree& tree) {
  ++round_;
  operations_ = 0;
  bytes_.clear();
  Bytes(bytes_).number(operations_);

  put_changed(tree);
  remove_gone();
  order_changed();

  if (operations_ == 0) return {};
  std::memcpy(bytes_.data(), &operations_, sizeof operations_);
  return bytes_;
}

void SemanticPatcher::reset() {
  known_.clear();
  root_ = {};
}

void SemanticPatcher::put_changed(const SemanticTree& tree) {
  met_.clear();
  root_.children_seen = 0;
  root_.first_child = root_.last_child = nullptr;
  Known* parent = &root_;
  for (const SemanticNode& node : tree.nodes()) {
    Known& known = meet(node);
    met_.push_back(&known);

    // Siblings mostly stand together, so the last parent is mostly the one.
    if (node.parent != parent->id) parent = node.parent == 0 ? &root_ : &known_[node.parent];
    assert((parent == &root_ || parent->round == round_) && "a node stands before its parent");
    append_child(*parent, known);
  }
}

SemanticPatcher::Known& SemanticPatcher::meet(const SemanticNode& node) {
  ContentHash hash;
  tell(node, hash);

  const auto [found, is_new] = known_.try_emplace(node.id);
  Known& known = found->second;
  assert(known.round != round_ && "two nodes have the same id");
  if (is_new || known.content != hash.value()) {
    Bytes bytes(bytes_);
    bytes.number(Operation::Put);
    tell(node, bytes);
    ++operations_;
  }
  known.id = node.id;
  known.parent = node.parent;
  known.round = round_;
  known.content = hash.value();
  known.children_seen = 0;
  known.first_child = known.last_child = known.next_sibling = nullptr;
  return known;
}

void SemanticPatcher::append_child(Known& parent, Known& child) {
  Hash order(parent.children_seen);
  order.add(child.id);
  parent.children_seen = order.value();

  Known*& link =
      parent.last_child == nullptr ? parent.first_child : parent.last_child->next_sibling;
  link = &child;
  parent.last_child = &child;
}

void SemanticPatcher::remove_gone() {
  if (known_.size() == met_.size()) return;
  Bytes bytes(bytes_);
  for (const auto& [id, known] : known_) {
    if (known.round == round_) continue;
    const auto parent = known_.find(known.parent);
    const bool goes_with_parent = parent != known_.end() && parent->second.round != round_;
    if (goes_with_parent) continue;
    bytes.number(Operation::Remove);
    bytes.number(id);
    ++operations_;
  }
  std::erase_if(known_, [this](const auto& entry) { return entry.second.round != round_; });
}

void SemanticPatcher::order_changed() {
  if (root_.children != root_.children_seen) put_order(root_);
  root_.children = root_.children_seen;
  for (Known* known : met_) {
    if (known->children != known->children_seen) put_order(*known);
    known->children = known->children_seen;
  }
}

void SemanticPatcher::put_order(const Known& parent) {
  Bytes bytes(bytes_);
  bytes.number(Operation::Order);
  bytes.number(parent.id);
  const std::size_t count_at = bytes_.size();
  std::uint32_t count = 0;
  bytes.number(count);
  for (const Known* child = parent.first_child; child != nullptr; child = child->next_sibling) {
    bytes.number(child->id);
    ++count;
  }
  std::memcpy(bytes_.data() + count_at, &count, sizeof count);
  ++operations_;
}

}  // namespace parlance
