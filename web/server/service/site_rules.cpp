#include "web/server/service/site_rules.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "widget/core/utf8.h"

namespace parlance {
namespace {

using nlohmann::json;

template <typename Choice, std::size_t kCount>
using Names = std::array<std::pair<Choice, std::string_view>, kCount>;

constexpr Names<Approval, 3> kApprovals = {{{Approval::AtOnce, "at_once"},
                                            {Approval::First, "first"},
                                            {Approval::AfterFirst, "after_first"}}};
constexpr Names<bool, 2> kHaste = {{{true, "hold"}, {false, "allow"}}};
constexpr Names<bool, 2> kRepeats = {{{true, "check"}, {false, "allow"}}};
constexpr Names<Untimed, 3> kUntimed = {
    {{Untimed::Allow, "allow"}, {Untimed::Challenge, "challenge"}, {Untimed::Hold, "hold"}}};
constexpr Names<Challenges, 3> kChallenges = {{{Challenges::Never, "never"},
                                               {Challenges::Suspicious, "suspicious"},
                                               {Challenges::Always, "always"}}};

template <typename Choice, std::size_t kCount>
std::string_view name_in(const Names<Choice, kCount>& names, Choice choice) {
  for (const auto& [known, name] : names) {
    if (known == choice) return name;
  }
  return names.front().second;
}

template <typename Choice, std::size_t kCount>
bool read_choice(const json& value, const Names<Choice, kCount>& names, Choice& place) {
  const auto* word = value.get_ptr<const std::string*>();
  for (const auto& [choice, name] : names) {
    if (word == nullptr || *word != name) continue;
    place = choice;
    return true;
  }
  return false;
}

Error unusable(const std::string& field) {
  return {ErrorCode::InvalidField, field + ": not a usable value", field};
}

bool is_letter(utf8proc_int32_t point) {
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

// Whether words of this script are parted by spaces; where they are not, a word may stand anywhere.
bool is_of_parted_script(utf8proc_int32_t point) {
  constexpr utf8proc_int32_t kFirstOfThai = 0x0E00;
  constexpr utf8proc_int32_t kFirstAfterThai = 0x0F00;
  constexpr utf8proc_int32_t kFirstOfEastAsia = 0x2E80;
  return point < kFirstOfThai || (point >= kFirstAfterThai && point < kFirstOfEastAsia);
}

// `text` and `word` are normalised, and a space stands on both sides of the text.
bool has_word(std::string_view text, std::string_view word) {
  const bool is_beginning = word.ends_with('*');
  if (is_beginning) word.remove_suffix(1);
  if (word.empty()) return false;
  const bool is_parted =
      is_of_parted_script(static_cast<utf8proc_int32_t>(decode_at(word, 0).value));
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    if (!is_parted) return true;
    const bool begins = text[at - 1] == ' ';
    const bool ends = is_beginning || text[at + word.size()] == ' ';
    if (begins && ends) return true;
  }
  return false;
}

bool has_any(std::string_view text, const std::vector<std::string>& words) {
  return std::ranges::any_of(words, [&](const std::string& word) {
    const bool is_beginning = word.ends_with('*');
    return has_word(text, normalised(word) + (is_beginning ? "*" : ""));
  });
}

int count_links(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  int count = 0;
  for (const std::string_view mark : {"http://", "https://", "www."}) {
    for (std::size_t at = small.find(mark); at != std::string::npos;
         at = small.find(mark, at + 1)) {
      const bool is_counted = mark == "www." && at > 0 && small[at - 1] == '/';
      if (!is_counted) ++count;
    }
  }
  return count;
}

bool read_number(const json& value, int most, int& place) {
  if (!value.is_number_integer() || value < 0 || value > most) return false;
  place = value.get<int>();
  return true;
}

bool read_words(const json& value, std::vector<std::string>& words) {
  if (!value.is_array() || value.size() > SiteRules::kMaxWords) return false;
  words.clear();
  for (const json& item : value) {
    const auto* word = item.get_ptr<const std::string*>();
    if (word == nullptr || word->size() > SiteRules::kMaxWordBytes) return false;
    if (normalised(*word).empty() || word->find('\0') != std::string::npos) return false;
    words.push_back(*word);
  }
  return true;
}

// Whether readers see it as one sign that is no letter.
bool is_emoji(const std::string& text) {
  if (text.size() > SiteRules::kMaxReactionBytes || !is_valid_utf8(text)) return false;
  utf8proc_int32_t state = 0;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_at(text, at);
    const auto value = static_cast<utf8proc_int32_t>(point.value);
    const auto last = static_cast<utf8proc_int32_t>(before);
    if (at > 0 && utf8proc_grapheme_break_stateful(last, value, &state)) return false;
    before = point.value;
    at += point.bytes;
  }
  return !text.empty() && decode_at(text, 0).value >= 0xA0 && normalised(text).empty();
}

bool read_reactions(const json& value, std::vector<std::string>& reactions) {
  if (!value.is_array() || value.size() > SiteRules::kMaxReactions) return false;
  reactions.clear();
  for (const json& item : value) {
    const auto* kind = item.get_ptr<const std::string*>();
    if (kind == nullptr || !is_emoji(*kind)) return false;
    if (std::ranges::find(reactions, *kind) != reactions.end()) return false;
    reactions.push_back(*kind);
  }
  return true;
}

bool read_number_or_null(const json& value, int most, std::optional<int>& place) {
  place = value.is_null() ? std::nullopt : std::optional(0);
  return value.is_null() || read_number(value, most, *place);
}

bool read_member(const std::string& name, const json& value, SiteRules& rules) {
  if (name == "held_words") return read_words(value, rules.held_words);
  if (name == "spam_words") return read_words(value, rules.spam_words);
  if (name == "edit_seconds") {
    return read_number(value, SiteRules::kMaxEditSeconds, rules.edit_seconds);
  }
  if (name == "closing_days") {
    return read_number(value, SiteRules::kMaxClosingDays, rules.closing_days);
  }
  if (name == "links") return read_number_or_null(value, SiteRules::kMaxLinks, rules.links);
  if (name == "reports") {
    return read_number_or_null(value, SiteRules::kMaxReports, rules.reports) && rules.reports != 0;
  }
  if (name == "reactions") return read_reactions(value, rules.reactions);
  if (name == "haste") return read_choice(value, kHaste, rules.holds_hasty);
  if (name == "repeats") return read_choice(value, kRepeats, rules.checks_repeats);
  if (name == "untimed") return read_choice(value, kUntimed, rules.untimed);
  if (name == "challenge") return read_choice(value, kChallenges, rules.challenge);
  if (name == "approval") return read_choice(value, kApprovals, rules.approval);
  return false;
}

}  // namespace

std::string_view approval_name(Approval approval) { return name_in(kApprovals, approval); }

std::optional<Approval> approval_from(std::string_view name) {
  for (const auto& [approval, known] : kApprovals) {
    if (known == name) return approval;
  }
  return std::nullopt;
}

std::string normalised(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                     UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK);
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  if (size < 0) return {};
  const std::string_view spelled(reinterpret_cast<const char*>(mapped),
                                 static_cast<std::size_t>(size));
  std::string words;
  for (std::size_t at = 0; at < spelled.size();) {
    const CodePoint point = decode_at(spelled, at);
    if (is_letter(static_cast<utf8proc_int32_t>(point.value))) {
      words += spelled.substr(at, point.bytes);
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
    at += point.bytes;
  }
  std::free(mapped);
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

SiteRules rules_of(const Site& site) {
  SiteRules rules;
  if (!site.rules.empty()) {
    // What a later version has written and this one does not understand is left out.
    const auto kept = read_rules(site.rules, rules);
    if (kept) rules = *kept;
  }
  rules.approval = site.approval;
  rules.edit_seconds = site.edit_seconds;
  rules.closing_days = site.closing_days;
  return rules;
}

Site with_rules(Site site, const SiteRules& rules) {
  site.approval = rules.approval;
  site.edit_seconds = rules.edit_seconds;
  site.closing_days = rules.closing_days;
  site.rules = write_rules(rules);
  return site;
}

std::string write_rules(const SiteRules& rules) {
  json object = {{"approval", approval_name(rules.approval)},
                 {"edit_seconds", rules.edit_seconds},
                 {"closing_days", rules.closing_days},
                 {"links", nullptr},
                 {"held_words", rules.held_words},
                 {"spam_words", rules.spam_words},
                 {"reports", nullptr},
                 {"reactions", rules.reactions},
                 {"haste", name_in(kHaste, rules.holds_hasty)},
                 {"untimed", name_in(kUntimed, rules.untimed)},
                 {"repeats", name_in(kRepeats, rules.checks_repeats)},
                 {"challenge", name_in(kChallenges, rules.challenge)}};
  if (rules.links) object["links"] = *rules.links;
  if (rules.reports) object["reports"] = *rules.reports;
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<SiteRules> read_rules(std::string_view text, const SiteRules& before) {
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object()) return Error{ErrorCode::MalformedJson, "the rules are no object", ""};
  SiteRules rules = before;
  for (const auto& [name, value] : object.items()) {
    if (!read_member(name, value, rules)) return unusable(name);
  }
  return rules;
}

TextVerdict judge_text(const SiteRules& rules, std::string_view author, std::string_view text) {
  if (!rules.spam_words.empty() || !rules.held_words.empty()) {
    const std::string words =
        " " + normalised(std::string(author) + "\n" + std::string(text)) + " ";
    if (has_any(words, rules.spam_words)) return {Held::Words, true};
    if (has_any(words, rules.held_words)) return {Held::Words, false};
  }
  if (rules.links && count_links(text) > *rules.links) return {Held::Links, false};
  return {};
}

}  // namespace parlance
