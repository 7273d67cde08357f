#include "widget/text/runs.h"

#include <cstring>

#include "widget/core/utf8.h"
#include "widget/text/characters.h"

namespace parlance {
namespace {

struct Letter {
  char32_t point = 0;
  BreakClass kind = BreakClass::Space;
};

// Between `last` and `next`, and what is around them; 0 where a word begins or the line ends.
struct Place {
  char32_t before_last = 0;
  Letter last;
  Letter next;
  char32_t after = 0;
  int regionals = 0;
};

bool is_one_of(char32_t point, const char* ascii) {
  return point < 0x80 && point != 0 && std::strchr(ascii, static_cast<int>(point)) != nullptr;
}

bool is_ascii_alphanumeric(char32_t point) {
  return (point >= '0' && point <= '9') || ((point | 0x20) >= 'a' && (point | 0x20) <= 'z');
}

// Browsers do not follow UAX #14 between ASCII characters but tables of their own; these rules were
// read off Chromium by trying every pair.
bool breaks_between_ascii(char32_t before_last, char32_t last, char32_t next) {
  if (last == '-') {
    if (next >= '0' && next <= '9') return is_ascii_alphanumeric(before_last);
    return is_ascii_alphanumeric(next) || is_one_of(next, "\"#%&'(*+-<=>@[\\^_`{|~");
  }
  if (last == '?') return is_ascii_alphanumeric(next) || is_one_of(next, "#$%&(*+-<=>@[\\^_`{|~");
  return is_one_of(next, "(<[{") && is_one_of(last, "!\"#%&)*+,.:;=>\\]|~");
}

bool is_hebrew(char32_t point) {
  return (point >= 0x05D0 && point <= 0x05F2) || (point >= 0xFB1D && point <= 0xFB4F);
}

bool is_jamo(char32_t point) { return point >= 0x1100 && point <= 0x115F; }

bool is_hangul(char32_t point) { return is_jamo(point) || (point >= 0xAC00 && point <= 0xD7A3); }

// Brackets and points of alphabets hold on to letters that follow at once (LB29, LB30).
bool holds_letters(char32_t point) {
  return is_one_of(point, "),.:;]}") || point == 0x0589 || point == 0x060C || point == 0x060D;
}

bool breaks_after_closing(char32_t last, const Letter& next) {
  if (last == '/') return !is_hebrew(next.point);
  if (!holds_letters(last)) return true;
  return next.kind == BreakClass::Ideograph || next.kind == BreakClass::Opening ||
         next.kind == BreakClass::Regional || affix(next.point) != Affix::None;
}

bool breaks_after_dash(char32_t before_last, const Letter& last, const Letter& next) {
  // LB21a.
  if (is_hebrew(before_last)) return is_hebrew(next.point);
  if (last.kind == BreakClass::Hyphen) return before_last != 0;
  constexpr char32_t kHyphen = 0x2010;
  constexpr char32_t kEnDash = 0x2013;
  const bool may_be_sign = before_last == 0 && (last.point == kHyphen || last.point == kEnDash);
  if (may_be_sign && next.kind == BreakClass::Letter) return false;
  return next.kind != BreakClass::Digit || last.point != 0xAD;
}

bool is_wide(const Letter& letter) {
  const bool is_mark = letter.kind == BreakClass::Opening || letter.kind == BreakClass::Closing;
  return letter.kind == BreakClass::Ideograph || (is_mark && is_wide_mark(letter.point));
}

bool is_wide(char32_t point) { return is_wide(Letter{point, break_class(point)}); }

bool opens_quotation(char32_t quote) {
  return quote == 0xAB || quote == 0x2018 || quote == 0x201C || quote == 0x2039;
}

bool closes_quotation(char32_t quote) {
  return quote == 0xBB || quote == 0x2019 || quote == 0x201D || quote == 0x203A;
}

// LB19a: lines break outside of quotation marks in Chinese and Japanese alone.
bool breaks_at_quote(const Place& place) {
  const auto& [before_last, last, next, after, regionals] = place;
  if (last.kind == BreakClass::Quote)
    return closes_quotation(last.point) && is_wide(before_last) && is_wide(next);
  return opens_quotation(next.point) && is_wide(last) && is_wide(after);
}

// UAX #14 as browsers have it, where one of two letters is beyond ASCII.
bool breaks_between_any(const Place& place) {
  using enum BreakClass;
  const auto& [before_last, last, next, after, regionals] = place;
  if (next.kind == Closing || last.kind == Opening) return false;
  if (last.kind == Quote || next.kind == Quote) return breaks_at_quote(place);
  if (last.kind == Regional && next.kind == Regional) return regionals % 2 == 0;
  if (next.kind == DashBoth) return last.kind != DashBoth && last.kind != Hyphen;
  if (next.kind == BreakAfter || next.kind == Hyphen) return false;
  if (last.kind == DashBoth) return true;
  if (last.kind == BreakAfter || last.kind == Hyphen)
    return breaks_after_dash(before_last, last, next);
  if (last.kind == Closing) return breaks_after_closing(last.point, next);
  if (next.kind == Opening)
    return is_wide_mark(next.point) || last.kind == Ideograph || last.kind == Regional ||
           affix(last.point) != Affix::None;
  const Affix behind = affix(next.point);
  if (affix(last.point) != Affix::None && behind != Affix::None) return true;
  if (last.kind == Ideograph && behind == Affix::Postfix) return false;
  if (next.kind == Ideograph && affix(last.point) == Affix::Prefix) return false;
  if (is_jamo(last.point) && is_hangul(next.point)) return false;
  if (last.kind == Ideograph || next.kind == Ideograph) return true;
  if (last.kind == Regional || next.kind == Regional) return last.kind != next.kind;
  return false;
}

bool breaks_between(const Place& place) {
  using enum BreakClass;
  const auto& [before_last, last, next, after, regionals] = place;
  if (last.kind == ZeroWidth) return true;
  if (next.kind == ZeroWidth || next.kind == Combining) return false;
  if (last.kind == Glue || next.kind == Glue || last.point == 0x200D) return false;
  if (last.point >= 0x80 || next.point >= 0x80) return breaks_between_any(place);
  // At the start of a word a hyphen may be a minus sign.
  if (last.kind == Hyphen && before_last == 0) return false;
  return breaks_between_ascii(before_last, last.point, next.point);
}

// Vowels that are written before their consonant, and signs that put the next one below it: no line
// ends behind them, whatever a dictionary says.
bool holds_next(char32_t point) {
  return (point >= 0x0E40 && point <= 0x0E44) || (point >= 0x0EC0 && point <= 0x0EC4) ||
         point == 0x1039 || point == 0x17D2;
}

}  // namespace

LineTraits traits_of(std::string_view line) {
  LineTraits traits;
  for (std::size_t at = 0; at < line.size();) {
    const auto lead = static_cast<unsigned char>(line[at]);
    if (lead < 0xD6) {  // Below U+0580 nothing of this comes up; what follows a lead byte is lower.
      ++at;
      continue;
    }
    const CodePoint point = decode_at(line, at);
    traits.is_bidi |= strength(point.value) == Strength::RightToLeft;
    traits.needs_context |= needs_context(point.value);
    traits.has_unspaced |= break_class(point.value) == BreakClass::Unspaced;
    at += point.bytes;
  }
  return traits;
}

void split_runs(std::string_view text, LineBytes line, std::span<const std::uint8_t> word_starts,
                std::vector<Run>& runs) {
  text = text.substr(0, line.end);
  Letter last;
  char32_t before_last = 0;
  char32_t behind = 0;  // The code point before the one at hand, a mark or not.
  int regionals = 0;
  std::uint32_t begin = line.begin;
  const auto finish = [&](std::size_t end, bool has_space) {
    if (end > begin || has_space)
      runs.push_back(
          {.begin = begin, .end = static_cast<std::uint32_t>(end), .has_space = has_space});
  };
  for (std::size_t at = begin; at < text.size();) {
    const CodePoint point = decode_at(text, at);
    const Letter next{point.value, break_class(point.value)};
    if (next.kind == BreakClass::Space) {
      finish(at, true);
      begin = static_cast<std::uint32_t>(at + point.bytes);
      last = {};
      before_last = 0;
      behind = 0;
      regionals = 0;
      at += point.bytes;
      continue;
    }
    const bool is_inside = at > begin;
    const std::size_t end = at + point.bytes;
    const bool is_quote = next.kind == BreakClass::Quote && end < text.size();
    const char32_t after = is_quote ? decode_at(text, end).value : 0;
    const bool is_word_start = last.kind == BreakClass::Unspaced &&
                               next.kind == BreakClass::Unspaced && !holds_next(behind) &&
                               (word_starts.empty() || word_starts[at - line.begin] != 0);
    if (is_inside &&
        (is_word_start || breaks_between({before_last, last, next, after, regionals}))) {
      finish(at, false);
      begin = static_cast<std::uint32_t>(at);
    }
    regionals = next.kind == BreakClass::Regional ? regionals + 1 : 0;
    at += point.bytes;
    behind = point.value;
    // A mark takes the class of its letter, so that breaks look at the letter. A joiner keeps its
    // own.
    const bool is_mark = next.kind == BreakClass::Combining && next.point != 0x200D && is_inside;
    if (is_mark) continue;
    before_last = last.point;
    last = next;
  }
  finish(text.size(), false);
}

std::uint32_t cluster_end(std::string_view text, std::uint32_t at) {
  CodePoint point = decode_at(text, at);
  std::size_t end = at + point.bytes;
  bool is_regional = break_class(point.value) == BreakClass::Regional;
  while (end < text.size()) {
    const CodePoint next = decode_at(text, end);
    const bool is_flag = is_regional && break_class(next.value) == BreakClass::Regional;
    const bool is_joined = point.value == 0x200D;
    if (!extends_cluster(next.value) && !is_flag && !is_joined) break;
    is_regional = false;
    point = next;
    end += next.bytes;
  }
  return static_cast<std::uint32_t>(end);
}

}  // namespace parlance
