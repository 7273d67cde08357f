#include "widget/text/translations.h"

#include <algorithm>
#include <utility>

#include "widget/core/hash.h"
#include "widget/text/paragraph.h"

namespace parlance {
namespace {

constexpr std::size_t kMost = 8192;
constexpr std::size_t kMostBytes = 4 << 20;
// A translator that is never content with its own words is not listened to for ever.
constexpr int kMostChanges = 8;

constexpr char kPiece = '\x1E';
constexpr char kWords = '\x1F';

std::uint64_t hash_of(std::string_view text) {
  Hash hash;
  hash.add(text);
  return hash.value();
}

std::uint8_t style_of(char digit) {
  const int value = digit >= 'a' ? digit - 'a' + 10 : digit - '0';
  return static_cast<std::uint8_t>(value & (kStrong | kEmphasis | kStrike | kCode | kSpoiler));
}

std::uint16_t link_to(std::string_view address, const Document& document) {
  const auto link = std::find(document.links.begin(), document.links.end(), address);
  if (address.empty() || link == document.links.end()) return kNoLink;
  return static_cast<std::uint16_t>(link - document.links.begin());
}

}  // namespace

Translations::Known Translations::read(std::string_view pieces) {
  Known known;
  while (pieces.size() >= 2 && pieces.front() == kPiece) {
    const std::size_t end = std::min(pieces.find(kPiece, 1), pieces.size());
    const std::string_view piece = pieces.substr(1, end - 1);
    pieces.remove_prefix(end);
    const std::size_t words = piece.find(kWords);
    if (words == 0 || words == std::string_view::npos) continue;
    Piece& made = known.pieces.emplace_back();
    made.begin = static_cast<std::uint32_t>(known.text.size());
    known.text += safe_text(piece.substr(words + 1));
    made.end = static_cast<std::uint32_t>(known.text.size());
    made.style = style_of(piece.front());
    made.address = piece.substr(1, words - 1);
  }
  std::erase_if(known.pieces,
                [](const Piece& piece) { return piece.style == 0 && piece.address.empty(); });
  known.translated = hash_of(known.text);
  return known;
}

void Translations::note(std::string_view original, std::string_view pieces) {
  Known made = read(pieces);
  if (made.text.empty()) return;
  made.original = hash_of(original);
  ++version_;
  const Known* earlier = nullptr;
  for (const Known& known : known_) {
    if (known.translated != made.original) continue;
    earlier = &known;
    if (known.original == made.translated) break;
  }
  if (earlier != nullptr) made.original = earlier->original;
  if (made.translated == made.original) {
    known_.clear();
    bytes_ = 0;
    return;
  }
  if (bytes_ + made.text.size() > kMostBytes) return;
  Known* const known = find_or_make(made.original);
  if (known == nullptr || known->changes == kMostChanges) return;
  bytes_ += made.text.size() - known->text.size();
  made.changes = known->changes + 1;
  *known = std::move(made);
}

Translations::Known* Translations::find_or_make(std::uint64_t original) {
  const std::size_t place = place_of(original);
  if (place < known_.size() && known_[place].original == original) return &known_[place];
  if (known_.size() == kMost) return nullptr;
  Known& made = *known_.insert(known_.begin() + static_cast<std::ptrdiff_t>(place), Known{});
  made.original = original;
  return &made;
}

const Translations::Known* Translations::find(std::string_view text) const {
  if (known_.empty() || text.empty()) return nullptr;
  const std::uint64_t original = hash_of(text);
  const std::size_t place = place_of(original);
  const bool is_known = place < known_.size() && known_[place].original == original;
  return is_known ? &known_[place] : nullptr;
}

std::size_t Translations::place_of(std::uint64_t original) const {
  const auto place = std::lower_bound(
      known_.begin(), known_.end(), original,
      [](const Known& known, std::uint64_t value) { return known.original < value; });
  return static_cast<std::size_t>(place - known_.begin());
}

std::string_view Translations::shown(std::string_view text) const {
  const Known* const known = find(text);
  return known == nullptr ? text : std::string_view(known->text);
}

void Translations::translate(Document& document) const {
  if (known_.empty()) return;
  Document made;
  made.links = document.links;
  made.has_spoiler = document.has_spoiler;
  std::uint32_t end = 0;
  for (const Block& block : document.blocks) {
    const std::string_view text =
        std::string_view(document.text).substr(block.begin, block.end - block.begin);
    made.text.append(document.text, end, block.begin - end);
    end = block.end;
    append(block.is_code ? nullptr : find(text), block, document, made);
  }
  document = std::move(made);
}

// Appends a block to `to`, as it is in `from` where there is no translation.
void Translations::append(const Known* known, const Block& block, const Document& from,
                          Document& to) {
  Block& made = to.blocks.emplace_back(block);
  made.begin = static_cast<std::uint32_t>(to.text.size());
  const auto add_span = [&](std::uint32_t begin, const Span& span, std::uint32_t old_begin) {
    to.spans.push_back({.begin = begin + span.begin - old_begin,
                        .end = begin + span.end - old_begin,
                        .style = span.style,
                        .link = span.link});
  };
  if (known == nullptr) {
    to.text.append(from.text, block.begin, block.end - block.begin);
    for (const Span& span : from.spans) {
      if (span.begin >= block.begin && span.end <= block.end)
        add_span(made.begin, span, block.begin);
    }
  } else {
    const std::string_view marker =
        std::string_view(from.text).substr(block.begin, block.marker_bytes);
    if (!std::string_view(known->text).starts_with(marker)) to.text += marker;
    const std::uint32_t begin = static_cast<std::uint32_t>(to.text.size());
    to.text += known->text;
    for (const Piece& piece : known->pieces) {
      add_span(begin,
               {.begin = piece.begin,
                .end = piece.end,
                .style = piece.style,
                .link = link_to(piece.address, from)},
               0);
    }
  }
  made.end = static_cast<std::uint32_t>(to.text.size());
}

}  // namespace parlance
