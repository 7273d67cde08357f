// The small Markdown of comments: a source text becomes blocks of text with styled spans. There is
// no HTML on either side.
//
//   blocks   a blank line parts paragraphs; a line feed is a line break
//            "> " quotes, nested up to kMaxQuoteDepth
//            "- ", "* ", "+ ", "1. ", "1) " list items, nested by two spaces up to kMaxListDepth
//            "```" on a line of its own begins and ends code that keeps its spaces
//   spans    **strong** __strong__ *emphasis* _emphasis_ ~~strike~~ `code` ||spoiler||
//            [text](address) and bare http(s):// addresses are links; only http, https and mailto,
//            anything else stays text a backslash takes the meaning from the punctuation that
//            follows it
//
// What does not fit the grammar is text: every source has a reading.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parlance {

inline constexpr int kMaxQuoteDepth = 6;
inline constexpr int kMaxListDepth = 4;

// Bits of Span::style.
enum SpanStyle : std::uint8_t {
  kStrong = 1,
  kEmphasis = 2,
  kStrike = 4,
  kCode = 8,
  kSpoiler = 16,
};

inline constexpr std::uint16_t kNoLink = 0xFFFF;

// Bytes [begin, end) of the document's text. Spans do not overlap; text between them is plain.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint8_t style = 0;
  std::uint16_t link = kNoLink;  // Index into Document::links.
};

struct Block {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint8_t quote_depth = 0;
  std::uint8_t list_depth = 0;  // 0: not in a list.
  bool is_code = false;
  bool is_tight = false;          // Stands close to the block above: the next item of a list.
  std::uint8_t marker_bytes = 0;  // "• " or "3. " at the beginning of a list item's text.
};

// Blocks stand in `text` in order, with one line feed or two between them.
struct Document {
  std::string text;  // Normalised like normalised_text (paragraph.h).
  std::vector<Block> blocks;
  std::vector<Span> spans;
  std::vector<std::string> links;
  bool has_spoiler = false;
};

enum class Spoilers : std::uint8_t { Hide, Show };

// Hidden spoilers are replaced by kHiddenSpoiler, so that nothing downstream can give them away.
inline constexpr std::string_view kHiddenSpoiler = "[spoiler]";
Document parse_markup(std::string_view source, Spoilers spoilers);

// The same without any markup: one paragraph a blank line.
Document plain_document(std::string_view source);

// Whether a link may lead there: http, https or mailto, no white space or control characters.
bool is_safe_address(std::string_view address);

}  // namespace parlance
