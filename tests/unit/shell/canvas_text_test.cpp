#include "shell/browser/canvas_text.h"

#include <doctest/doctest.h>

using namespace parlance;

TEST_CASE("canvas text: most texts stay as they are") {
  for (const char* text :
       {"", "plain words", "It’s “fine” — naïve", "Привет, мир", "中文。字", "한글 값", "😀 ok"}) {
    std::string storage;
    CHECK(canvas_text(text, storage) == text);
    CHECK(storage.empty());
  }
}

TEST_CASE("canvas text: words in fallback fonts stay in one run") {
  std::string storage;
  CHECK(canvas_text("பெய்த மழை ok", storage) == "பெய்த\u00a0மழை\u00a0ok");
  CHECK(canvas_text("من هنا", storage) == "من\u00a0هنا");
}

TEST_CASE("canvas text: full-width punctuation keeps its width") {
  std::string storage;
  CHECK(canvas_text("そう」、。と", storage) == "そう」\u2060、\u2060。と");
}
