#include "web/server/service/comment_tree.h"

#include <cassert>
#include <cstddef>

namespace parlance {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct Node {
  std::size_t parent = kNone;
  std::size_t first_child = kNone;
  std::size_t next_sibling = kNone;
  bool is_visible = false;
  bool is_needed = false;  // Visible, or above something that is.
};

bool is_own(const CommentRow& row, const Viewer& viewer) {
  return viewer.guest && row.guest == viewer.guest;
}

bool is_visible(const CommentRow& row, const Viewer& viewer) {
  if (row.status == CommentStatus::Approved) return true;
  return row.status == CommentStatus::Pending && is_own(row, viewer);
}

std::vector<Node> link(const std::vector<CommentRow>& rows, const Viewer& viewer) {
  std::unordered_map<RowId, std::size_t> places;
  places.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) places.emplace(rows[i].id, i);

  std::vector<Node> nodes(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    nodes[i].is_visible = nodes[i].is_needed = is_visible(rows[i], viewer);
  }
  // Backwards, since each child is put before its parent's other children.
  for (std::size_t i = rows.size(); i-- > 1;) {
    const auto parent = places.find(rows[i].parent);
    if (parent == places.end()) continue;
    Node& above = nodes[parent->second];
    nodes[i].parent = parent->second;
    nodes[i].next_sibling = above.first_child;
    above.first_child = i;
  }
  return nodes;
}

// Without recursion: a conversation can be a hundred replies deep.
std::vector<std::size_t> preorder(const std::vector<Node>& nodes) {
  std::vector<std::size_t> order;
  order.reserve(nodes.size());
  for (std::size_t at = 0; at != kNone;) {
    order.push_back(at);
    if (nodes[at].first_child != kNone) {
      at = nodes[at].first_child;
      continue;
    }
    while (at != 0 && nodes[at].next_sibling == kNone) at = nodes[at].parent;
    at = at == 0 ? kNone : nodes[at].next_sibling;
  }
  return order;
}

}  // namespace

CommentRow as_told_to_author(CommentRow row) {
  if (row.status == CommentStatus::Spam) row.status = CommentStatus::Pending;
  return row;
}

Comment to_placeholder(const CommentRow& row) {
  Comment comment;
  comment.id = std::to_string(row.id);
  if (row.parent != 0) comment.parent = std::to_string(row.parent);
  comment.created = row.created;
  comment.status = CommentStatus::Deleted;
  return comment;
}

Comment to_comment(const CommentRow& row, const Viewer& viewer) {
  Comment comment;
  comment.id = std::to_string(row.id);
  if (row.parent != 0) comment.parent = std::to_string(row.parent);
  comment.author = row.author;
  comment.avatar_url = row.avatar;
  comment.text = row.text;
  comment.created = row.created;
  comment.up = row.up;
  comment.down = row.down;
  comment.status = row.status;
  comment.edited = row.edited;
  comment.is_pinned = row.pinned != 0;
  comment.is_own = is_own(row, viewer);
  if (comment.is_own && row.status != CommentStatus::Deleted && viewer.edit_seconds > 0) {
    comment.editable_until = row.created + viewer.edit_seconds;
  }
  if (const auto vote = viewer.votes.find(row.id); vote != viewer.votes.end()) {
    comment.vote = vote->second;
  }
  comment.is_reported = viewer.reported.contains(row.id);
  return comment;
}

void append_visible(const std::vector<CommentRow>& rows, const Viewer& viewer,
                    std::vector<Comment>& comments) {
  assert(!rows.empty());
  std::vector<Node> nodes = link(rows, viewer);
  const std::vector<std::size_t> order = preorder(nodes);
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    const Node& node = nodes[*at];
    if (node.is_needed && node.parent != kNone) nodes[node.parent].is_needed = true;
  }
  for (const std::size_t at : order) {
    if (!nodes[at].is_needed) continue;
    comments.push_back(nodes[at].is_visible ? to_comment(rows[at], viewer)
                                            : to_placeholder(rows[at]));
  }
}

}  // namespace parlance
