#include "web/server/transfer/source_text.h"

#include <doctest/doctest.h>

#include <string>

#include "web/server/service/feed.h"
#include "web/server/transfer/html_to_markdown.h"
#include "web/server/transfer/sources.h"
#include "widget/text/markup.h"

namespace parlance {
namespace {

TEST_CASE("html: becomes the small Markdown, and of the rest the text stays") {
  const std::pair<const char*, const char*> rows[] = {
      {"", ""},
      {"plain", "plain"},
      {"<p>one</p><p>two<br>lines</p>", "one\n\ntwo\nlines"},
      {"a <b> b </b>c", "a **b** c"},
      {"<i></i><em> </em>x", "x"},
      {"<a href='https://a.example'>https://a.example</a>", "https://a.example"},
      {"<a href='http://a.example'>words <i>here</i></a>", "[words *here*](http://a.example)"},
      {"<a href='javascript:x()'>no</a> <a href='data:text/html,x'>no</a>", "no no"},
      {"<ol><li>one<li>two <ul><li>below</ul></ol>", "1. one\n2. two\n  - below"},
      {"<blockquote><p>a<p>b</blockquote>c", "> a\n> \n> b\n\nc"},
      {"<code>a*b</code> <code>`</code>", "`a*b` \\`"},
      {"<pre>  x\n  y</pre>", "```\n  x\n  y\n```"},
      {"<h2>Title</h2>text", "**Title**\n\ntext"},
      {"<img src=x alt=cat onerror=alert(1)>", "cat"},
      {"<script>x</script><style>y</style><iframe src=z>w</iframe>left", "left"},
      {"&lt;b&gt; &amp;amp; &copy; &#x1F600;", "<b> &amp; © 😀"},
      {"<p>not closed <b>at all", "not closed **at all**"},
      {"<!-- c -->e", "e"},
  };
  for (const auto& [html, wanted] : rows) {
    CHECK_MESSAGE(markdown_from_html(html, LineFeeds::Spaces) == wanted, html);
  }
  CHECK(markdown_from_html("a\n\nb\nc", LineFeeds::Breaks) == "a\n\nb\nc");
}

TEST_CASE("html: as deep, long or broken as it may be") {
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<blockquote><b>";
  CHECK(markdown_from_html(deep + "x", LineFeeds::Spaces).size() < 100'000);
  CHECK(markdown_from_html(std::string(1'000'000, '<'), LineFeeds::Spaces).size() < 1'000'000);
  CHECK(markdown_from_html("\xFF\xFE<p>\x80", LineFeeds::Breaks).size() < 100);
  CHECK(markdown_from_html(std::string("a\0b", 3), LineFeeds::Spaces).size() < 10);
}

TEST_CASE("markdown: an escaped text reads as it was") {
  const char* texts[] = {"*a* _b_ ~~c~~ `d` ||e||",
                         "> no quote",
                         "- no list\n+ nor this",
                         "1. no\n23) list",
                         "[no](http://a.b)",
                         "back\\slash \\*",
                         "# words",
                         "a_b_c 2*3*4",
                         "http://a.example/x_y_z"};
  for (const std::string text : texts) {
    const Document document = parse_markup(escaped_markdown(text), Spoilers::Show);
    CHECK(document.text == text);
  }
}

TEST_CASE("time: as other programs write it") {
  const std::pair<const char*, UnixSeconds> rows[] = {
      {"1970-01-01 00:00:00", 0},
      {"2014-03-05 10:20:30", 1394014830},
      {"2014-03-05T10:20:30Z", 1394014830},
      {"2014-03-05T10:20:30.123456789Z", 1394014830},
      {"2014-03-05T12:20:30+02:00", 1394014830},
      {"2014-03-05T08:20:30-0200", 1394014830},
      {"2016-02-29 00:00:00", 1456704000},
      {"2015-02-29 00:00:00", 0},
      {"0000-00-00 00:00:00", 0},
      {"2014-13-05 10:20:30", 0},
      {"2014-03-05 24:20:30", 0},
      {"2014-03-05", 0},
      {"2014-03-05T10:20:30+2", 0},
      {"-014-03-05 10:20:30", 0},
      {"tomorrow", 0},
      {"", 0},
  };
  for (const auto& [text, wanted] : rows) CHECK_MESSAGE(time_from(text) == wanted, text);
}

TEST_CASE("thread keys: are what the widget calls a page that names no thread") {
  const std::pair<const char*, const char*> rows[] = {
      {"https://a.example/2014/harbour/", "/2014/harbour"},
      {"https://a.example/2014/harbour", "/2014/harbour"},
      {"https://a.example/x/index.html?y=1#z", "/x"},
      {"https://a.example", "/"},
      {"https://a.example/", "/"},
      {"/harbour/", "/harbour"},
      {"/", "/"},
  };
  for (const auto& [url, wanted] : rows) CHECK_MESSAGE(path_of(url) == wanted, url);
  ThreadKeys keys;
  keys.mapped["/old"] = "new";
  CHECK(keys.key("https://a.example/old/", "7") == "new");
  CHECK(keys.key("", "7").empty());
  keys.form = ThreadKeys::Form::Id;
  CHECK(keys.key("https://a.example/other", "7") == "7");
}

TEST_CASE("feed: a comment as HTML has no tags but its own") {
  CHECK(html_of_comment("a\nb & <c>") == "<p>a<br>b &amp; &lt;c&gt;</p>");
  CHECK(html_of_comment("> > deep\n\nout") ==
        "<blockquote><blockquote><p>deep</p></blockquote></blockquote><p>out</p>");
  CHECK(html_of_comment("[a](javascript:b)").find("<a ") == std::string::npos);
  CHECK(html_of_comment("[a\"](https://b.example/\"c)").find("\"c") == std::string::npos);
}

}  // namespace
}  // namespace parlance
