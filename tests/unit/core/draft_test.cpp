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

TEST_CASE("draft: comes back from storage with its key and its time") {
  KeptDraft draft{.text = "first\nsecond", .key = "k-1", .slot = {}, .written = 1'700'000'000};

  const KeptDraft kept = read_kept(stored(draft));

  CHECK(kept.text == "first\nsecond");
  CHECK(kept.key == "k-1");
  CHECK(kept.written == 1'700'000'000);
}

TEST_CASE("draft: an empty one is not kept") { CHECK(stored(KeptDraft{}).empty()); }

TEST_CASE("draft: storage that somebody has tampered with is text at worst") {
  struct Row {
    const char* kept;
    const char* text;
    const char* key;
  };
  const Row rows[] = {{"\xff no line feed", "� no line feed", ""},
                      {"", "", ""},
                      {"\n", "", ""},
                      {"17", "17", ""},
                      {"17\ntext", "text", ""},
                      {"17\n\ntext", "text", ""},
                      {"17\nk\n", "", "k"},
                      {"key\ntext", "text", "key"},
                      {"9999999999999999999\ntext", "text", "9999999999999999999"},
                      {"-1\nk\ntext", "k\ntext", "-1"}};
  for (const Row& row : rows) {
    CAPTURE(row.kept);
    const KeptDraft kept = read_kept(row.kept);
    CHECK(kept.text == row.text);
    CHECK(kept.key == row.key);
  }
  const std::string line(kMaxIdempotencyKeyBytes + 1, 'k');
  CHECK(read_kept(line + "\ntext").key.empty());
}

TEST_CASE("draft: what cannot be seen is not sent") {
  Draft draft;
  draft.set_text(std::string("pas\0ted\fwith\x7f \tall\r\nthat\x1b", 26));

  CHECK(draft.sendable_text() == "pastedwith \tall\r\nthat");
}

TEST_CASE("draft: the room that is left is told in numbers") {
  CHECK(room_left(500) == "500 characters left");
  CHECK(room_left(1) == "1 character left");
  CHECK(room_left(0) == "0 characters left");
  CHECK(room_left(-1) == "1 character too many");
}
