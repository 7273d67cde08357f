#include "widget/backends/json_reader.h"

#include <string>

#include "widget/core/utf8.h"

namespace parlance {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// RFC 8259 as a recursive descent, as deep as kMaxJsonDepth. Every function that answers false has
// left the reason in outcome_.
class Scanner {
 public:
  Scanner(std::string_view json, JsonSink& sink) : json_(json), sink_(sink) {}

  JsonOutcome read() {
    if (!value(Told::Yes)) return outcome_;
    skip_space();
    return at_ == json_.size() ? JsonOutcome::Complete : JsonOutcome::Malformed;
  }

 private:
  // Whether the sink hears of a value, or it is passed over.
  enum class Told : bool { No, Yes };

  bool is_at(char c) const { return at_ < json_.size() && json_[at_] == c; }

  bool take(char c) {
    if (!is_at(c)) return false;
    ++at_;
    return true;
  }

  void skip_space() {
    while (at_ < json_.size()) {
      const char c = json_[at_];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
      ++at_;
    }
  }

  bool malformed() {
    outcome_ = JsonOutcome::Malformed;
    return false;
  }

  // Whether the sink goes on.
  bool heard(bool is_accepted) {
    if (!is_accepted) outcome_ = JsonOutcome::Refused;
    return is_accepted;
  }

  bool value(Told told) {
    skip_space();
    if (at_ == json_.size()) return malformed();
    switch (json_[at_]) {
      case '{':
        return object(told);
      case '[':
        return array(told);
      case '"': {
        JsonScalar scalar{.kind = JsonScalar::Kind::String};
        return string(scalar.text) && tell(told, scalar);
      }
      case 't':
        return word("true") && tell(told, {.kind = JsonScalar::Kind::Boolean, .boolean = true});
      case 'f':
        return word("false") && tell(told, {.kind = JsonScalar::Kind::Boolean});
      case 'n':
        return word("null") && tell(told, {});
      default:
        return number(told);
    }
  }

  bool tell(Told told, const JsonScalar& scalar) {
    return told == Told::No || heard(sink_.on_scalar(scalar));
  }

  bool object(Told told) {
    ++at_;
    if (++depth_ > kMaxJsonDepth) return malformed();
    if (told == Told::Yes && !heard(sink_.on_object())) return false;
    skip_space();
    if (!is_at('}')) {
      do {
        if (!member(told)) return false;
        skip_space();
      } while (take(','));
    }
    if (!take('}')) return malformed();
    --depth_;
    return told == Told::No || heard(sink_.on_object_end());
  }

  bool member(Told told) {
    skip_space();
    std::string_view name;
    if (!is_at('"')) return malformed();
    if (!string(name)) return false;
    if (told == Told::Yes && sink_.on_key(name) == JsonSink::Step::PassOver) told = Told::No;
    skip_space();
    return take(':') ? value(told) : malformed();
  }

  bool array(Told told) {
    ++at_;
    if (++depth_ > kMaxJsonDepth) return malformed();
    if (told == Told::Yes && !heard(sink_.on_array())) return false;
    skip_space();
    if (!is_at(']')) {
      do {
        if (!value(told)) return false;
        skip_space();
      } while (take(','));
    }
    if (!take(']')) return malformed();
    --depth_;
    return told == Told::No || heard(sink_.on_array_end());
  }

  bool word(std::string_view expected) {
    if (json_.substr(at_, expected.size()) != expected) return malformed();
    at_ += expected.size();
    return true;
  }

  bool skip_digits() {
    const std::size_t start = at_;
    while (at_ < json_.size() && is_digit(json_[at_])) ++at_;
    return at_ > start;
  }

  bool number(Told told) {
    const bool is_negative = take('-');
    const std::size_t start = at_;
    // A zero stands alone, and so a digit after it is what follows the number.
    if (!take('0') && !skip_digits()) return malformed();
    const std::string_view digits = json_.substr(start, at_ - start);
    bool is_whole = true;
    if (take('.')) {
      is_whole = false;
      if (!skip_digits()) return malformed();
    }
    if (take('e') || take('E')) {
      is_whole = false;
      if (!take('+')) take('-');
      if (!skip_digits()) return malformed();
    }
    // All that count something here are far smaller than what eighteen digits hold.
    constexpr std::size_t kMostDigits = 18;
    JsonScalar scalar{.kind = JsonScalar::Kind::Number};
    if (is_whole && digits.size() <= kMostDigits) {
      scalar.kind = JsonScalar::Kind::Integer;
      for (const char digit : digits) scalar.integer = scalar.integer * 10 + (digit - '0');
      if (is_negative) scalar.integer = -scalar.integer;
    }
    return tell(told, scalar);
  }

  // The text is a view of the JSON itself, unless something in it was escaped.
  bool string(std::string_view& text) {
    const std::size_t start = ++at_;
    if (!skip_plain()) return malformed();
    if (take('"')) {
      text = json_.substr(start, at_ - 1 - start);
      return true;
    }
    unescaped_.assign(json_.substr(start, at_ - start));
    while (!take('"')) {
      ++at_;
      if (!escape()) return malformed();
      const std::size_t plain = at_;
      if (!skip_plain()) return malformed();
      unescaped_.append(json_.substr(plain, at_ - plain));
    }
    text = unescaped_;
    return true;
  }

  // Goes on to the next quote or backslash; false when there is none or what stands before it is
  // not allowed.
  bool skip_plain() {
    while (at_ < json_.size()) {
      const auto byte = static_cast<unsigned char>(json_[at_]);
      if (byte == '"' || byte == '\\') return true;
      if (byte < 0x20) return false;
      if (byte < 0x80) {
        ++at_;
        continue;
      }
      const CodePoint point = decode_at(json_, at_);
      if (!point.is_valid) return false;
      at_ += point.bytes;
    }
    return false;
  }

  // Appends what the escape at hand stands for. The backslash has been taken.
  bool escape() {
    if (at_ == json_.size()) return false;
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char letter = json_[at_++];
    if (letter == 'u') return escaped_code_point();
    const std::size_t index = kLetters.find(letter);
    if (index == std::string_view::npos) return false;
    unescaped_.push_back(kMeanings[index]);
    return true;
  }

  bool escaped_code_point() {
    char32_t point = 0;
    if (!code_unit(point)) return false;
    if (is_high_surrogate(point)) {
      char32_t low = 0;
      if (!take('\\') || !take('u') || !code_unit(low) || !is_low_surrogate(low)) return false;
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    }
    if (point == 0 || is_low_surrogate(point)) return false;
    append_utf8(unescaped_, point);
    return true;
  }

  bool code_unit(char32_t& unit) {
    constexpr std::size_t kDigits = 4;
    if (json_.size() - at_ < kDigits) return false;
    for (std::size_t i = 0; i < kDigits; ++i) {
      const char c = json_[at_++];
      char32_t digit = 0;
      if (is_digit(c)) {
        digit = static_cast<char32_t>(c - '0');
      } else if (const char low = static_cast<char>(c | 0x20); low >= 'a' && low <= 'f') {
        digit = static_cast<char32_t>(low - 'a' + 10);
      } else {
        return false;
      }
      unit = unit << 4 | digit;
    }
    return true;
  }

  std::string_view json_;
  JsonSink& sink_;
  std::size_t at_ = 0;
  int depth_ = 0;
  JsonOutcome outcome_ = JsonOutcome::Malformed;
  std::string unescaped_;
};

}  // namespace

JsonOutcome read_json(std::string_view json, JsonSink& sink) { return Scanner(json, sink).read(); }

}  // namespace parlance
