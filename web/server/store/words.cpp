#include "web/server/store/words.h"

#include <utf8proc.h>

#include <array>
#include <utility>

#include "widget/core/utf8.h"

namespace parlance {
namespace {

// PostgreSQL takes no longer ones, and nobody types them.
constexpr std::size_t kMaxWordBytes = 256;
constexpr std::int64_t kFilledAtOnce = 500;

bool is_of_a_word(utf8proc_int32_t point) {
  const utf8proc_category_t category = utf8proc_category(point);
  const bool is_letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
  const bool is_mark = category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
  const bool is_number = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
  return is_letter || is_mark || is_number;
}

bool is_mark(utf8proc_int32_t point) {
  const utf8proc_category_t category = utf8proc_category(point);
  return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

// Marks that people leave out when they type: accents, Hebrew and Arabic points, the Arabic
// stretch. Those of other scripts make another word.
bool is_left_out(char32_t point) {
  return (point >= 0x300 && point <= 0x36F) || (point >= 0x591 && point <= 0x5C7) ||
         (point >= 0x610 && point <= 0x61A) || point == 0x640 ||
         (point >= 0x64B && point <= 0x65F) || point == 0x670;
}

// Thai, Lao, Burmese, Khmer, kana and Han are written without spaces.
bool is_spaceless(char32_t point) {
  return (point >= 0x0E00 && point < 0x0F00) || (point >= 0x1000 && point < 0x10A0) ||
         (point >= 0x1780 && point < 0x1800) || (point >= 0x3005 && point <= 0x3007) ||
         (point >= 0x3041 && point < 0x3100) || (point >= 0x31F0 && point < 0x3200) ||
         (point >= 0x3400 && point < 0x4DC0) || (point >= 0x4E00 && point < 0xA000) ||
         (point >= 0xF900 && point < 0xFB00) || (point >= 0x20000 && point < 0x40000);
}

// One letter with its marks.
struct Letter {
  std::string text;
  std::size_t begin = 0;
  std::size_t end = 0;
};

class WordReader {
 public:
  explicit WordReader(std::string_view text) : text_(text) {}

  std::vector<Word> read() {
    for (std::size_t at = 0; at < text_.size();) {
      const CodePoint point = decode_at(text_, at);
      take(point.is_valid ? point.value : U' ', at, at + point.bytes);
      at += point.bytes;
    }
    end_word();
    return std::move(words_);
  }

 private:
  void take(char32_t point, std::size_t begin, std::size_t end) {
    if (point < 0x80) return take_ascii(static_cast<char>(point), begin, end);
    std::array<utf8proc_int32_t, 32> folded{};
    constexpr auto kFold = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                                          UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    int last_class = 0;
    const auto source = static_cast<utf8proc_int32_t>(point);
    const utf8proc_ssize_t count =
        utf8proc_decompose_char(source, folded.data(), folded.size(), kFold, &last_class);
    if (count < 0 || static_cast<std::size_t>(count) > folded.size()) return end_word();
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      take_folded(folded[i], begin, end);
    }
  }

  void take_ascii(char c, std::size_t begin, std::size_t end) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!is_word) return end_word();
    if (!run_.empty()) end_word();
    append(std::string_view(&c, 1), begin, end);
  }

  void take_folded(utf8proc_int32_t folded, std::size_t begin, std::size_t end) {
    const auto point = static_cast<char32_t>(folded);
    if (is_left_out(point)) return;
    if (!is_of_a_word(folded)) return end_word();
    std::string text;
    append_utf8(text, point);
    if (is_mark(folded) && !run_.empty()) {
      run_.back().text += text;
      run_.back().end = end;
      return;
    }
    if (!is_spaceless(point)) {
      if (!run_.empty()) end_word();
      return append(text, begin, end);
    }
    if (!word_.text.empty()) end_word();
    run_.push_back({std::move(text), begin, end});
  }

  void append(std::string_view text, std::size_t begin, std::size_t end) {
    if (word_.text.empty()) word_ = {"", begin, end, end, false};
    if (word_.text.size() + text.size() <= kMaxWordBytes) word_.text += text;
    word_.end = word_.first_end = end;
  }

  // Of a run of letters without spaces each pair is a word, and the last letter by itself.
  void end_word() {
    if (!word_.text.empty()) words_.push_back(std::exchange(word_, {}));
    for (std::size_t i = 0; i < run_.size(); ++i) {
      const Letter& letter = run_[i];
      Word word{letter.text, letter.begin, letter.end, letter.end, i > 0};
      if (i + 1 < run_.size()) {
        word.text += run_[i + 1].text;
        word.end = run_[i + 1].end;
      }
      if (word.text.size() <= kMaxWordBytes) words_.push_back(std::move(word));
    }
    run_.clear();
  }

  std::string_view text_;
  std::vector<Word> words_;
  Word word_;
  std::vector<Letter> run_;
};

std::string joined(std::string_view text) {
  std::string words;
  for (const Word& word : words_of(text)) {
    if (!words.empty()) words += ' ';
    words += word.text;
  }
  return words;
}

// In the spelling of PostgreSQL: 'word':position and weight.
void append_positions(std::string_view text, char weight, int& position, std::string& vector) {
  for (const Word& word : words_of(text)) {
    vector += " '" + word.text + "':" + std::to_string(++position) + weight;
  }
}

std::string in_tsvector(const SearchedText& text) {
  // Nobody's last name stands beside the first word of their text.
  constexpr int kBetween = 10;
  std::string vector;
  int position = 0;
  append_positions(text.author, 'A', position, vector);
  position += kBetween;
  append_positions(text.text, 'B', position, vector);
  return vector;
}

void append_fts5(const Term& term, SearchedField field, std::string& search) {
  if (!search.empty()) search += " AND ";
  if (field != SearchedField::Any) search += field == SearchedField::Text ? "text : " : "author : ";
  search += '"';
  for (const std::string& word : term.words) search += word + ' ';
  search.back() = '"';
  if (term.is_beginning) search += " *";
}

void append_tsquery(const Term& term, SearchedField field, std::string& search) {
  if (!search.empty()) search += " & ";
  const char* weight = field == SearchedField::Any ? "" : field == SearchedField::Text ? "B" : "A";
  for (std::size_t i = 0; i < term.words.size(); ++i) {
    const bool is_last = i + 1 == term.words.size();
    const std::string marks = std::string(is_last && term.is_beginning ? "*" : "") + weight;
    search += (i > 0 ? " <-> '" : "'") + term.words[i] + "'" + (marks.empty() ? "" : ":" + marks);
  }
}

struct Filled {
  RowId comment = 0;
  std::string author;
  std::string text;
};

Result<std::vector<Filled>> next_to_fill(Connection& connection, RowId after) {
  std::vector<Filled> comments;
  Statement statement =
      connection.query("SELECT id, author, text FROM comment WHERE id > $1 ORDER BY id LIMIT $2",
                       after, kFilledAtOnce);
  for (;;) {
    switch (statement.step()) {
      case Statement::Step::Failed:
        return connection.error("list texts");
      case Statement::Step::Done:
        return comments;
      case Statement::Step::Row:
        comments.push_back(
            {statement.integer(0), std::string(statement.text(1)), std::string(statement.text(2))});
    }
  }
}

}  // namespace

std::vector<Word> words_of(std::string_view text) { return WordReader(text).read(); }

std::vector<Term> terms_of(std::string_view typed, Beginnings beginnings) {
  std::vector<Term> terms;
  for (Word& word : words_of(typed)) {
    if (!word.is_glued) {
      // A single letter of a script without spaces stands at the beginning of a pair.
      const bool is_letter =
          is_spaceless(decode_at(word.text, 0).value) && word.first_end == word.end;
      terms.push_back({{}, is_letter || beginnings == Beginnings::All});
    } else if (word.first_end == word.end) {
      continue;  // The last letter of a run, which the last pair has.
    }
    terms.back().words.push_back(std::move(word.text));
  }
  if (!terms.empty()) terms.back().is_beginning = true;
  return terms;
}

void add_to_search(const Connection& connection, const std::vector<Term>& terms,
                   SearchedField field, std::string& search) {
  for (const Term& term : terms) {
    connection.engine() == Connection::Engine::Sqlite ? append_fts5(term, field, search)
                                                      : append_tsquery(term, field, search);
  }
}

Status add_words(Connection& connection, RowId comment, const SearchedText& added) {
  if (connection.engine() == Connection::Engine::Sqlite) {
    return connection.run("INSERT INTO comment_words (rowid, author, text) VALUES ($1, $2, $3)",
                          comment, joined(added.author), joined(added.text));
  }
  return connection.run(
      "INSERT INTO comment_words (comment, words) VALUES ($1, CAST($2::text AS tsvector))", comment,
      in_tsvector(added));
}

Status remove_words(Connection& connection, RowId comment, const SearchedText& removed) {
  if (connection.engine() == Connection::Engine::Sqlite) {
    return connection.run(
        "INSERT INTO comment_words (comment_words, rowid, author, text)"
        " VALUES ('delete', $1, $2, $3)",
        comment, joined(removed.author), joined(removed.text));
  }
  return connection.run("DELETE FROM comment_words WHERE comment = $1", comment);
}

Status fill_words(Connection& connection) {
  for (RowId after = 0;;) {
    const auto comments = next_to_fill(connection, after);
    if (!comments) return comments.error();
    if (comments->empty()) return {};
    for (const Filled& one : *comments) {
      if (Status added = add_words(connection, one.comment, {one.author, one.text}); !added) {
        return added;
      }
      after = one.comment;
    }
  }
}

}  // namespace parlance
