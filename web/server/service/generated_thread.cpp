#include "web/server/service/generated_thread.h"

#include <algorithm>
#include <vector>

#include "web/server/service/generated_text.h"
#include "web/server/store/comments.h"

namespace parlance {
namespace {

constexpr int kDeepest = 6;
constexpr UnixSeconds kMinute = 60;
constexpr UnixSeconds kTwoYears = 2 * 365 * 24 * 60 * kMinute;

// What a later comment needs to know of the one it answers.
struct Answerable {
  RowId id = 0;
  RowId root = 0;
  int depth = 0;
};

// Most comments get few votes and a few get many.
int generated_votes(SeededNumbers& numbers, std::uint64_t most) {
  return static_cast<int>(numbers.below(numbers.below(numbers.below(most) + 1) + 1));
}

void make_reply(CommentRow& row, const std::vector<Answerable>& earlier, SeededNumbers& numbers) {
  // People answer what was said lately.
  const std::uint64_t reach = std::min<std::uint64_t>(earlier.size(), 200);
  const Answerable& parent = earlier[earlier.size() - 1 - numbers.below(reach)];
  if (parent.depth >= kDeepest) return;
  row.parent = parent.id;
  row.root = parent.root;
  row.depth = parent.depth + 1;
}

}  // namespace

Status generate_thread(Connection& connection, RowId thread, const GeneratedThread& wanted) {
  SeededNumbers numbers(wanted.seed);
  std::vector<Answerable> earlier;
  const UnixSeconds step = wanted.count > 0 ? kTwoYears / wanted.count : 0;
  for (int i = 0; i < wanted.count; ++i) {
    CommentRow row;
    row.thread = thread;
    row.created = wanted.now - 5 * kMinute - (wanted.count - 1 - i) * step;
    row.author = generated_author(numbers);
    row.text = generated_text(numbers);
    row.up = generated_votes(numbers, 400);
    row.down = generated_votes(numbers, 60);
    if (!earlier.empty() && numbers.below(10) >= 4) make_reply(row, earlier, numbers);

    const auto id = add_comment(connection, row);
    if (!id) return id.error();
    earlier.push_back({*id, row.root == 0 ? *id : row.root, row.depth});
  }
  return {};
}

}  // namespace parlance
