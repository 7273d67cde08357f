#include "widget/views/semantics.h"

namespace parlance {

void SemanticTree::clear() {
  nodes_.clear();
  arena_.clear();
}

SemanticNode& SemanticTree::add(NodeId id, NodeId parent, Role role) {
  SemanticNode& node = nodes_.emplace_back();
  node.id = id;
  node.parent = parent;
  node.role = role;
  return node;
}

}  // namespace parlance
