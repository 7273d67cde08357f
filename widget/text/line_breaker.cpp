#include "widget/text/line_breaker.h"

#include <algorithm>
#include <string_view>

namespace parlance {
namespace {

constexpr std::string_view kSoftHyphen = "\u00ad";

}  // namespace

LineBreaker::LineBreaker(TextLayout& layout, const Face& face, AdvanceCache& cache)
    : layout_(layout), face_(face), cache_(cache) {}

void LineBreaker::begin_paragraph(float width, const Block& block) {
  width_ = width + 1.0f / 64;
  marker_bytes_ = block.marker_bytes;
  space_ = cache_.advance(" ", block.is_code ? styled_face(face_, kCode) : face_);
}

void LineBreaker::break_line(std::uint32_t begin, std::uint32_t end) {
  const std::string_view source = std::string_view(layout_.text).substr(begin, end - begin);
  split_runs(source, runs_);
  line_ = {.begin = begin, .end = begin, .next = begin};
  pending_space_ = 0;
  float room = width_;
  if (marker_bytes_ > 0) {
    const auto marker_end = begin + static_cast<std::uint32_t>(marker_bytes_);
    line_.x = -measure_words(begin, std::min(end, marker_end), face_);
    room -= line_.x;
    marker_bytes_ = 0;
  }
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Run& run = runs_[i];
    const float advance = measure(begin + run.begin, begin + run.end);
    const bool is_first = line_.end == line_.begin;
    const float width = line_.width + pending_space_ + advance;
    if (!is_first && width + hyphen_after(i, begin, width, room) > room) {
      wrap(begin + run.begin);
      room = width_;
    }
    if (line_.end == line_.begin && advance > room) {
      cut(begin + run.begin, begin + run.end);
    } else {
      append(begin + run.end, advance);
    }
    pending_space_ = run.has_space ? space_ : 0;
  }
  finish(end);
}

void LineBreaker::append(std::uint32_t end, float advance) {
  line_.width += pending_space_ + advance;
  line_.end = end;
  pending_space_ = 0;
}

float LineBreaker::hyphen_after(std::size_t run, std::uint32_t begin, float width, float room) {
  const std::string_view text = layout_.text;
  const std::string_view letters =
      text.substr(begin + runs_[run].begin, runs_[run].end - runs_[run].begin);
  if (!letters.ends_with(kSoftHyphen) || run + 1 == runs_.size()) return 0;
  const Run& next = runs_[run + 1];
  if (width + measure(begin + next.begin, begin + next.end) <= room) return 0;
  return cache_.advance(kHyphen, face_);
}

void LineBreaker::wrap(std::uint32_t next) {
  const std::string_view text = layout_.text;
  if (text.substr(line_.begin, line_.end - line_.begin).ends_with(kSoftHyphen)) {
    line_.ends_with_hyphen = true;
    line_.width += cache_.advance(kHyphen, face_);
  }
  finish(next);
}

void LineBreaker::finish(std::uint32_t next) {
  line_.next = next;
  add_pieces(line_);
  layout_.lines.push_back(line_);
  line_ = {.begin = next, .end = next, .next = next};
  pending_space_ = 0;
}

// A token wider than the line: as many clusters a line as fit, at least one. Guesses from the mean
// width, then corrects, so that a token of 10,000 letters costs a few measurements a line.
void LineBreaker::cut(std::uint32_t begin, std::uint32_t end) {
  const std::string_view text = layout_.text;
  std::vector<std::uint32_t> ends;
  for (std::uint32_t at = begin; at < end;) {
    at = cluster_end(text.substr(0, end), at);
    ends.push_back(at);
  }
  const auto most = static_cast<std::size_t>(width_ / std::max(1.0f, face_.size * 0.1f));
  std::size_t first = 0;
  while (first < ends.size()) {
    const std::uint32_t from = first == 0 ? begin : ends[first - 1];
    std::size_t low = first;
    std::size_t high = std::min(ends.size() - 1, first + most);
    while (low < high) {
      const std::size_t middle = (low + high + 1) / 2;
      if (measure(from, ends[middle]) <= width_) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    append(ends[low], measure(from, ends[low]));
    first = low + 1;
    if (first < ends.size()) finish(ends[low]);
  }
}

std::size_t LineBreaker::first_span_after(std::uint32_t begin) {
  // Cutting a token goes back within its line, never before it.
  while (span_ < layout_.spans.size() && layout_.spans[span_].end <= line_.begin) ++span_;
  std::size_t span = span_;
  while (span < layout_.spans.size() && layout_.spans[span].end <= begin) ++span;
  return span;
}

float LineBreaker::measure(std::uint32_t begin, std::uint32_t end) {
  const std::string_view text = layout_.text;
  float width = 0;
  std::uint32_t at = begin;
  for (std::size_t i = first_span_after(begin); i < layout_.spans.size(); ++i) {
    const Span& span = layout_.spans[i];
    if (span.begin >= end) break;
    if (span.begin > at) width += cache_.advance(text.substr(at, span.begin - at), face_);
    at = std::max(at, span.begin);
    const std::uint32_t until = std::min(span.end, end);
    width += cache_.advance(text.substr(at, until - at), styled_face(face_, span.style));
    at = until;
  }
  if (at < end) width += cache_.advance(text.substr(at, end - at), face_);
  return width;
}

float LineBreaker::measure_words(std::uint32_t begin, std::uint32_t end, const Face& face) {
  const std::string_view text = layout_.text;
  float width = 0;
  for (std::uint32_t at = begin; at < end;) {
    const auto space = static_cast<std::uint32_t>(std::min<std::size_t>(text.find(' ', at), end));
    width += cache_.advance(text.substr(at, space - at), face);
    if (space < end) width += cache_.advance(" ", face);
    at = space + 1;
  }
  return width;
}

void LineBreaker::add_pieces(TextLine& line) {
  line.first_piece = static_cast<std::uint32_t>(layout_.pieces.size());
  std::size_t i = first_span_after(line.begin);
  if (i == layout_.spans.size() || layout_.spans[i].begin >= line.end) return;
  float x = 0;
  const auto add = [&](std::uint32_t begin, std::uint32_t end, std::uint8_t style,
                       std::uint16_t link) {
    if (begin >= end) return;
    const float width = measure_words(begin, end, styled_face(face_, style));
    layout_.pieces.push_back({begin, end, style, link, x, width});
    x += width;
  };
  std::uint32_t at = line.begin;
  for (; i < layout_.spans.size() && layout_.spans[i].begin < line.end; ++i) {
    const Span& span = layout_.spans[i];
    add(at, span.begin, 0, kNoLink);
    add(std::max(at, span.begin), std::min(span.end, line.end), span.style, span.link);
    at = std::min(span.end, line.end);
  }
  add(at, line.end, 0, kNoLink);
  line.piece_count = static_cast<std::uint32_t>(layout_.pieces.size()) - line.first_piece;
}

}  // namespace parlance
