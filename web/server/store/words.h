// The words of comments, for search: the same ones on both engines, since both are told of each
// change with words that were taken apart here. What an engine keeps of them is its index alone.
//
// A word is a run of letters, digits and marks, folded: without case, accents, points, and what
// only widths and ligatures make different. Scripts that put no spaces between words are kept as
// pairs of neighbouring letters: every stretch of them can be found, and is found as a whole.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/connection.h"
#include "web/server/store/records.h"

namespace parlance {

struct SearchedText {
  std::string_view author;
  std::string_view text;
};

Status add_words(Connection& connection, RowId comment, const SearchedText& added);
// REQUIRES: `removed` is what was added.
Status remove_words(Connection& connection, RowId comment, const SearchedText& removed);

// Makes the whole index anew, of what the comments say.
Status fill_words(Connection& connection);

struct Word {
  std::string text;  // Folded.
  // Bytes [begin, end) of what it was taken from; `first_end` is where the first letter of a
  // pair ends, and the same as `end` for what is no pair.
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t first_end = 0;
  bool is_glued = false;  // There is no space between it and the word before.
};
std::vector<Word> words_of(std::string_view text);

// What is looked for: words that stand side by side. The last one may go on.
struct Term {
  std::vector<std::string> words;
  bool is_beginning = false;
};
enum class Beginnings : std::uint8_t { Last, All };
// What somebody has typed, as terms that all have to be there. `beginnings` says which terms may be
// the beginning of a word only.
std::vector<Term> terms_of(std::string_view typed, Beginnings beginnings);

enum class SearchedField : std::uint8_t { Any, Author, Text };
// A search in the language of the connection's engine. Nothing in a term can be taken for a part of
// it.
void add_to_search(const Connection& connection, const std::vector<Term>& terms,
                   SearchedField field, std::string& search);

}  // namespace parlance
