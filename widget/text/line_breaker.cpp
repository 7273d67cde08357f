#include "widget/text/line_breaker.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "widget/core/utf8.h"
#include "widget/text/characters.h"

namespace parlance {
namespace {

constexpr std::string_view kSoftHyphen = "\u00ad";
// Places that are this close are the same.
constexpr float kTouching = 0.1f;

}  // namespace

LineBreaker::LineBreaker(TextLayout& layout, const Face& face, AdvanceCache& cache)
    : layout_(layout), face_(face), cache_(cache) {}

void LineBreaker::begin_paragraph(float width, const Block& block) {
  width_ = width + 1.0f / 64;
  marker_bytes_ = block.marker_bytes;
}

LineBreaker::Unit LineBreaker::unit_at(std::uint32_t run) const {
  Unit unit{run, run, 0};
  do {
    unit.advance += layout_.runs[unit.last].advance;
  } while (!layout_.runs[unit.last++].may_end_line);
  return unit;
}

float LineBreaker::width_of_marker(std::size_t bytes) {
  if (bytes == 0) return 0;
  // It ends with a space.
  const std::string_view marker = std::string_view(layout_.text).substr(source_->begin, bytes - 1);
  return cache_.advance(marker, face_) + cache_.advance(" ", face_);
}

void LineBreaker::break_line(const SourceLine& source) {
  source_ = &source;
  line_ = {.begin = source.begin, .end = source.begin, .direction = source.direction};
  line_.first_piece = static_cast<std::uint32_t>(layout_.pieces.size());
  pending_ = nullptr;
  const std::size_t marker = std::exchange(marker_bytes_, 0);
  line_.x = -width_of_marker(marker);
  float room = width_ - line_.x;
  for (std::uint32_t i = source.first_run; i < source.last_run;) {
    const Unit unit = unit_at(i);
    const Run& first = layout_.runs[i];
    const bool is_space = first.begin == first.end;  // One of several: they hang at a line's end.
    const float width = line_.width + (pending_ != nullptr ? pending_->space : 0) + unit.advance;
    if (line_.end > line_.begin && !is_space && width + hyphen_after(unit, width, room) > room) {
      wrap(first.begin);
      room = width_;
    }
    if (line_.end == line_.begin && unit.advance > room) {
      cut(unit);
    } else {
      for (; i < unit.last; ++i) {
        const Run& run = layout_.runs[i];
        append(run, {run.begin, run.end}, run.advance);
      }
    }
    i = unit.last;
    const Run& last = layout_.runs[unit.last - 1];
    pending_ = last.has_space ? &last : nullptr;
  }
  if (source.first_run == source.last_run) return finish_whole(marker);
  finish(source.end);
}

// A marker stands in a line of its own, before what hangs from it.
void LineBreaker::finish_whole(std::size_t marker) {
  if (marker > 0) {
    line_.end = source_->begin + static_cast<std::uint32_t>(marker) - 1;
    finish(line_.end + 1);
  }
  line_.end = source_->end;
  finish(source_->end);
}

void LineBreaker::append(const Run& run, LineBytes bytes, float advance) {
  append_space(bytes.begin);
  line_.width += advance;
  line_.end = bytes.end;
  extend_pieces(bytes, run.span, advance);
}

void LineBreaker::append_space(std::uint32_t end) {
  if (pending_ == nullptr) return;
  line_.width += pending_->space;
  extend_pieces({pending_->end, end}, span_at(pending_->end), pending_->space);
  pending_ = nullptr;
}

void LineBreaker::extend_pieces(LineBytes bytes, std::uint16_t span, float advance) {
  if (layout_.spans.empty() || bytes.begin == bytes.end) return;
  std::vector<TextPiece>& pieces = layout_.pieces;
  if (pieces.size() == line_.first_piece || pieces.back().span != span) {
    TextPiece piece{.begin = bytes.begin, .span = span, .direction = line_.direction};
    if (pieces.size() > line_.first_piece) piece.x = pieces.back().x + pieces.back().width;
    pieces.push_back(piece);
  }
  pieces.back().end = bytes.end;
  pieces.back().width += advance;
}

std::uint16_t LineBreaker::span_at(std::uint32_t at) const {
  const std::vector<Span>& spans = layout_.spans;
  const auto found =
      std::upper_bound(spans.begin(), spans.end(), at,
                       [](std::uint32_t value, const Span& span) { return value < span.end; });
  const bool is_inside = found != spans.end() && found->begin <= at;
  return is_inside ? static_cast<std::uint16_t>(found - spans.begin()) : kNoSpan;
}

float LineBreaker::hyphen_after(const Unit& unit, float width, float room) const {
  const Run& last = layout_.runs[unit.last - 1];
  const std::string_view letters =
      std::string_view(layout_.text).substr(last.begin, last.end - last.begin);
  if (!letters.ends_with(kSoftHyphen) || unit.last == source_->last_run) return 0;
  if (width + unit_at(unit.last).advance <= room) return 0;
  return cache_.advance(kHyphen, face_);
}

void LineBreaker::wrap(std::uint32_t next) {
  if (layout_.line_text(line_).ends_with(kSoftHyphen)) {
    line_.ends_with_hyphen = true;
    line_.width += cache_.advance(kHyphen, face_);
  }
  finish(next);
}

void LineBreaker::finish(std::uint32_t next) {
  line_.next = next;
  line_.piece_count = static_cast<std::uint32_t>(layout_.pieces.size()) - line_.first_piece;
  const bool is_plain = line_.piece_count == 1 && layout_.pieces.back().span == kNoSpan;
  if (is_plain) {
    layout_.pieces.pop_back();
    line_.piece_count = 0;
  }
  if (line_.piece_count > 0 && source_->is_set_whole) place_pieces(line_);
  layout_.lines.push_back(line_);
  line_ = {.begin = next, .end = next, .direction = source_->direction};
  line_.first_piece = static_cast<std::uint32_t>(layout_.pieces.size());
  pending_ = nullptr;
}

// Longer than a line by itself. Its runs go on where the one before them was cut.
void LineBreaker::cut(const Unit& unit) {
  for (std::uint32_t i = unit.first; i < unit.last; ++i) {
    const Run& run = layout_.runs[i];
    if (line_.width + run.advance <= width_) {
      append(run, {run.begin, run.end}, run.advance);
    } else {
      cut(run);
    }
  }
}

// As many clusters a line as fit, at least one. Guesses from the mean width, then corrects, so that
// a token of 10,000 letters costs a few measurements a line.
void LineBreaker::cut(const Run& run) {
  const std::string_view text = layout_.text;
  const Face face = styled_face(face_, run.style);
  std::vector<std::uint32_t> ends;
  for (std::uint32_t at = run.begin; at < run.end;) {
    at = cluster_end(text.substr(0, run.end), at);
    ends.push_back(at);
  }
  const auto most = static_cast<std::size_t>(width_ / std::max(1.0f, face_.size * 0.1f));
  std::uint32_t from = run.begin;
  for (std::size_t first = 0; first < ends.size();) {
    const auto measure = [&](std::size_t last) {
      return cache_.advance(text.substr(from, ends[last] - from), face);
    };
    std::size_t low = first;
    std::size_t high = std::min(ends.size() - 1, first + most);
    while (low < high) {
      const std::size_t middle = (low + high + 1) / 2;
      if (line_.width + measure(middle) <= width_) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    const float advance = measure(low);
    if (line_.width > 0 && line_.width + advance > width_) {
      finish(from);
      continue;
    }
    append(run, {from, ends[low]}, advance);
    from = ends[low];
    first = low + 1;
    if (first < ends.size()) finish(from);
  }
}

void LineBreaker::place_pieces(TextLine& line) {
  const std::string_view text = layout_.line_text(line);
  std::vector<LinePart> parts;
  for (std::uint32_t at = 0; at < text.size();) {
    const std::uint16_t span = span_at(line.begin + at);
    at = cluster_end(text, at);
    parts.push_back({at, styled_face(face_, span == kNoSpan ? 0 : layout_.spans[span].style)});
  }
  std::vector<LinePlace> places(parts.size());
  cache_.engine().place(text, line.direction, parts, places);
  layout_.pieces.resize(line.first_piece);
  std::vector<TextPiece>& pieces = layout_.pieces;
  std::uint32_t begin = 0;
  char32_t letter = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t count = pieces.size();
    add_placed({line.begin + begin, line.begin + parts[i].end}, places[i]);
    const char32_t next = decode_at(text, begin).value;
    if (i > 0 && pieces.size() > count && joins(letter, next))
      pieces[count - 1].joins_after = pieces[count].joins_before = true;
    letter = next;
    begin = parts[i].end;
  }
  line.piece_count = static_cast<std::uint32_t>(layout_.pieces.size()) - line.first_piece;
}

// Goes on with the last piece where it touches it on the side that its letters run to.
void LineBreaker::add_placed(LineBytes cluster, const LinePlace& place) {
  TextPiece* const last =
      layout_.pieces.size() > line_.first_piece ? &layout_.pieces.back() : nullptr;
  TextPiece piece{.begin = cluster.begin,
                  .end = cluster.end,
                  .span = span_at(cluster.begin),
                  .direction = line_.direction,
                  .x = place.x,
                  .width = place.width};
  // The engine tells of a ligature's first letter how wide all of it is, and nothing of the others.
  const bool is_inside = last != nullptr && last->span == piece.span && place.width == 0;
  if (is_inside) {
    last->end = cluster.end;
    return;
  }
  if (last != nullptr && last->span == piece.span && last->width == 0) {
    piece.begin = last->begin;
    *last = piece;
    return;
  }
  if (last != nullptr) {
    const bool is_right = std::abs(place.x - last->x - last->width) < kTouching;
    const bool is_left = std::abs(place.x + place.width - last->x) < kTouching;
    if (is_right != is_left)
      piece.direction = is_left ? TextDirection::RightToLeft : TextDirection::LeftToRight;
    const bool is_alone = cluster_end(layout_.text, last->begin) >= last->end;
    const bool goes_on = last->span == piece.span && (is_left || is_right) &&
                         (is_alone || last->direction == piece.direction);
    if (goes_on) {
      last->end = cluster.end;
      last->direction = piece.direction;
      last->x = std::min(last->x, place.x);
      last->width += place.width;
      return;
    }
  }
  layout_.pieces.push_back(piece);
}

}  // namespace parlance
