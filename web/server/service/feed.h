// The newest comments as feed readers take them: Atom (RFC 4287) and RSS 2.0.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/server/store/records.h"

namespace parlance {

enum class FeedForm : std::uint8_t { Atom, Rss };

struct FeedEntry {
  CommentRow comment;
  std::string title;  // Of its thread.
  std::string url;    // The same; may be empty.
};

struct Feed {
  FeedForm form = FeedForm::Atom;
  std::string name;      // What there are comments on.
  std::string url;       // Where they are read; may be empty.
  std::string own_url;   // Where the feed itself is.
  std::string identity;  // Never the same for two feeds of all that there are.
  UnixSeconds begun = 0;
  std::vector<FeedEntry> entries;  // The newest first.
};

// When something in it changed last.
UnixSeconds changed_last(const Feed& feed);

// The feed as XML; every text is escaped by the library that writes it.
std::string write_feed(const Feed& feed);

// What a comment says as HTML, made of nothing but its spans. Spoilers stay hidden.
std::string html_of_comment(std::string_view text);

// "Sun, 06 Nov 1994 08:49:37 GMT", as HTTP and RSS have it.
std::string http_date(UnixSeconds time);

}  // namespace parlance
