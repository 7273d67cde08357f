#include "widget/text/measured_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "widget/core/utf8.h"
#include "widget/text/characters.h"

namespace parlance {
namespace {

class Measurer {
 public:
  Measurer(MeasuredText& text, const Face& face, AdvanceCache& cache)
      : text_(text), face_(face), cache_(cache) {}

  void add_line(SourceLine& line, const LineTraits& traits) {
    space_ = cache_.advance(" ", face_);
    if (traits.has_unspaced) find_words(line);
    whole_.clear();
    split_runs(text_.text, {line.begin, line.end}, starts_, whole_);
    starts_.clear();
    line.first_run = static_cast<std::uint32_t>(text_.runs.size());
    for (const Run& run : whole_) add(run);
    line.last_run = static_cast<std::uint32_t>(text_.runs.size());
    if (!traits.needs_context) return;
    measure_up_to(line.first_run);
    place(line);
    measured_ = line.last_run;
  }

  // As many at once as can be: crossing into the engine costs as much as measuring a word.
  void measure_up_to(std::size_t end) {
    const std::span<Run> runs = std::span(text_.runs).subspan(measured_, end - measured_);
    std::uint32_t styles = 0;
    for (const Run& run : runs) styles |= 1u << run.style;
    for (std::uint8_t style = 0; styles != 0; ++style, styles >>= 1) {
      if ((styles & 1) == 0) continue;
      cache_.measure(text_.text, runs, styled_face(face_, style), style);
    }
    measured_ = end;
  }

 private:
  void find_words(const SourceLine& line) {
    starts_.assign(line.end - line.begin, 0);
    const std::string_view letters =
        std::string_view(text_.text).substr(line.begin, starts_.size());
    if (!cache_.engine().find_words(letters, starts_)) starts_.clear();
  }

  // The span at this byte, asked for in the order of the text.
  std::uint16_t span_at(std::uint32_t at) {
    const std::vector<Span>& spans = text_.spans;
    while (span_ < spans.size() && spans[span_].end <= at) ++span_;
    return span_ < spans.size() && spans[span_].begin <= at ? static_cast<std::uint16_t>(span_)
                                                            : kNoSpan;
  }

  // A run of letters becomes one of each style in it.
  void add(Run run) {
    const std::uint32_t end = run.end;
    const bool has_space = std::exchange(run.has_space, false);
    run.may_end_line = false;
    do {
      run.span = span_at(run.begin);
      run.style = run.span == kNoSpan ? 0 : text_.spans[run.span].style;
      run.end = end;
      if (span_ < text_.spans.size()) {
        const Span& span = text_.spans[span_];
        run.end = std::min(end, run.span == kNoSpan ? span.begin : span.end);
      }
      text_.runs.push_back(run);
      run.begin = run.end;
    } while (run.begin < end);
    Run& last = text_.runs.back();
    last.may_end_line = true;
    last.has_space = has_space;
    if (has_space) last.space = space_in(span_at(end));
  }

  float space_in(std::uint16_t span) {
    const std::uint8_t style = span == kNoSpan ? 0 : text_.spans[span].style;
    return style == 0 ? space_ : cache_.advance(" ", styled_face(face_, style));
  }

  void place(const SourceLine& line) {
    const std::span<Run> runs =
        std::span(text_.runs).subspan(line.first_run, line.last_run - line.first_run);
    parts_.clear();
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const std::uint32_t end = i + 1 < runs.size() ? runs[i + 1].begin : line.end;
      parts_.push_back({end - line.begin, styled_face(face_, runs[i].style)});
    }
    places_.resize(runs.size());
    cache_.engine().place(std::string_view(text_.text).substr(line.begin, line.end - line.begin),
                          line.direction, parts_, places_);
    for (std::size_t i = 0; i < runs.size(); ++i) {
      runs[i].advance = places_[i].width - (runs[i].has_space ? space_in(runs[i].span) : 0);
    }
  }

  MeasuredText& text_;
  const Face& face_;
  AdvanceCache& cache_;
  float space_ = 0;
  std::size_t measured_ = 0;  // Runs up to here.
  std::size_t span_ = 0;
  std::vector<std::uint8_t> starts_;
  std::vector<Run> whole_;
  std::vector<LinePart> parts_;
  std::vector<LinePlace> places_;
};

}  // namespace

Face styled_face(const Face& face, std::uint8_t style) {
  Face styled = face;
  if ((style & kStrong) != 0) styled.weight = 700;
  if ((style & kEmphasis) != 0) styled.is_italic = true;
  if ((style & kCode) == 0) return styled;
  // Letters of one width look larger than others of the same size.
  styled.family = FaceFamily::Mono;
  styled.size = std::round(face.size * 0.875f);
  return styled;
}

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

MeasuredText measured(Document document, const TextStyle& style, AdvanceCache& cache) {
  MeasuredText text{std::move(document), {}, {}};
  Measurer measurer(text, style.face, cache);
  for (const Block& block : text.blocks) {
    for (std::uint32_t at = block.begin; at < block.end;) {
      SourceLine& line = text.source_lines.emplace_back();
      line.begin = at;
      line.end =
          static_cast<std::uint32_t>(std::min<std::size_t>(text.text.find('\n', at), block.end));
      at = line.end + 1;
      const std::string_view letters =
          std::string_view(text.text).substr(line.begin, line.end - line.begin);
      if (!block.is_code) line.direction = direction_of(letters, style.base);
      const LineTraits traits = traits_of(letters);
      line.is_set_whole = traits.is_bidi || traits.needs_context;
      if (style.breaks_lines) measurer.add_line(line, traits);
    }
  }
  measurer.measure_up_to(text.runs.size());
  return text;
}

}  // namespace parlance
