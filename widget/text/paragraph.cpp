#include "widget/text/paragraph.h"

#include <algorithm>
#include <cmath>

#include "widget/core/utf8.h"
#include "widget/text/characters.h"
#include "widget/text/runs.h"

namespace parlance {
namespace {

// Breaks one line of source text. Widths are compared with a tolerance, since browsers lay out in
// 64ths of a pixel.
class LineBreaker {
 public:
  LineBreaker(TextLayout& layout, const Face& face, float width, AdvanceCache& cache)
      : layout_(layout), face_(face), width_(width + 1.0f / 64), cache_(cache) {
    space_ = cache.advance(" ", face);
  }

  void break_line(std::uint32_t begin, std::uint32_t end, std::vector<Run>& runs) {
    const std::string_view source = std::string_view(layout_.text).substr(begin, end - begin);
    split_runs(source, runs);
    line_ = {begin, begin, begin, 0};
    for (const Run& run : runs) {
      const float advance = cache_.advance(source.substr(run.begin, run.end - run.begin), face_);
      const bool is_first = line_.end == line_.begin;
      if (!is_first && line_.width + pending_space_ + advance > width_) finish(begin + run.begin);
      if (line_.end == line_.begin && advance > width_) {
        cut(begin + run.begin, begin + run.end);
      } else {
        append(begin + run.end, advance);
      }
      pending_space_ = run.has_space ? space_ : 0;
    }
    finish(end);
  }

 private:
  void append(std::uint32_t end, float advance) {
    line_.width += pending_space_ + advance;
    line_.end = end;
    pending_space_ = 0;
  }

  void finish(std::uint32_t next) {
    line_.next = next;
    layout_.lines.push_back(line_);
    line_ = {next, next, next, 0};
    pending_space_ = 0;
  }

  // A token wider than the line: as many clusters a line as fit, at least one. Guesses from the
  // mean width, then corrects, so that a token of 10,000 letters costs a few measurements a line.
  void cut(std::uint32_t begin, std::uint32_t end) {
    const std::string_view text = layout_.text;
    std::vector<std::uint32_t> ends;
    for (std::uint32_t at = begin; at < end;) {
      at = cluster_end(text.substr(0, end), at);
      ends.push_back(at);
    }
    const auto measure = [&](std::uint32_t from, std::size_t last) {
      return cache_.advance(text.substr(from, ends[last] - from), face_);
    };
    std::size_t first = 0;
    while (first < ends.size()) {
      const std::uint32_t from = first == 0 ? begin : ends[first - 1];
      std::size_t low = first;
      std::size_t high =
          std::min(ends.size() - 1,
                   first + static_cast<std::size_t>(width_ / std::max(1.0f, face_.size * 0.1f)));
      while (low < high) {
        const std::size_t middle = (low + high + 1) / 2;
        if (measure(from, middle) <= width_) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      append(ends[low], measure(from, low));
      first = low + 1;
      if (first < ends.size()) finish(ends[low]);
    }
  }

  TextLayout& layout_;
  Face face_;
  float width_;
  AdvanceCache& cache_;
  float space_ = 0;
  float pending_space_ = 0;
  TextLine line_;
};

}  // namespace

TextDirection direction_of(std::string_view text, TextDirection base) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_at(text, at);
    const Strength found = strength(point.value);
    if (found == Strength::RightToLeft) return TextDirection::RightToLeft;
    if (found == Strength::LeftToRight) return TextDirection::LeftToRight;
    at += point.bytes;
  }
  return base;
}

std::string normalised_text(std::string_view source) {
  std::string text;
  text.reserve(source.size());
  int line_feeds = 0;
  int marks = 0;
  bool has_space = false;
  for (std::size_t at = 0; at < source.size();) {
    const CodePoint point = decode_at(source, at);
    const std::string_view bytes = source.substr(at, point.bytes);
    at += point.bytes;
    const char32_t value = point.value;
    if (value == '\n') {
      ++line_feeds;
      has_space = false;
      continue;
    }
    if (value == ' ' || value == '\t' || value == '\r') {
      has_space = true;
      continue;
    }
    marks = extends_cluster(value) ? marks + 1 : 0;
    if (marks > kMaxMarks) continue;
    if (!text.empty() && line_feeds > 0) {
      text.append(line_feeds > 1 ? "\n\n" : "\n");
    } else if (!text.empty() && has_space) {
      text.push_back(' ');
    }
    line_feeds = 0;
    has_space = false;
    const bool is_control = value < 0x20 || (value >= 0x7F && value < 0xA0) || !point.is_valid;
    text.append(is_control ? "\xEF\xBF\xBD" : bytes);
  }
  return text;
}

TextLayout lay_out(std::string_view source, const Face& face, float width, TextDirection base,
                   AdvanceCache& cache) {
  TextLayout layout;
  layout.text = normalised_text(source);
  const std::string_view text = layout.text;
  LineBreaker breaker(layout, face, std::max(width, 1.0f), cache);
  std::vector<Run> runs;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t paragraph_end = text.find("\n\n", at);
    if (paragraph_end == std::string_view::npos) paragraph_end = text.size();
    TextParagraph& paragraph = layout.paragraphs.emplace_back();
    paragraph.first_line = static_cast<std::uint32_t>(layout.lines.size());
    paragraph.direction = direction_of(text.substr(at, paragraph_end - at), base);
    while (at < paragraph_end) {
      const std::size_t end = std::min(text.find('\n', at), paragraph_end);
      breaker.break_line(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), runs);
      at = end + 1;
    }
    paragraph.last_line = static_cast<std::uint32_t>(layout.lines.size());
    at = paragraph_end + 2;
  }
  return layout;
}

TextWeight weigh(std::string_view source) {
  TextWeight weight;
  for (std::size_t at = 0; at < source.size();) {
    const auto lead = static_cast<unsigned char>(source[at]);
    if (lead < 0x80) {
      if (lead == '\n') ++weight.line_feeds;
      if (lead == '\n' && at > 0 && source[at - 1] == '\n') ++weight.paragraphs;
      weight.ems += lead == ' ' ? 0.28f : 0.5f;
      ++at;
      continue;
    }
    const CodePoint point = decode_at(source, at);
    if (!extends_cluster(point.value)) {
      weight.ems += break_class(point.value) == BreakClass::Ideograph ? 1.0f : 0.5f;
    }
    at += point.bytes;
  }
  return weight;
}

int estimated_lines(const TextWeight& weight, float font_size, float width) {
  // Ragged ends waste about a word's half a line.
  const float per_line = std::max(1.0f, width / font_size - 1.5f);
  return static_cast<int>(std::ceil(weight.ems / per_line)) +
         (weight.line_feeds - weight.paragraphs) / 2;
}

}  // namespace parlance
