#include "web/server/settings/data_commands.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include "web/server/service/row_id.h"
#include "web/server/service/service.h"
#include "web/server/settings/options.h"
#include "web/server/settings/words.h"
#include "web/server/store/sites.h"
#include "web/server/transfer/comment_line.h"
#include "web/server/transfer/export.h"
#include "web/server/transfer/sources.h"

namespace parlance {
namespace {

constexpr auto kFlags = std::to_array<std::string_view>({"--dry-run", "--keep-texts"});
constexpr auto kOwn =
    std::to_array<std::string_view>({"--site", "--from", "--report", "--key", "--map", "--email",
                                     "--subject", "--guest", "--comment"});

Result<std::unique_ptr<Store>> open_store(const Words& words) {
  const auto options = read_options(words.others);
  if (!options) return options.error();
  return Store::open(options->database);
}

Result<Site> site_named(Store& store, const std::string& key) {
  const auto site = store.read([&](Connection& connection) { return find_site(connection, key); });
  if (!site) return site.error();
  if (site->has_value()) return **site;
  return unusable("there is no site " + key + ": start the server with it first");
}

Status run_export(const Words& words) {
  if (words.names.size() != 2) return unusable("say: export SITE");
  const auto store = open_store(words);
  if (!store) return store.error();
  const auto site = site_named(**store, words.names[1]);
  if (!site) return site.error();
  Status done = export_site(**store, *site, [](std::string_view line) {
    return std::fwrite(line.data(), 1, line.size(), stdout) == line.size();
  });
  if (done && std::fflush(stdout) != 0) done = unusable("the export could not be written");
  return done;
}

// The site, which an export brings along where there is none.
Result<Site> site_for_import(Store& store, const Words& words) {
  const std::string key = words.option("site");
  const auto found = store.read([&](Connection& connection) { return find_site(connection, key); });
  if (!found) return found.error();
  if (found->has_value() || words.has("from")) return site_named(store, key);
  auto wanted = site_of_export(words.names[1]);
  if (!wanted) return wanted.error();
  wanted->key = key;
  if (words.has("dry-run")) return unusable("there is no site " + key + " to try it with");
  return store.write_everywhere([&](Store::Change& change) -> Result<Site> {
    Connection& connection = change.connection();
    if (Status put = put_site(connection, *wanted); !put) return put.error();
    auto site = find_site(connection, key);
    if (!site) return site.error();
    if (!site->has_value()) return Error{ErrorCode::Internal, "the site has gone", ""};
    wanted->id = (*site)->id;
    if (Status set = set_rules(connection, *wanted); !set) return set.error();
    return *wanted;
  });
}

Result<ThreadKeys> read_keys(const Words& words) {
  ThreadKeys keys;
  const std::string form = words.option("key");
  if (form == "url") keys.form = ThreadKeys::Form::Url;
  if (form == "id") keys.form = ThreadKeys::Form::Id;
  if (!form.empty() && form != "path" && form != "url" && form != "id") {
    return unusable("--key is path, url or id");
  }
  if (!words.has("map")) return keys;
  std::ifstream file(words.option("map"));
  if (!file) return unusable("cannot read " + words.option("map"));
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    if (line.empty()) continue;
    if (tab == std::string::npos) return unusable("--map: each line is an address, a tab, a key");
    keys.mapped.emplace(line.substr(0, tab), line.substr(tab + 1));
  }
  return keys;
}

Status read_source(const Words& words, const std::string& from, Intake& intake) {
  const std::string& path = words.names[1];
  const auto keys = read_keys(words);
  if (!keys) return keys.error();
  if (from == "wordpress") return read_wordpress(path, *keys, intake);
  if (from == "disqus") return read_disqus(path, *keys, intake);
  if (from == "isso") return read_isso(path, *keys, intake);
  if (from == "commento") return read_commento(path, *keys, intake);
  if (from == "parlance") return read_export(path, intake);
  return unusable("--from is wordpress, disqus, isso or commento");
}

Status write_report(const Words& words, const ImportReport& report) {
  std::fputs(report.text().c_str(), stdout);
  if (!words.has("report")) return {};
  std::ofstream file(words.option("report"), std::ios::binary);
  file << report.json();
  return file.flush() ? Status() : Status(unusable("cannot write " + words.option("report")));
}

Status run_import(const Words& words) {
  if (words.names.size() != 2 || !words.has("site"))
    return unusable("say: import FILE --site SITE");
  const auto store = open_store(words);
  if (!store) return store.error();
  const auto site = site_for_import(**store, words);
  if (!site) return site.error();
  const std::string from = words.has("from") ? words.option("from") : "parlance";
  const IntakeOptions options{.source = from,
                              .now = unix_now(),
                              .is_rehearsal = words.has("dry-run"),
                              .keeps_ids = from == "parlance",
                              .progress = [](std::int64_t taken) {
                                std::fprintf(stderr, "%lld taken\n", static_cast<long long>(taken));
                              }};
  ImportReport report;
  Intake intake(**store, *site, options, report);
  const Status read = read_source(words, from, intake);
  // What came before the place where a file is broken is worth keeping.
  const Status finished = intake.finish();
  const Status written = write_report(words, report);
  if (!read) return read;
  return finished ? written : finished;
}

Result<PersonNamed> read_person(const Words& words) {
  PersonNamed named;
  named.email = words.option("email");
  named.subject = words.option("subject");
  if (words.has("guest")) {
    named.guest = guest_from_word(words.option("guest"));
    if (!named.guest) return unusable("--guest is a word from an export");
  }
  if (words.has("comment")) {
    const auto id = row_id_from(words.option("comment"));
    if (!id) return unusable("--comment is the number of a comment");
    named.comment = *id;
  }
  const bool is_named =
      named.guest || !named.email.empty() || !named.subject.empty() || named.comment != 0;
  if (!is_named) return unusable("say who: --email, --subject, --guest or --comment");
  return named;
}

Status run_person(const Words& words) {
  const bool is_export = words.names.size() == 3 && words.names[1] == "export";
  const bool is_erase = words.names.size() == 3 && words.names[1] == "erase";
  if (!is_export && !is_erase) return unusable("say: person export SITE, or person erase SITE");
  const auto named = read_person(words);
  if (!named) return named.error();
  const auto store = open_store(words);
  if (!store) return store.error();
  const auto site = site_named(**store, words.names[2]);
  if (!site) return site.error();
  const auto service = Service::open(**store, WriteLimits());
  if (!service) return service.error();
  if ((*service)->is_remote()) (*service)->publish_by_notices();
  if (is_export) {
    const auto json = (*service)->export_person(*site, *named, 1'000'000);
    if (!json) return json.error();
    std::puts(json->c_str());
    return {};
  }
  const ErasedTexts texts = words.has("keep-texts") ? ErasedTexts::Keep : ErasedTexts::Remove;
  const auto erased = (*service)->erase_person(*site, *named, texts, unix_now());
  if (!erased) return erased.error();
  std::printf("erased %d comments and %d votes\n", erased->comments, erased->votes);
  return {};
}

}  // namespace

bool is_data_command(const std::vector<std::string>& words) {
  return !words.empty() && (words[0] == "export" || words[0] == "import" || words[0] == "person");
}

Status run_data_command(const std::vector<std::string>& words) {
  const auto parts = parted(words, kOwn, kFlags);
  if (!parts) return parts.error();
  if (parts->names[0] == "person") return run_person(*parts);
  return parts->names[0] == "export" ? run_export(*parts) : run_import(*parts);
}

}  // namespace parlance
