#include "widget/core/draft.h"

#include <doctest/doctest.h>

#include "widget/core/limits.h"

using namespace parlance;

TEST_CASE("draft: counts code points, not bytes") {
  Draft draft;

  draft.set_text("né😀");

  CHECK(draft.remaining() == static_cast<int>(kMaxTextCodePoints) - 3);
}

TEST_CASE("draft: another text is another post") {
  Draft draft;
  draft.set_text("one");
  draft.key = "k-1";
  draft.failure = ErrorCode::NetworkFailed;

  draft.set_text("two");

  CHECK(draft.key.empty());
  CHECK_FALSE(draft.failure);
}

TEST_CASE("draft: comes back from storage with its key") {
  Draft draft;
  draft.set_text("first\nsecond");
  draft.key = "k-1";

  Draft restored;
  restore(restored, stored(draft));

  CHECK(restored.text == "first\nsecond");
  CHECK(restored.key == "k-1");
}

TEST_CASE("draft: an empty one is not kept") { CHECK(stored(Draft{}).empty()); }

TEST_CASE("draft: storage that somebody has tampered with is text at worst") {
  Draft draft;

  restore(draft, "\xff\x00 no line feed");

  CHECK(draft.key.empty());
  CHECK(draft.text.find("\xEF\xBF\xBD") == 0);
}
