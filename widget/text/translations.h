// What a page translator has made of the texts that it found on the page. Readers see it in their
// place, wherever the same text is shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "widget/text/markup.h"

namespace parlance {

class Translations {
 public:
  // `original` is what stood there before: a text as it was written, or what it was translated to
  // earlier. `pieces` is its translation, each piece of one style as U+001E, the bits of SpanStyle
  // as a digit of base 32, the address of a link, U+001F, the words.
  //
  // A text that becomes what it was written as ends every translation: translators take back one
  // text after the other, but only those that are on the page. Too many, and too long ones, are not
  // kept.
  void note(std::string_view original, std::string_view pieces);

  // What is shown for a text without markup. Valid until the next note().
  std::string_view shown(std::string_view text) const;

  // Puts translations in the place of the blocks that have one. Links lead where the document's do.
  void translate(Document& document) const;

  bool is_empty() const { return known_.empty(); }
  // Another number whenever something is shown otherwise.
  std::uint64_t version() const { return version_; }

 private:
  struct Piece {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint8_t style = 0;
    std::string address;
  };
  struct Known {
    std::uint64_t original = 0;  // Hashes.
    std::uint64_t translated = 0;
    std::string text;
    std::vector<Piece> pieces;
    int changes = 0;
  };
  static Known read(std::string_view pieces);
  const Known* find(std::string_view text) const;
  Known* find_or_make(std::uint64_t original);
  // Null where there is no translation.
  static void append(const Known* known, const Block& block, const Document& from, Document& to);
  // Where it is among the known ones, or would be.
  std::size_t place_of(std::uint64_t original) const;

  std::vector<Known> known_;  // By `original`.
  std::size_t bytes_ = 0;
  std::uint64_t version_ = 0;
};

}  // namespace parlance
