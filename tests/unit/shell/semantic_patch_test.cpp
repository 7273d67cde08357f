#include "shell/browser/semantic_patch.h"

#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <vector>

using namespace parlance;

namespace {

// Reads a patch as far as the tests look at it.
class PatchReader {
 public:
  explicit PatchReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {
    if (bytes.empty()) return;
    for (auto left = number<std::uint32_t>(); left > 0; --left)
      operations.push_back(read_operation());
    CHECK(bytes_.empty());
  }

  // E.g. "put 1 'text'", "remove 2", "order 0: 1 2".
  std::vector<std::string> operations;

 private:
  template <typename Number>
  Number number() {
    Number value;
    REQUIRE(bytes_.size() >= sizeof value);
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_ = bytes_.subspan(sizeof value);
    return value;
  }

  std::string string() {
    const auto size = number<std::uint32_t>();
    REQUIRE(bytes_.size() >= size);
    std::string text(reinterpret_cast<const char*>(bytes_.data()), size);
    bytes_ = bytes_.subspan(size);
    return text;
  }

  void skip(std::size_t size) { bytes_ = bytes_.subspan(size); }

  std::string read_operation() {
    const auto kind = number<std::uint32_t>();
    if (kind == 1) return read_put();
    if (kind == 2) return "remove " + std::to_string(number<std::uint32_t>());
    REQUIRE(kind == 3);
    std::string order = "order " + std::to_string(number<std::uint32_t>()) + ":";
    for (auto left = number<std::uint32_t>(); left > 0; --left)
      order += " " + std::to_string(number<std::uint32_t>());
    return order;
  }

  std::string read_put() {
    const std::string id = std::to_string(number<std::uint32_t>());
    constexpr std::size_t kParent = 4, kBytes = 4, kRect = 4 + 8 + 4 + 4, kFace = 4 + 2 + 1 + 1,
                          kLevels = 12;
    skip(kParent + kBytes + kRect + kFace + kLevels);
    string();
    const std::string text = string();
    for (int rest = 0; rest < 5; ++rest) string();
    for (auto lines = number<std::uint32_t>(); lines > 0; --lines) skip(8 + kRect);
    for (auto spans = number<std::uint32_t>(); spans > 0; --spans) {
      skip(4 + 4 + 1);
      string();
    }
    return "put " + id + " '" + text + "'";
  }

  std::span<const std::uint8_t> bytes_;
};

struct Said {
  NodeId id;
  NodeId parent;
  std::string_view text;
};

std::vector<std::string> patch(SemanticPatcher& patcher, const std::vector<Said>& nodes) {
  SemanticTree tree;
  for (const Said& said : nodes) tree.add(said.id, said.parent, Role::Text).text = said.text;
  return PatchReader(patcher.patch(tree)).operations;
}

using Operations = std::vector<std::string>;

}  // namespace

TEST_CASE("semantic patch: tells everything at first") {
  SemanticPatcher patcher;

  const Operations told = patch(patcher, {{1, 0, "feed"}, {2, 1, "first"}, {3, 1, "second"}});

  CHECK(told == Operations{"put 1 'feed'", "put 2 'first'", "put 3 'second'", "order 0: 1",
                           "order 1: 2 3"});
}

TEST_CASE("semantic patch: an unchanged tree is no bytes at all") {
  SemanticPatcher patcher;
  SemanticTree tree;
  tree.add(1, 0, Role::Button).text = "Reply";
  patcher.patch(tree);

  CHECK(patcher.patch(tree).empty());
}

TEST_CASE("semantic patch: tells only the node that changed") {
  SemanticPatcher patcher;
  patch(patcher, {{1, 0, "one"}, {2, 0, "two"}});

  CHECK(patch(patcher, {{1, 0, "one"}, {2, 0, "zwei"}}) == Operations{"put 2 'zwei'"});
}

TEST_CASE("semantic patch: a change of any field is told") {
  using Change = void (*)(SemanticNode&);
  const Change changes[] = {
      [](SemanticNode& node) { node.name = "n"; },
      [](SemanticNode& node) { node.value = "n"; },
      [](SemanticNode& node) { node.autocomplete = "n"; },
      [](SemanticNode& node) { node.rect.y = 1e-9; },
      [](SemanticNode& node) { node.face.weight = 700; },
      [](SemanticNode& node) { node.face.is_italic = true; },
      [](SemanticNode& node) { node.direction = TextDirection::RightToLeft; },
      [](SemanticNode& node) { node.pressed = Tristate::No; },
      [](SemanticNode& node) { node.is_visually_hidden = true; },
      [](SemanticNode& node) { node.set_size = -1; },
      [](SemanticNode& node) { node.lines.push_back({.text = "n"}); },
  };
  for (const Change change : changes) {
    SemanticPatcher patcher;
    SemanticTree tree;
    SemanticNode& node = tree.add(1, 0, Role::Text);
    patcher.patch(tree);

    change(node);

    CHECK(PatchReader(patcher.patch(tree)).operations.size() == 1);
  }
}

TEST_CASE("semantic patch: a new order is one order") {
  SemanticPatcher patcher;
  patch(patcher, {{1, 0, "a"}, {2, 0, "b"}, {3, 0, "c"}});

  CHECK(patch(patcher, {{3, 0, "c"}, {1, 0, "a"}, {2, 0, "b"}}) == Operations{"order 0: 3 1 2"});
}

TEST_CASE("semantic patch: what goes takes its children with it") {
  SemanticPatcher patcher;
  patch(patcher, {{1, 0, "a"}, {2, 1, "b"}, {3, 2, "c"}, {4, 0, "d"}});

  CHECK(patch(patcher, {{4, 0, "d"}}) == Operations{"remove 1", "order 0: 4"});
  CHECK(patch(patcher, {{4, 0, "d"}, {3, 4, "c"}}) == Operations{"put 3 'c'", "order 4: 3"});
}

TEST_CASE("semantic patch: a node is moved out before its old parent goes") {
  SemanticPatcher patcher;
  patch(patcher, {{1, 0, "a"}, {2, 1, "b"}});

  CHECK(patch(patcher, {{2, 0, "b"}}) == Operations{"put 2 'b'", "remove 1", "order 0: 2"});
}

TEST_CASE("semantic patch: an empty tree removes everything") {
  SemanticPatcher patcher;
  patch(patcher, {{1, 0, "a"}});

  CHECK(patch(patcher, {}) == Operations{"remove 1", "order 0:"});
  CHECK(patch(patcher, {}).empty());
}

TEST_CASE("semantic patch: after a reset everything is told again") {
  SemanticPatcher patcher;
  patch(patcher, {{1, 0, "a"}});

  patcher.reset();

  CHECK(patch(patcher, {{1, 0, "a"}}) == Operations{"put 1 'a'", "order 0: 1"});
}
