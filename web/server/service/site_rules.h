// How a site's comments are moderated without anybody looking at them, as JSON:
//
//   {"approval": "at_once|first|after_first", "edit_seconds", "closing_days", "links": number or
//   null,
//    "held_words": [text…], "spam_words": [text…], "reports": number or null,
//    "reactions": [emoji…], "haste": "hold|allow", "untimed": "allow|challenge|hold",
//    "repeats": "check|allow", "challenge": "never|suspicious|always"}
//
// A word matches wherever its letters stand as a word of their own, in whatever spelling: capitals,
// accents, full width and characters without width make no difference. "word*" matches words that
// begin with it. Several words match one after the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/records.h"
#include "widget/core/result.h"

namespace parlance {

// What becomes of a guest's comment of which nobody knows how long its writing took.
enum class Untimed : std::uint8_t { Allow, Challenge, Hold };

// When a guest has to solve a challenge before they can post.
enum class Challenges : std::uint8_t { Never, Suspicious, Always };

struct SiteRules {
  static constexpr std::size_t kMaxWords = 500;
  static constexpr std::size_t kMaxWordBytes = 100;
  static constexpr int kMaxLinks = 100;
  static constexpr int kMaxClosingDays = 36'500;
  static constexpr int kMaxReports = 1'000;
  static constexpr std::size_t kMaxReactions = 6;
  static constexpr std::size_t kMaxReactionBytes = 64;
  static constexpr int kMaxEditSeconds = 366 * 24 * 3'600;

  Approval approval = Approval::AtOnce;
  int edit_seconds = 900;
  int closing_days = 0;      // 0: never.
  std::optional<int> links;  // More of them wait for approval. Nothing: any number is welcome.
  std::vector<std::string> held_words;
  std::vector<std::string> spam_words;
  std::optional<int>
      reports;  // So many guests report what then waits. Nothing: nobody's make it wait.
  std::vector<std::string> reactions;  // The emoji that readers can react with.
  bool holds_hasty = true;             // What was written faster than people write waits.
  bool checks_repeats = true;          // What was said before is refused or waits.
  Untimed untimed = Untimed::Allow;
  // The widget cannot solve one yet, so nobody is asked unless an owner wants it.
  Challenges challenge = Challenges::Never;
};

SiteRules rules_of(const Site& site);
// The site with these rules.
Site with_rules(Site site, const SiteRules& rules);

std::string write_rules(const SiteRules& rules);
// What is left out stays as in `before`. Fails with MalformedJson or InvalidField, and names the
// field.
Result<SiteRules> read_rules(std::string_view json, const SiteRules& before);

// The word for an approval, and back.
std::string_view approval_name(Approval approval);
std::optional<Approval> approval_from(std::string_view name);

// What rules say about a text by itself.
struct TextVerdict {
  Held held = Held::No;
  bool is_spam = false;
};
TextVerdict judge_text(const SiteRules& rules, std::string_view author, std::string_view text);

// A text as it is compared: in one spelling, one space between words.
std::string normalised(std::string_view text);

}  // namespace parlance
