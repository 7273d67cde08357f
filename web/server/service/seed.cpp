#include "web/server/service/seed.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "web/server/service/generated_thread.h"
#include "web/server/service/site_rules.h"
#include "web/server/store/comments.h"
#include "web/server/store/sites.h"
#include "web/server/store/threads.h"
#include "widget/core/new_comment.h"

namespace parlance {
namespace {

using nlohmann::json;

// Comments of the seed file by the keys they have there.
using KnownComments = std::unordered_map<std::string, CommentRow>;

const json& member(const json& object, const char* name) {
  static const json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

std::string text_of(const json& object, const char* name) {
  const auto* text = member(object, name).get_ptr<const std::string*>();
  return text == nullptr ? std::string() : *text;
}

std::int64_t number_of(const json& object, const char* name) {
  const json& value = member(object, name);
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

Error bad_seed(const std::string& field) {
  return {ErrorCode::InvalidField, "seed: " + field + " is missing or has the wrong type", field};
}

Result<Site> read_site(const json& seed) {
  const json& object = member(seed, "site");
  Site site;
  site.key = text_of(object, "id");
  site.name = text_of(object, "name");
  if (site.key.empty()) return bad_seed("site.id");
  for (const json& origin : member(object, "origins")) {
    const auto* text = origin.get_ptr<const std::string*>();
    if (text == nullptr) return bad_seed("site.origins");
    site.origins.push_back(*text);
  }
  return site;
}

Result<CommentRow> read_comment(const json& object, const KnownComments& known, UnixSeconds now) {
  NewComment comment;
  comment.author = text_of(object, "author");
  comment.text = text_of(object, "text");
  auto clean = validated(comment);
  if (!clean) return clean.error();

  CommentRow row;
  row.author = std::move(clean->author);
  row.text = std::move(clean->text);
  row.created = now - number_of(object, "minutes_ago") * 60;
  row.up = static_cast<int>(number_of(object, "up"));
  row.down = static_cast<int>(number_of(object, "down"));
  const std::string parent_key = text_of(object, "parent");
  if (parent_key.empty()) return row;
  const auto parent = known.find(parent_key);
  if (parent == known.end()) return bad_seed("parent " + parent_key);
  row.parent = parent->second.id;
  row.root = parent->second.root == 0 ? parent->second.id : parent->second.root;
  row.depth = parent->second.depth + 1;
  return row;
}

// A thread is as old as its oldest comment.
UnixSeconds begin_of(const json& thread, UnixSeconds now) {
  UnixSeconds begin = now;
  if (!thread.contains("comments")) return begin;
  for (const json& comment : member(thread, "comments")) {
    begin = std::min(begin, now - number_of(comment, "minutes_ago") * 60);
  }
  return begin;
}

// The thread to fill; nothing when it is to be left alone.
Result<std::optional<ThreadRow>> open_thread(Connection& connection, RowId site, const json& object,
                                             UnixSeconds now) {
  ThreadRow thread;
  thread.site = site;
  thread.key = text_of(object, "key");
  thread.title = text_of(object, "title");
  thread.url = text_of(object, "url");
  if (thread.key.empty()) return bad_seed("thread.key");
  auto found = find_thread(connection, site, thread.key);
  if (!found) return found.error();
  if (!found->has_value()) {
    auto added = add_thread(connection, thread, begin_of(object, now));
    if (!added) return added.error();
    return std::optional<ThreadRow>(std::move(*added));
  }
  if ((*found)->comments > 0) return std::optional<ThreadRow>();
  return found;
}

Status fill_thread(Connection& connection, RowId thread, const json& comments, UnixSeconds now,
                   SeedReport& report) {
  KnownComments known;
  for (const json& object : comments) {
    auto row = read_comment(object, known, now);
    if (!row) return row.error();
    row->thread = thread;
    const auto id = add_comment(connection, *row);
    if (!id) return id.error();
    row->id = *id;
    known.emplace(text_of(object, "key"), std::move(*row));
    ++report.comments;
  }
  return {};
}

Status seed_thread(Connection& connection, RowId site, const json& object, UnixSeconds now,
                   SeedReport& report) {
  const auto thread = open_thread(connection, site, object, now);
  if (!thread) return thread.error();
  if (!thread->has_value()) {
    ++report.threads_left_alone;
    return {};
  }
  ++report.threads;
  const RowId id = (*thread)->id;
  if (object.contains("comments")) {
    return fill_thread(connection, id, member(object, "comments"), now, report);
  }
  const auto count = static_cast<int>(number_of(object, "count"));
  const auto seed = static_cast<std::uint64_t>(number_of(object, "seed"));
  report.comments += count;
  return generate_thread(connection, id, {.count = count, .seed = seed, .now = now});
}

// Rules that somebody has set stay as they are.
Status seed_rules(Connection& connection, const Site& kept, const json& site) {
  if (!kept.rules.empty() || !site.contains("rules")) return {};
  const auto rules = read_rules(member(site, "rules").dump(), rules_of(kept));
  if (!rules) return rules.error();
  return set_rules(connection, with_rules(kept, *rules));
}

}  // namespace

Result<SeedReport> seed(Store& store, std::string_view json_text, UnixSeconds now) {
  const json seed = json::parse(json_text, nullptr, false);
  if (seed.is_discarded()) return Error{ErrorCode::MalformedJson, "the seed is not JSON", ""};
  const auto site = read_site(seed);
  if (!site) return site.error();

  auto change = store.change();
  if (!change) return change.error();
  Connection& connection = change->connection();
  if (Status put = put_site(connection, *site); !put) return put.error();
  const auto kept = find_site(connection, site->key);
  if (!kept) return kept.error();
  if (!kept->has_value()) return Error{ErrorCode::Internal, "the site has gone", ""};

  if (Status done = seed_rules(connection, **kept, member(seed, "site")); !done) {
    return done.error();
  }
  SeedReport report;
  for (const char* list : {"threads", "generated"}) {
    for (const json& object : member(seed, list)) {
      Status seeded = seed_thread(connection, (*kept)->id, object, now, report);
      if (!seeded) return seeded.error();
    }
  }
  if (Status committed = change->commit(); !committed) return committed.error();
  return report;
}

}  // namespace parlance
