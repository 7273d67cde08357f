// Searching in a thread.
//
//   SearchResult  {"count", "more": whether there are others that were not looked at,
//                  "hits": [{"id", "author", "created": seconds, "above": [id…],
//                            "excerpt": [{"text", "hit"?: true}…]}…], "next": cursor or null}
#include <charconv>

#include "web/server/rest/api.h"
#include "widget/backends/json_writer.h"

namespace parlance {
namespace {

std::string to_json(const SearchAnswer& answer) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("count", answer.count);
  writer.member("more", answer.are_more);
  writer.key("hits");
  writer.begin_array();
  for (const SearchHit& hit : answer.hits) {
    writer.begin_object();
    writer.member("id", hit.id);
    writer.member("author", hit.author);
    writer.member("created", hit.created);
    writer.key("above");
    writer.begin_array();
    for (const RowId id : hit.above) writer.string(std::to_string(id));
    writer.end_array();
    writer.key("excerpt");
    writer.begin_array();
    for (const ExcerptPiece& piece : hit.excerpt) {
      writer.begin_object();
      writer.member("text", piece.text);
      if (piece.is_hit) writer.member("hit", true);
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();
  }
  writer.end_array();
  writer.key("next");
  answer.next == 0 ? writer.null() : writer.string(std::to_string(answer.next));
  writer.end_object();
  return json;
}

Result<SearchQuery> read_search(const std::string& thread, const std::string& query) {
  const auto parameters = query_parameters(query);
  if (!parameters) return Error{ErrorCode::InvalidField, "query: not a usable value", "query"};
  SearchQuery search;
  search.thread = thread;
  if (const auto typed = parameters->find("q"); typed != parameters->end()) {
    search.typed = typed->second;
  }
  const auto cursor = parameters->find("cursor");
  if (cursor == parameters->end()) return search;
  const std::string& text = cursor->second;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, search.offset);
  if (error == std::errc() && rest == end) return search;
  return Error{ErrorCode::InvalidCursor, "cursor: not one of this list's", "cursor"};
}

}  // namespace

Result<HttpResponse> Api::get_search(const Call& call) {
  const auto search = read_search(call.thread, call.request.query);
  if (!search) return search.error();
  const auto version = service_.thread_version(call.site, search->thread);
  if (!version) return version.error();
  const std::string tag = "W/\"" + service_.event_id(*version) + ".s\"";
  HttpResponse response;
  response.add_header("ETag", tag);
  response.add_header("Cache-Control", "public, no-cache");
  if (names_tag(call.request.if_none_match, tag)) {
    response.status = 304;
    return response;
  }
  // What was typed comes last, so that nothing in it can pass for something else.
  const bool is_small = wants_compression(call.request, options_.compression);
  const std::string key = std::to_string(call.site.id) + tag + (is_small ? 'z' : 'p') +
                          std::to_string(search->offset) + '.' + search->thread + '\n' +
                          search->typed;
  if (const auto kept = pages_.find(key)) return *kept;
  const auto answer = service_.search(call.site, *search, call.caller);
  if (!answer) return answer.error();
  response.content_type = "application/json";
  response.body = to_json(*answer);
  compress(call.request, options_.compression, response);
  pages_.keep(key, response);
  return response;
}

}  // namespace parlance
