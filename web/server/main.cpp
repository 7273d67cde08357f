#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "web/server/delivery/delivery.h"
#include "web/server/rest/log.h"
#include "web/server/service/relay.h"
#include "web/server/service/seed.h"
#include "web/server/settings/data_commands.h"
#include "web/server/settings/options.h"
#include "web/server/settings/people_commands.h"
#include "web/server/settings/settings.h"
#include "web/server/store/backup.h"
#include "web/server/store/sites.h"

namespace parlance {
namespace {

constexpr int kFailed = 1;
constexpr int kMisused = 2;

int fail(const Error& error) {
  log_event(LogLevel::Error, "failed", error.text);
  return kFailed;
}

bool has_same_settings(const Site& a, const Site& b) {
  return a.name == b.name && a.origins == b.origins && a.approval == b.approval &&
         a.edit_seconds == b.edit_seconds;
}

// The site as it is to be: what the settings leave out stays.
Result<Site> wanted_site(Connection& connection, const ConfiguredSite& configured, bool& is_so) {
  const auto kept = find_site(connection, configured.key);
  if (!kept) return kept.error();
  Site site = configured;
  is_so = false;
  if (!kept->has_value()) return site;
  if (!configured.has_approval) site.approval = (*kept)->approval;
  if (!configured.has_edit_seconds) site.edit_seconds = (*kept)->edit_seconds;
  is_so = has_same_settings(**kept, site);
  return site;
}

Status put_sites(Store& store, const std::vector<ConfiguredSite>& sites) {
  // Only what is not so already: a database that is as it should be may be read-only.
  const auto missing = store.read([&](Connection& connection) -> Result<bool> {
    for (const ConfiguredSite& site : sites) {
      bool is_so = false;
      if (const auto wanted = wanted_site(connection, site, is_so); !wanted) return wanted.error();
      if (!is_so) return true;
    }
    return false;
  });
  if (!missing) return missing.error();
  if (!*missing) return {};
  auto change = store.change();
  if (!change) return change.error();
  for (const ConfiguredSite& site : sites) {
    bool is_so = false;
    const auto wanted = wanted_site(change->connection(), site, is_so);
    if (!wanted) return wanted.error();
    if (Status status = put_site(change->connection(), *wanted); !status) return status;
  }
  return change->commit();
}

UnixSeconds unix_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

void add_delivery_metrics(Metrics& metrics, const Delivery& delivery) {
  using Kind = Metrics::Kind;
  const DeliveryCounts& counts = delivery.counts();
  const auto add = [&](Kind kind, const char* name, const char* help,
                       const std::atomic<std::int64_t>& count) {
    metrics.add(kind, name, help, [&count] { return static_cast<double>(count.load()); });
  };
  add(Kind::Gauge, "parlance_outbox_waiting", "Mail and webhook calls to be sent.", counts.waiting);
  add(Kind::Gauge, "parlance_outbox_failed", "Given up in the last week.", counts.failed);
  add(Kind::Gauge, "parlance_outbox_oldest_seconds", "Age of the oldest that waits.",
      counts.oldest_seconds);
  add(Kind::Counter, "parlance_outbox_sent_total", "Sent by this process.", counts.sent);
}

int run_server(const Options& options) {
  auto files = options.static_folder.empty() ? Result<StaticFiles>(StaticFiles())
                                             : StaticFiles::load(options.static_folder);
  if (!files) return fail(files.error());
  auto store = Store::open(options.database);
  if (!store) return fail(store.error());
  if (Status status = put_sites(**store, options.sites); !status) return fail(status.error());
  auto service = Service::open(**store, options.limits);
  if (!service) return fail(service.error());

  LiveFeed feed([&](std::int64_t version) { return (*service)->event_id(version); });
  (*service)->publish_to(feed);

  std::unique_ptr<Relay> relay;
  if ((*service)->is_remote()) {
    auto started = Relay::start(options.database, **service, feed, unix_now);
    if (!started) return fail(started.error());
    relay = std::move(*started);
    feed.expect_delay();
  }

  std::function<void()> settle;
  if (relay != nullptr) settle = [&relay] { relay->settle(); };

  Api api(**service, options.api);
  Subscriptions subscriptions(**service, options.mail);
  MailPages mail_pages(subscriptions, **store, options.delivery.captures);
  if (subscriptions.is_on()) {
    (*service)->offer_mail();
    api.offer(subscriptions);
  }
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const Delivery delivery(**store, subscriptions, options.delivery, unix_now,
                          [](const char* event, const std::string& message) {
                            log_event(LogLevel::Warning, event, message);
                          });
  const auto add_metrics = [&](Metrics& metrics) { add_delivery_metrics(metrics, delivery); };
  const Served served{**service, api, feed, *files, settle, mail_pages, add_metrics};
  if (Status status = serve(served, options.http); !status) {
    return fail(status.error());
  }
  log_event(LogLevel::Info, "stopped", "");
  return 0;
}

int run_seed(const Options& options) {
  std::ifstream file(options.file, std::ios::binary);
  const std::string json{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return fail({ErrorCode::NotFound, "cannot read " + options.file, ""});
  auto store = Store::open(options.database);
  if (!store) return fail(store.error());
  const auto report = seed(**store, json, unix_now());
  if (!report) return fail(report.error());
  std::printf("seeded %d threads with %d comments; %d had comments already\n", report->threads,
              report->comments, report->threads_left_alone);
  return 0;
}

int end_of(const Status& done) {
  if (done) return 0;
  std::fprintf(stderr, "parlance-server: %s\n", done.error().text.c_str());
  return done.error().code == ErrorCode::InvalidField ? kMisused : kFailed;
}

int run_backup(const Options& options) {
  if (Status status = back_up(options.database, options.file); !status) return fail(status.error());
  std::printf("copied %s to %s\n", options.database.c_str(), options.file.c_str());
  return 0;
}

int run(const std::vector<std::string>& words) {
  if (is_people_command(words)) return end_of(run_people_command(words));
  if (is_data_command(words)) return end_of(run_data_command(words));
  const auto options = read_options(words);
  if (!options) {
    std::fprintf(stderr, "parlance-server: %s\n", options.error().text.c_str());
    return kMisused;
  }
  switch (options->command) {
    case Options::Command::Help:
      std::fputs(help_text().c_str(), stdout);
      return 0;
    case Options::Command::Version:
      std::puts("parlance-server " PARLANCE_VERSION);
      return 0;
    case Options::Command::Settings:
      std::fputs(settings_as_markdown().c_str(), stdout);
      return 0;
    case Options::Command::Backup:
      return run_backup(*options);
    case Options::Command::Seed:
      return run_seed(*options);
    case Options::Command::Serve:
      return run_server(*options);
  }
  return kMisused;
}

}  // namespace
}  // namespace parlance

int main(int argc, char** argv) { return parlance::run({argv + 1, argv + argc}); }
