#include "web/server/store/words.h"

#include <doctest/doctest.h>

#include "tests/unit/server/store/temporary_store.h"
#include "web/server/store/queue.h"
#include "web/server/store/schema.h"

namespace parlance {
namespace {

std::string joined(std::string_view text) {
  std::string words;
  for (const Word& word : words_of(text)) {
    if (!words.empty()) words += word.is_glued ? '+' : ' ';
    words += word.text;
  }
  return words;
}

TEST_CASE("words: are folded, and parted by whatever is no letter, digit or mark") {
  const std::pair<const char*, const char*> rows[] = {
      {"", ""},
      {"Hello, World!", "hello world"},
      {"don't", "don t"},
      {"Crème BRÛLÉE", "creme brulee"},
      {"Straße 7b", "strasse 7b"},
      {"so\u00ADft", "soft"},
      {"图书馆", "图书+书馆+馆"},
      {"图", "图"},
      {"Go言語2", "go 言語+語 2"},
      {"bad \xFF byte", "bad byte"},
      {"😀 only", "only"},
  };
  for (const auto& [text, wanted] : rows) CHECK_MESSAGE(joined(text) == wanted, text);
}

TEST_CASE("words: say where they were taken from") {
  const std::string text = "a Crème, 图书";

  const std::vector<Word> words = words_of(text);

  REQUIRE(words.size() == 4);
  CHECK(text.substr(words[1].begin, words[1].end - words[1].begin) == "Crème");
  CHECK(text.substr(words[2].begin, words[2].end - words[2].begin) == "图书");
  CHECK(text.substr(words[2].begin, words[2].first_end - words[2].begin) == "图");
}

TEST_CASE("words: no text makes one that an engine refuses") {
  TemporaryStore database;
  auto change = database.store->change();
  REQUIRE(change.has_value());
  const std::string texts[] = {std::string(40'000, 'a'), std::string("'\\:*|&!()<-> \"^"), "",
                               std::string(20'000, '\xFF')};
  RowId id = 0;
  for (const std::string& text : texts) {
    ++id;
    CHECK(add_words(change->connection(), id, {text, text}).has_value());
    CHECK(remove_words(change->connection(), id, {text, text}).has_value());
  }
}

TEST_CASE("words: comments of an older schema can be found") {
  constexpr std::int64_t kBeforeFolding = 6;
  TemporaryDatabase database;
  {
    const auto old = database.connect();
    REQUIRE(migrate_to(*old, kBeforeFolding).has_value());
    REQUIRE(old->run_script("INSERT INTO site (key, name, origins) VALUES ('a', 'A', '*');"
                            "INSERT INTO thread (site, key, title, url, created)"
                            " VALUES (1, 't', '', '', 1);"
                            "INSERT INTO comment (thread, site, depth, status, created, living,"
                            " author, email, text)"
                            " VALUES (1, 1, 0, 1, 1, 1, 'Dee', '', 'Crème brûlée')")
                .has_value());
  }
  const auto store = Store::open(database.address());
  REQUIRE(store.has_value());

  const auto found = (*store)->read([](Connection& connection) {
    QueueQuery query{.site = 1, .status = CommentStatus::Approved, .text_words = "BRULEE"};
    query.limit = 9;
    return list_queue(connection, query);
  });

  REQUIRE(found.has_value());
  REQUIRE(found->size() == 1);
}

}  // namespace
}  // namespace parlance
