#include "web/server/service/suspicion.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

#include "widget/core/utf8.h"

namespace parlance {
namespace {

constexpr UnixSeconds kDay = 24 * 3'600;
constexpr UnixSeconds kHour = 3'600;
constexpr std::size_t kHashBytes = 16;
// Normalised; East Asian letters have three bytes each, and say as much.
constexpr std::size_t kFewWordsBytes = 32;
constexpr std::size_t kLongLetters = 80;
constexpr int kCrowd = 3;

constexpr std::int64_t kLeastMs = 1'500;
constexpr std::int64_t kMsPerLetter = 20;
constexpr std::int64_t kMostMs = 6'000;

int severity(CommentStatus status) {
  if (status == CommentStatus::Spam) return 2;
  return status == CommentStatus::Pending ? 1 : 0;
}

// The first of what is equally bad is told to moderators.
void add_reason(Verdict& verdict, CommentStatus status, Held held) {
  if (severity(status) > severity(verdict.status)) verdict = {status, held};
}

void judge_effort(const SiteRules& rules, const Suspect& suspect, Verdict& verdict) {
  const Effort& effort = suspect.effort;
  if (!effort.trap.empty()) add_reason(verdict, CommentStatus::Spam, Held::Trap);
  if (suspect.is_person) return;
  const bool is_held = effort.writing_ms
                           ? rules.holds_hasty && is_hasty(*effort.writing_ms, suspect.comment.text)
                           : rules.untimed == Untimed::Hold;
  if (is_held) add_reason(verdict, CommentStatus::Pending, Held::Haste);
}

Error already_said(const SaidBefore& before) {
  const bool is_seen = before.is_own || before.status == CommentStatus::Approved;
  return {ErrorCode::AlreadySaid, "this was said here before", "text",
          is_seen ? std::to_string(before.comment) : std::string()};
}

}  // namespace

Fingerprint fingerprint(const CommentRow& comment) {
  std::string words = normalised(comment.text);
  const bool is_of_few_words = words.size() < kFewWordsBytes;
  // There are comments without a letter.
  if (words.empty()) words = comment.text;
  if (is_of_few_words) {
    words += '\n' + std::to_string(comment.thread) + '/' + std::to_string(comment.parent);
  }
  return {sha256(words).substr(0, kHashBytes), is_of_few_words};
}

std::array<std::string, 2> address_hashes(std::string_view secret, std::string_view address,
                                          UnixSeconds now) {
  std::array<std::string, 2> hashes;
  for (int i = 0; i < 2; ++i) {
    const std::string text = std::to_string(now / kDay - i) + "|" + std::string(address);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size);
    hashes[static_cast<std::size_t>(i)].assign(reinterpret_cast<const char*>(digest), kHashBytes);
  }
  return hashes;
}

bool is_hasty(std::int64_t writing_ms, std::string_view text) {
  const auto letters = static_cast<std::int64_t>(count_code_points(text));
  return writing_ms < std::min(kLeastMs + kMsPerLetter * letters, kMostMs);
}

Result<Verdict> suspect(Connection& connection, const Suspect& suspect, Verdict verdict) {
  const SiteRules rules = rules_of(suspect.site);
  judge_effort(rules, suspect, verdict);
  if (!rules.checks_repeats || verdict.status == CommentStatus::Spam) return verdict;
  const CommentRow& comment = suspect.comment;
  const auto& [text, is_of_few_words] = suspect.fingerprint;
  SaidQuery query{suspect.site.id,       text, *comment.guest, {}, comment.thread,
                  comment.created - kDay};
  if (!suspect.is_person && !is_of_few_words) query.addresses = suspect.addresses;
  const auto before = find_said(connection, query);
  if (!before) return before.error();
  if (before->has_value() && (*before)->status == CommentStatus::Spam) {
    add_reason(verdict, CommentStatus::Spam, Held::Repeat);
  } else if (before->has_value()) {
    if ((*before)->thread == comment.thread) return already_said(**before);
    add_reason(verdict, CommentStatus::Pending, Held::Repeat);
  }
  if (verdict.status != CommentStatus::Approved) return verdict;
  if (count_code_points(normalised(comment.text)) < kLongLetters) return verdict;
  query.since = comment.created - kHour;
  const auto others = count_others_who_said(connection, query, kCrowd);
  if (!others) return others.error();
  if (*others >= kCrowd - 1) add_reason(verdict, CommentStatus::Pending, Held::Crowd);
  return verdict;
}

Status remember(Connection& connection, const Suspect& suspect, RowId comment) {
  return add_said(connection,
                  {suspect.site.id, suspect.fingerprint.bytes, *suspect.comment.guest,
                   suspect.addresses[0], suspect.comment.thread, comment, suspect.comment.created});
}

}  // namespace parlance
