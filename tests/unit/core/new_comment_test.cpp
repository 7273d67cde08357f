#include "widget/core/new_comment.h"

#include <doctest/doctest.h>

#include <string>

#include "widget/core/limits.h"

using namespace parlance;
using namespace std::string_literals;

namespace {

NewComment good() {
  NewComment comment;
  comment.author = "Dee";
  comment.text = "Hello";
  return comment;
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("new comment: is trimmed and its line ends are line feeds") {
  NewComment comment = good();
  comment.parent = "p1";
  comment.author = " \u00A0Dee\u3000\n";
  comment.email = " dee@example.org ";
  comment.text = "\r\n  one\r\ntwo\rthree\n\n";

  const auto clean = validated(comment);

  REQUIRE(clean.has_value());
  CHECK(clean->parent == "p1");
  CHECK(clean->author == "Dee");
  CHECK(clean->email == "dee@example.org");
  CHECK(clean->text == "one\ntwo\nthree");
}

TEST_CASE("new comment: a name stays on one line") {
  NewComment comment = good();
  comment.author = "Dee\r\nand\tEd";

  const auto clean = validated(comment);

  REQUIRE(clean.has_value());
  CHECK(clean->author.find_first_of("\r\n\t") == std::string::npos);
}

TEST_CASE("new comment: is valid up to its limits, which count code points") {
  NewComment comment = good();
  comment.author = repeated("😀", kMaxAuthorCodePoints);
  comment.text = repeated("中", kMaxTextCodePoints);
  comment.email = repeated("x", kMaxEmailBytes - 6) + "@a.org";
  CHECK(validated(comment).has_value());
}

TEST_CASE("new comment: what breaks a rule is refused, and the field named") {
  struct Row {
    const char* name;
    ErrorCode code;
    const char* field;
    void (*spoil)(NewComment&);
  };
  const Row rows[] = {
      {"no author", ErrorCode::EmptyAuthor, "author", [](NewComment& c) { c.author = ""; }},
      {"a blank author", ErrorCode::EmptyAuthor, "author",
       [](NewComment& c) { c.author = " \t "; }},
      {"an invisible author", ErrorCode::EmptyAuthor, "author",
       [](NewComment& c) { c.author = "\u200B\u2060\u3164"; }},
      {"a long author", ErrorCode::AuthorTooLong, "author",
       [](NewComment& c) { c.author = repeated("x", kMaxAuthorCodePoints + 1); }},
      {"a 1 MB author", ErrorCode::AuthorTooLong, "author",
       [](NewComment& c) { c.author = repeated("x", 1 << 20); }},
      {"no text", ErrorCode::EmptyText, "text", [](NewComment& c) { c.text = ""; }},
      {"a blank text", ErrorCode::EmptyText, "text", [](NewComment& c) { c.text = "\n\n \n"; }},
      {"an invisible text", ErrorCode::EmptyText, "text",
       [](NewComment& c) { c.text = "\uFEFF\u00AD\u2800"; }},
      {"a long text", ErrorCode::TextTooLong, "text",
       [](NewComment& c) { c.text = repeated("中", kMaxTextCodePoints + 1); }},
      {"NUL in the text", ErrorCode::InvalidUtf8, "text", [](NewComment& c) { c.text = "a\0b"s; }},
      {"a bell in the author", ErrorCode::InvalidUtf8, "author",
       [](NewComment& c) { c.author = "a\ab"; }},
      {"DEL in the e-mail", ErrorCode::InvalidUtf8, "email",
       [](NewComment& c) { c.email = "a\x7f@b"; }},
      {"bytes that are not UTF-8", ErrorCode::InvalidUtf8, "text",
       [](NewComment& c) { c.text = "\xff"; }},
      {"a surrogate", ErrorCode::InvalidUtf8, "author",
       [](NewComment& c) { c.author = "\xed\xa0\x80"; }},
      {"a long parent", ErrorCode::InvalidParent, "parent",
       [](NewComment& c) { c.parent = repeated("1", kMaxIdBytes + 1); }},
      {"a parent that is not UTF-8", ErrorCode::InvalidUtf8, "parent",
       [](NewComment& c) { c.parent = "\xff"; }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    NewComment comment = good();
    row.spoil(comment);

    const auto clean = validated(comment);

    REQUIRE_FALSE(clean.has_value());
    CHECK(clean.error().code == row.code);
    CHECK(clean.error().field == row.field);
  }
}

TEST_CASE("new comment: an e-mail has something on both sides of one @, and may be left out") {
  for (const char* email : {"", "  ", "a@b", "a.b+c@d.example", "ü@münchen.example"}) {
    CAPTURE(email);
    NewComment comment = good();
    comment.email = email;
    CHECK(validated(comment).has_value());
  }
  const std::string long_email = repeated("x", kMaxEmailBytes) + "@a.org";
  for (const std::string& email :
       {"at"s, "@"s, "a@"s, "@b"s, "a@b@c"s, "a b@c"s, "<a@b>"s, "a@b,c@d"s, long_email}) {
    CAPTURE(email);
    NewComment comment = good();
    comment.email = email;
    const auto clean = validated(comment);
    REQUIRE_FALSE(clean.has_value());
    CHECK(clean.error().code == ErrorCode::InvalidEmail);
  }
}

TEST_CASE("new comment: white space of any script is blank, letters are not") {
  for (const char* text : {"", " ", "\t\r\n", "\u1680\u2003\u3000", "\u200B\u200D\uFEFF"}) {
    CAPTURE(text);
    CHECK(is_blank(text));
  }
  for (const char* text : {"a", " . ", "\u200Ba", "\xff", "👋"}) {
    CAPTURE(text);
    CHECK_FALSE(is_blank(text));
  }
}
