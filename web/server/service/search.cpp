#include "web/server/service/search.h"

#include <algorithm>
#include <span>

#include "web/server/service/service.h"
#include "web/server/store/search.h"
#include "web/server/store/threads.h"
#include "widget/core/utf8.h"
#include "widget/text/markup.h"

namespace parlance {
namespace {

// Only so many of a thread's newest hits are put in order.
constexpr int kMostRanked = 500;
constexpr std::size_t kMostTerms = 10;
constexpr std::size_t kMaxTypedBytes = 400;
constexpr std::size_t kExcerptBytes = 240;
constexpr std::size_t kBytesBeforeHit = 60;

struct Hit {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_whole = false;  // Not only the beginning of a word.
};

// Whether the term stands at the beginning of these words.
bool stands_at(std::span<const Word> words, const Term& term) {
  if (words.size() < term.words.size()) return false;
  for (std::size_t i = 0; i < term.words.size(); ++i) {
    const bool is_last = i + 1 == term.words.size();
    const bool is_beginning = is_last && term.is_beginning;
    if (i > 0 && !words[i].is_glued) return false;
    if (is_beginning ? !words[i].text.starts_with(term.words[i]) : words[i].text != term.words[i]) {
      return false;
    }
  }
  return true;
}

std::vector<Hit> hits_of(const std::vector<Word>& words, const Term& term) {
  std::vector<Hit> hits;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::span<const Word> rest = std::span(words).subspan(at);
    if (!stands_at(rest, term)) continue;
    const Word& last = rest[term.words.size() - 1];
    const bool is_whole = last.text == term.words.back();
    // Of a pair only its first letter was looked for.
    const bool is_letter = !is_whole && last.first_end < last.end;
    hits.push_back({rest.front().begin, is_letter ? last.first_end : last.end, is_whole});
  }
  return hits;
}

std::size_t back_to_word(std::string_view text, std::size_t at, std::size_t least) {
  const std::size_t space = text.find_last_of(" \n", at);
  if (space != std::string_view::npos && space >= least) return space + 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool is_space = c == '\n' || c == ' ' || c == '\t';
    if (!is_space) line += c;
    if (is_space && (line.empty() || line.back() != ' ')) line += ' ';
  }
  return line;
}

Excerpt excerpt_of(std::string_view text, std::vector<Hit>& hits) {
  std::ranges::sort(hits, {}, &Hit::begin);
  const std::size_t first = hits.empty() ? 0 : hits.front().begin;
  const std::size_t wanted = first > kBytesBeforeHit ? first - kBytesBeforeHit : 0;
  const std::size_t begin =
      wanted == 0 ? 0 : std::min(first, back_to_word(text, wanted, wanted - kBytesBeforeHit / 2));
  std::size_t end = text.size();
  if (end - begin > kExcerptBytes) {
    end = back_to_word(text, begin + kExcerptBytes, begin + kExcerptBytes / 2);
  }
  Excerpt excerpt;
  const auto add = [&](std::string_view piece, bool is_hit) {
    if (!piece.empty()) excerpt.push_back({on_one_line(piece), is_hit});
  };
  if (begin > 0) add("… ", false);
  std::size_t at = begin;
  for (const Hit& hit : hits) {
    if (hit.begin < at || hit.end > end) continue;
    add(text.substr(at, hit.begin - at), false);
    add(text.substr(hit.begin, hit.end - hit.begin), true);
    at = hit.end;
  }
  if (at < end) add(text.substr(at, end - at), false);
  if (end < text.size()) add("…", false);
  return excerpt;
}

}  // namespace

Found look_for(const std::vector<Term>& terms, std::string_view author, std::string_view text) {
  constexpr std::size_t kMostCounted = 4;
  // Hidden spoilers stay hidden, also from those who guess.
  const Document document = parse_markup(text, Spoilers::Hide);
  const std::vector<Word> in_text = words_of(document.text);
  const std::vector<Word> in_author = words_of(author);
  Found found;
  std::vector<Hit> all;
  for (const Term& term : terms) {
    std::vector<Hit> hits = hits_of(in_text, term);
    const bool is_author = !hits_of(in_author, term).empty();
    if (hits.empty() && !is_author) return {};
    found.rank += static_cast<int>(std::min(hits.size(), kMostCounted)) * 2 + (is_author ? 3 : 0);
    if (std::ranges::any_of(hits, &Hit::is_whole)) found.rank += 4;
    all.insert(all.end(), hits.begin(), hits.end());
  }
  found.excerpt = excerpt_of(document.text, all);
  return found;
}

Result<SearchAnswer> Service::search(const Site& site, const SearchQuery& query,
                                     const Caller& caller) {
  if (Status status = check_thread_key(query.thread); !status) return status.error();
  const bool is_usable = query.typed.size() <= kMaxTypedBytes && is_valid_utf8(query.typed);
  const std::vector<Term> terms =
      is_usable ? terms_of(query.typed, Beginnings::Last) : std::vector<Term>();
  if (terms.empty() || terms.size() > kMostTerms) {
    return Error{ErrorCode::InvalidField, "q: 1 to 10 words", "q"};
  }
  if (query.offset < 0 || query.offset > kMostRanked) {
    return Error{ErrorCode::InvalidCursor, "cursor: not one of this list's", "cursor"};
  }
  const Rate rate{limits_.searches * limits_.guests_per_address};
  if (limits_.are_on && !limiter_.take("search@" + caller.address, rate, caller.now)) {
    return Error{ErrorCode::RateLimited, "too much in too short a time", ""};
  }
  return store_.read([&](Connection& connection) -> Result<SearchAnswer> {
    const auto thread = find_thread(connection, site.id, query.thread);
    if (!thread) return thread.error();
    if (!thread->has_value()) return SearchAnswer();
    return search_in(connection, **thread, query, terms);
  });
}

Result<SearchAnswer> Service::search_in(Connection& connection, const ThreadRow& thread,
                                        const SearchQuery& query,
                                        const std::vector<Term>& terms) const {
  auto rows = find_in_thread(connection, thread.id, terms, kMostRanked);
  if (!rows) return rows.error();
  SearchAnswer answer;
  answer.are_more = rows->size() == static_cast<std::size_t>(kMostRanked);
  struct Ranked {
    Found found;
    const CommentRow* row;
  };
  std::vector<Ranked> ranked;
  for (const CommentRow& row : *rows) {
    Found found = look_for(terms, row.author, row.text);
    if (found.rank > 0) ranked.push_back({std::move(found), &row});
  }
  // They come newest first, and equals stay so.
  std::ranges::stable_sort(ranked, std::ranges::greater(),
                           [](const Ranked& one) { return one.found.rank; });
  answer.count = static_cast<int>(ranked.size());
  const auto end = static_cast<std::size_t>(query.offset + kSearchPage);
  for (auto at = static_cast<std::size_t>(query.offset); at < std::min(end, ranked.size()); ++at) {
    const CommentRow& row = *ranked[at].row;
    auto path = list_above(connection, row.id);
    if (!path) return path.error();
    answer.hits.push_back({std::to_string(row.id), row.author, row.created, std::move(*path),
                           std::move(ranked[at].found.excerpt)});
  }
  if (end < ranked.size()) answer.next = static_cast<int>(end);
  return answer;
}

}  // namespace parlance
