#include "widget/text/line_sums.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "widget/core/utf8.h"

namespace parlance {
namespace {

// Names and labels come in many faces and have few words each.
constexpr std::size_t kMostFaces = 8;
constexpr std::size_t kWordsBeforeLearning = 150;
constexpr std::size_t kFewestWords = 4;
constexpr int kMostTrust = 16;
// Browsers lay out in 64ths of a pixel.
constexpr double kSame = 1.0 / 64;

bool is_simple(std::string_view letters) {
  for (std::size_t at = 0; at < letters.size();) {
    const CodePoint point = decode_at(letters, at);
    if (letter_number(point.value) == 0) return false;
    at += point.bytes;
  }
  return true;
}

// A sum of letters that goes on behind what has been summed before.
class Sum {
 public:
  Sum(std::string_view text, PairWidths& pairs) : text_(text), pairs_(pairs) {}

  // REQUIRES: all pairs are known.
  double add(std::uint32_t begin, std::uint32_t end) {
    double width = 0;
    for (std::size_t at = begin; at < end;) {
      const CodePoint point = decode_at(text_, at);
      const std::uint32_t letter = letter_number(point.value);
      width += *pairs_.find(std::exchange(before_, letter), letter);
      at += point.bytes;
    }
    total_ += width;
    return width;
  }

  // How much wider the letter at `begin` is where nothing but a space is before it.
  double alone(std::uint32_t begin) {
    if (before_ == 0 || before_ == ' ') return 0;
    const std::uint32_t letter = letter_number(decode_at(text_, begin).value);
    return *pairs_.find(0, letter) - *pairs_.find(before_, letter);
  }

  double total() const { return total_; }

 private:
  std::string_view text_;
  PairWidths& pairs_;
  std::uint32_t before_ = 0;
  double total_ = 0;
};

}  // namespace

void LineSums::measure(std::string_view text, std::span<Run> runs, const Face& face,
                       std::uint8_t style) {
  KnownFace* const known = find(face);
  if (known == nullptr || known->trust <= 0) return;
  find_stretches(text, runs, style);
  if (stretches_.empty()) return;
  if (known->words < kWordsBeforeLearning) {
    for (const Stretch& stretch : stretches_) known->words += stretch.last - stretch.first;
    return;
  }
  asked_.clear();
  joined_.clear();
  PairWidths& pairs = known->pairs;
  std::erase_if(stretches_, [&](const Stretch& stretch) {
    return !ask_for_pairs(text.substr(stretch.begin, stretch.end - stretch.begin), pairs);
  });
  for (const Stretch& stretch : stretches_)
    joined_.append(text.substr(stretch.begin, stretch.end - stretch.begin)).push_back('\n');
  learn(face, pairs);
  for (std::size_t i = 0; i < stretches_.size(); ++i) {
    const bool is_right = sum_up(text, runs, stretches_[i], pairs, widths_[asked_.size() + i]);
    known->trust = std::min(known->trust + (is_right ? 1 : -2), kMostTrust);
  }
}

LineSums::KnownFace* LineSums::find(const Face& face) {
  for (KnownFace& known : faces_) {
    if (known.face == face) return &known;
  }
  if (faces_.size() == kMostFaces) return nullptr;
  return &faces_.emplace_back(KnownFace{.face = face, .pairs = {}, .trust = kMostTrust});
}

void LineSums::find_stretches(std::string_view text, std::span<const Run> runs,
                              std::uint8_t style) {
  stretches_.clear();
  Stretch stretch;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    const std::uint32_t space = i > 0 && runs[i - 1].has_space ? 1 : 0;
    const bool follows = i > 0 && runs[i - 1].end + space == run.begin;
    const bool is_taken =
        run.style == style && is_simple(text.substr(run.begin, run.end - run.begin));
    if (!follows || !is_taken) add_stretch(std::exchange(stretch, {}), runs);
    if (!is_taken) continue;
    if (stretch.last == 0) stretch = {i, i, run.begin - (follows ? space : 0), 0};
    stretch.last = i + 1;
    stretch.end = run.end + (run.has_space ? 1 : 0);
  }
  add_stretch(stretch, runs);
}

// Where most words are known, it costs less to measure the others.
void LineSums::add_stretch(const Stretch& stretch, std::span<const Run> runs) {
  const std::size_t count = stretch.last - stretch.first;
  const std::span<const Run> taken = runs.subspan(stretch.first, count);
  const auto missing = static_cast<std::size_t>(
      std::count_if(taken.begin(), taken.end(), [](const Run& run) { return !run.is_measured; }));
  if (missing >= kFewestWords && missing * 2 >= count) stretches_.push_back(stretch);
}

bool LineSums::ask_for_pairs(std::string_view letters, PairWidths& pairs) {
  std::uint32_t before = 0;
  std::size_t begin = 0;  // Of the letter before.
  for (std::size_t at = 0; at < letters.size();) {
    const CodePoint point = decode_at(letters, at);
    const std::uint32_t letter = letter_number(point.value);
    const std::size_t end = at + point.bytes;
    // In this order: a pair is as wide as both, less the first.
    const bool has_room = ask_for(letters.substr(at, point.bytes), {0, letter}, pairs) &&
                          ask_for(letters.substr(begin, end - begin), {before, letter}, pairs);
    if (!has_room) return false;
    before = letter;
    begin = at;
    at = end;
  }
  return true;
}

bool LineSums::ask_for(std::string_view letters, Pair pair, PairWidths& pairs) {
  if (pairs.find(pair.before, pair.letter) != nullptr) return true;
  if (!pairs.add(pair.before, pair.letter)) return false;
  joined_.append(letters).push_back('\n');
  asked_.push_back(pair);
  return true;
}

// Asks for pairs and lines at once: crossing into the engine costs as much as measuring a word.
void LineSums::learn(const Face& face, PairWidths& pairs) {
  widths_.resize(asked_.size() + stretches_.size());
  if (widths_.empty()) return;
  joined_.pop_back();
  engine_.measure_runs(joined_, face, widths_);
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    const auto [before, letter] = asked_[i];
    const float first = before == 0 ? 0 : *pairs.find(0, before);
    *pairs.find(before, letter) = widths_[i] - first;
  }
}

bool LineSums::sum_up(std::string_view text, std::span<Run> runs, const Stretch& stretch,
                      PairWidths& pairs, float whole) {
  Sum sum(text, pairs);
  advances_.clear();
  runs = runs.subspan(stretch.first, stretch.last - stretch.first);
  sum.add(stretch.begin, runs.front().begin);
  for (const Run& run : runs) {
    const double alone = run.begin == run.end ? 0 : sum.alone(run.begin);
    const double width = sum.add(run.begin, run.end);
    const double space = run.has_space ? sum.add(run.end, run.end + 1) - *pairs.find(0, ' ') : 0;
    advances_.push_back(static_cast<float>(width + alone + space));
  }
  if (std::abs(sum.total() - static_cast<double>(whole)) > kSame) return false;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].is_measured || runs[i].begin == runs[i].end) continue;
    runs[i].advance = advances_[i];
    runs[i].is_measured = true;
  }
  return true;
}

}  // namespace parlance
