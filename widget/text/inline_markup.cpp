#include "widget/text/inline_markup.h"

#include <algorithm>
#include <optional>

namespace parlance {
namespace {

// Marks that have not found their partner; more of them than this stay text.
constexpr std::size_t kMaxOpenMarks = 64;
constexpr std::size_t kMaxAddressBytes = 2'000;
constexpr std::uint16_t kMaxLinks = 500;

// A piece of the block: text that is shown, or the place where a style begins or ends.
struct Token {
  enum class Kind : std::uint8_t { Text, Open, Close };
  Kind kind = Kind::Text;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint8_t style = 0;
  std::uint16_t link = kNoLink;
};

bool is_letter_or_digit(unsigned char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80;
}

bool is_space(unsigned char c) { return c == ' ' || c == '\n'; }

bool is_punctuation(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7F && !is_letter_or_digit(byte);
}

class InlineParser {
 public:
  InlineParser(std::string_view text, Document& document) : text_(text), document_(document) {}

  void parse() {
    while (at_ < text_.size()) {
      if (!step()) ++at_;
    }
    flush(at_);
  }

  void write(Spoilers spoilers) {
    std::uint8_t style = 0;
    std::uint16_t link = kNoLink;
    bool is_hidden = false;
    for (const Token& token : tokens_) {
      switch (token.kind) {
        case Token::Kind::Open:
          style |= token.style;
          if (token.link != kNoLink) link = token.link;
          if (token.style == kSpoiler && spoilers == Spoilers::Hide && !is_hidden) {
            is_hidden = true;
            put(kHiddenSpoiler, kSpoiler, kNoLink);
          }
          document_.has_spoiler |= token.style == kSpoiler;
          break;
        case Token::Kind::Close:
          style &= static_cast<std::uint8_t>(~token.style);
          if (token.link != kNoLink) link = kNoLink;
          if (token.style == kSpoiler) is_hidden = false;
          break;
        case Token::Kind::Text:
          if (!is_hidden)
            put(text_.substr(token.begin, token.end - token.begin), style | token.style,
                token.link == kNoLink ? link : token.link);
          break;
      }
    }
  }

 private:
  struct OpenMark {
    std::size_t token = 0;
    char letter = 0;
    std::size_t length = 0;
  };

  // Reads one construct; false: the byte at hand is text.
  bool step() {
    const char c = text_[at_];
    switch (c) {
      case '\\':
        return escape();
      case '`':
        return code();
      case '[':
        return link();
      case 'h':
        return bare_address();
      case '*':
      case '_':
      case '~':
      case '|':
        return mark(c);
      default:
        return false;
    }
  }

  bool escape() {
    if (at_ + 1 >= text_.size() || !is_punctuation(text_[at_ + 1])) return false;
    flush(at_);
    from_ = at_ + 1;
    at_ += 2;
    return true;
  }

  bool code() {
    const std::size_t length = run_length('`');
    const std::string_view fence = text_.substr(at_, length);
    for (std::size_t end = text_.find(fence, at_ + length); end != std::string_view::npos;
         end = text_.find(fence, end + 1)) {
      const bool is_longer = end + length < text_.size() && text_[end + length] == '`';
      if (is_longer) {
        end = text_.find_first_not_of('`', end);
        if (end == std::string_view::npos) break;
        continue;
      }
      flush(at_);
      if (end > at_ + length) add_text(at_ + length, end, kCode, kNoLink);
      at_ = end + length;
      from_ = at_;
      return true;
    }
    at_ += length;
    return true;
  }

  bool link() {
    const std::size_t close = text_.find_first_of("[]", at_ + 1);
    if (close == std::string_view::npos || text_[close] != ']' || close == at_ + 1) return false;
    if (close + 1 >= text_.size() || text_[close + 1] != '(') return false;
    const std::size_t end = text_.find_first_of(" \n)", close + 2);
    if (end == std::string_view::npos || text_[end] != ')') return false;
    const std::optional<std::uint16_t> index = link_to(text_.substr(close + 2, end - close - 2));
    if (!index) return false;
    flush(at_);
    tokens_.push_back({Token::Kind::Open, 0, 0, 0, *index});
    add_text(at_ + 1, close, 0, *index);
    tokens_.push_back({Token::Kind::Close, 0, 0, 0, *index});
    at_ = end + 1;
    from_ = at_;
    return true;
  }

  // A bare address ends before white space, and before punctuation that rather belongs to the
  // sentence.
  bool bare_address() {
    const std::string_view rest = text_.substr(at_);
    const bool is_address = rest.starts_with("https://") || rest.starts_with("http://");
    if (!is_address || (at_ > 0 && is_letter_or_digit(static_cast<unsigned char>(text_[at_ - 1]))))
      return false;
    std::size_t end = std::min(rest.find_first_of(" \n<>\"`|"), rest.size());
    while (end > 0) {
      const char last = rest[end - 1];
      const bool closes = last == ')' && std::count(rest.begin(), rest.begin() + end, '(') >=
                                             std::count(rest.begin(), rest.begin() + end, ')');
      if (closes || std::string_view(".,:;!?'*_~)]").find(last) == std::string_view::npos) break;
      --end;
    }
    if (end <= std::string_view("https://").size()) return false;
    const std::optional<std::uint16_t> index = link_to(rest.substr(0, end));
    if (!index) return false;
    flush(at_);
    add_text(at_, at_ + end, 0, *index);
    at_ += end;
    from_ = at_;
    return true;
  }

  bool mark(char c) {
    const std::size_t run = run_length(c);
    // Of three in a row the inner one closes first.
    const bool closes_single =
        run >= 3 && !open_.empty() && open_.back().letter == c && open_.back().length == 1;
    const bool is_double = run >= 2 && !closes_single;
    if (!is_double && (c == '~' || c == '|')) return false;
    const std::size_t length = is_double ? 2 : 1;
    const std::uint8_t style = c == '~'    ? kStrike
                               : c == '|'  ? kSpoiler
                               : is_double ? kStrong
                                           : kEmphasis;
    const unsigned char before = at_ > 0 ? static_cast<unsigned char>(text_[at_ - 1]) : ' ';
    const std::size_t after_at = at_ + length;
    const unsigned char after =
        after_at < text_.size() ? static_cast<unsigned char>(text_[after_at]) : ' ';
    const bool is_inside_word = c == '_' && is_letter_or_digit(before) && is_letter_or_digit(after);
    const bool closes = !is_space(before) && !is_inside_word && close_mark(c, length, style);
    if (closes) return true;
    const bool opens =
        !is_space(after) && after != '\0' && !is_inside_word && open_.size() < kMaxOpenMarks;
    if (!opens) {
      at_ += length;
      return true;
    }
    flush(at_);
    // Becomes an Open token once its partner is found; until then it is the text that it is.
    open_.push_back({tokens_.size(), c, length});
    add_text(at_, at_ + length, 0, kNoLink);
    at_ += length;
    from_ = at_;
    return true;
  }

  bool close_mark(char c, std::size_t length, std::uint8_t style) {
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i].letter != c || open_[i].length != length) continue;
      const bool is_empty = open_[i].token + 1 == tokens_.size() && from_ == at_;
      if (is_empty) return false;
      flush(at_);
      Token& opening = tokens_[open_[i].token];
      opening = {Token::Kind::Open, 0, 0, style};
      tokens_.push_back({Token::Kind::Close, 0, 0, style});
      open_.resize(i);
      at_ += length;
      from_ = at_;
      return true;
    }
    return false;
  }

  std::size_t run_length(char c) const {
    const std::size_t end = text_.find_first_not_of(c, at_);
    return std::min(end, text_.size()) - at_;
  }

  std::optional<std::uint16_t> link_to(std::string_view address) {
    const bool is_taken = is_safe_address(address) && address.size() <= kMaxAddressBytes &&
                          document_.links.size() < kMaxLinks;
    if (!is_taken) return std::nullopt;
    document_.links.emplace_back(address);
    return static_cast<std::uint16_t>(document_.links.size() - 1);
  }

  void flush(std::size_t end) {
    if (end > from_) add_text(from_, end, 0, kNoLink);
    from_ = end;
  }

  void add_text(std::size_t begin, std::size_t end, std::uint8_t style, std::uint16_t link) {
    tokens_.push_back({Token::Kind::Text, static_cast<std::uint32_t>(begin),
                       static_cast<std::uint32_t>(end), style, link});
  }

  void put(std::string_view text, std::uint8_t style, std::uint16_t link) {
    const auto begin = static_cast<std::uint32_t>(document_.text.size());
    document_.text.append(text);
    if (style == 0 && link == kNoLink) return;
    const auto end = static_cast<std::uint32_t>(document_.text.size());
    std::vector<Span>& spans = document_.spans;
    const bool goes_on = !spans.empty() && spans.back().end == begin &&
                         spans.back().style == style && spans.back().link == link;
    if (goes_on) {
      spans.back().end = end;
      return;
    }
    spans.push_back({begin, end, style, link});
  }

  std::string_view text_;
  Document& document_;
  std::vector<Token> tokens_;
  std::vector<OpenMark> open_;
  std::size_t at_ = 0;
  std::size_t from_ = 0;  // Where text that has not become a token begins.
};

}  // namespace

void parse_inline(std::string_view text, Spoilers spoilers, Document& document) {
  InlineParser parser(text, document);
  parser.parse();
  parser.write(spoilers);
}

}  // namespace parlance
