// The HTML of other programs' comments as the small Markdown of ours (widget/text/markup.h):
// paragraphs, emphasis, links, code, quotes and lists; of everything else the text stays.
#pragma once

#include <string>
#include <string_view>

namespace parlance {

enum class LineFeeds : std::uint8_t {
  Spaces,  // As in HTML.
  Breaks,  // WordPress keeps paragraphs as blank lines, and breaks as line feeds.
};

std::string markdown_from_html(std::string_view html, LineFeeds line_feeds);

// A text that nobody meant as Markdown, such that it stays what it is.
std::string escaped_markdown(std::string_view text);

}  // namespace parlance
