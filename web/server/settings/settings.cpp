#include "web/server/settings/settings.h"

#include <algorithm>
#include <cctype>

#include "web/server/settings/config_file.h"
#include "web/server/settings/readers.h"
#include "widget/core/proof_of_work.h"

namespace parlance {
namespace {

using nlohmann::json;

constexpr std::int64_t kMostCounted = 1'000'000;

ValueReader megabytes_into(std::size_t& bytes) {
  return [&bytes](const json& value) {
    std::size_t megabytes = 0;
    if (!number_into(megabytes, 0, 65'536)(value)) return false;
    bytes = megabytes * 1024 * 1024;
    return true;
  };
}

ValueReader seconds_into(std::chrono::seconds& place, std::int64_t least, std::int64_t most) {
  return [&place, least, most](const json& value) {
    std::int64_t count = 0;
    if (!number_into(count, least, most)(value)) return false;
    place = std::chrono::seconds(count);
    return true;
  };
}

ValueReader compression_into(Compression& place) {
  return choice_into<Compression>(place, {{"auto", Compression::Auto},
                                          {"always", Compression::Always},
                                          {"never", Compression::Never}});
}

void add_server(std::vector<Setting>& all, Options& options) {
  HttpServerOptions& http = options.http;
  const auto add = [&](Setting setting) { all.push_back(std::move(setting)); };
  add({"database", "parlance.db",
       "the SQLite file, made when it is missing; or `postgresql://…`, see below", true,
       text_into(options.database)});
  add({"address", "127.0.0.1", "the IP address where it listens", true, text_into(http.address)});
  add({"port", "8080", "0 for any free port", false, number_into(http.port, 0, 65'535)});
  add({"share_port", "false",
       "start although somebody listens there already: the next process beside the last one", false,
       flag_into(http.shares_port)});
  add({"static", "none", "a folder whose files are served; read once, at start", true,
       text_into(options.static_folder)});
  add({"threads", "one for each core", "that answer requests; more wait for the database", false,
       number_into(http.threads, 1, 64)});
  add({"request_seconds", "20", "so long a request may take to come in", false,
       seconds_into(http.longest_request, 1, 3'600)});
  add({"drain_seconds", "2",
       "so long, when it is to end, connections in use may bring one more request", false,
       seconds_into(http.drain, 0, 60)});
  add({"log_requests", "true", "a line for each request; failures of the server are always logged",
       false, flag_into(http.logs_requests)});
  add({"metrics_token", "none",
       "who asks for `/metrics` has to bring it; without one only this machine may ask", true,
       text_into(http.metrics_token)});
}

void add_api(std::vector<Setting>& all, Options& options) {
  const auto add = [&](Setting setting) { all.push_back(std::move(setting)); };
  add({"compression", "auto",
       "gzip for JSON: `always`, `never`, or `auto`: for all but this machine", true,
       compression_into(options.api.compression)});
  add({"page_cache_megabytes", "16", "memory for thread pages as they were sent; 0 for none", false,
       megabytes_into(options.api.page_cache_bytes)});
  add({"streams", "12000",
       "event streams open at once; each keeps a connection, a file and about 10 KB", false,
       number_into(options.api.streams.streams, 0, kMostCounted)});
  add({"streams_per_address", "500", "of one address", false,
       number_into(options.api.streams.streams_per_address, 1, kMostCounted)});
  add({"trust_forwarded_for", "false",
       "rate limits count the last address in `X-Forwarded-For`; only behind a proxy that sets it",
       false, flag_into(options.api.trusts_forwarded_for)});
}

void add_limits(std::vector<Setting>& all, WriteLimits& limits) {
  const auto add = [&](Setting setting) { all.push_back(std::move(setting)); };
  add({"limits.enabled", "true",
       "whether there are rate limits, and whether what looks like spam is held", false,
       flag_into(limits.are_on)});
  add({"limits.posts", "60", "of one guest in ten minutes", false,
       number_into(limits.posts, 1, kMostCounted)});
  add({"limits.votes", "600", "the same", false, number_into(limits.votes, 1, kMostCounted)});
  add({"limits.searches", "120", "the same", false, number_into(limits.searches, 1, kMostCounted)});
  add({"limits.guests_per_address", "10", "an address may write as much as so many guests", false,
       number_into(limits.guests_per_address, 1, kMostCounted)});
  add({"limits.calm_posts", "1000",
       "of a site in ten minutes; with more, guests solve a challenge where the site asks for one "
       "when something is suspicious",
       false, number_into(limits.calm_posts, 1, kMostCounted)});
  add({"limits.challenge_bits", "18",
       "what a challenge costs: 18 is about a second of a phone, one more is twice as much", false,
       number_into(limits.challenge_bits, 1, kMaxChallengeBits)});
  add({"limits.new_guests_of_address", "300", "tokens for one address in ten minutes", false,
       number_into(limits.new_guests_of_address, 1, kMostCounted)});
}

void add_mail(std::vector<Setting>& all, Options& options) {
  using Tls = SmtpOptions::Tls;
  const auto add = [&](Setting setting) { all.push_back(std::move(setting)); };
  SmtpOptions& smtp = options.delivery.smtp;
  add({"public_url", "none", "where readers reach this server, for the links in mail", true,
       text_into(options.mail.public_url)});
  add({"mail.url", "none",
       "`smtp://host:port` or `smtps://host:port`; `capture` keeps mail for `/mailbox/`; none: no "
       "mail",
       true, text_into(smtp.url)});
  add({"mail.user", "none", "to sign in with", true, text_into(smtp.user)});
  add({"mail.password", "none", "the same; keep it out of the command line", true,
       text_into(smtp.password)});
  add({"mail.tls", "required", "STARTTLS: `required`, `when_offered` or `never`", true,
       choice_into<Tls>(smtp.tls, {{"required", Tls::Required},
                                   {"when_offered", Tls::WhenOffered},
                                   {"never", Tls::Never}})});
  add({"mail.authorities", "the system's",
       "a file of certificates that the mail server is checked by", true,
       text_into(smtp.authorities)});
  add({"mail.from", "none", "the sender's address", true, text_into(options.mail.from.address)});
  add({"mail.name", "the site's", "the sender's name", true, text_into(options.mail.from.name)});
  add({"mail.timeout_seconds", "60", "so long a mail may take", false,
       number_into(smtp.timeout_seconds, 1, 600)});
  add({"mail.collect_seconds", "60", "so long what comes after a comment goes into the same mail",
       false, number_into(options.mail.collecting, 0, 3'600)});
  add({"retry_seconds", "30", "until what could not be sent is tried again; then twice as long",
       false, number_into(options.delivery.retry_seconds, 1, 3'600)});
  add({"webhooks.allow_private", "false", "whether webhooks may lead into this network", false,
       flag_into(options.delivery.webhooks.allows_private)});
  add({"webhooks.timeout_seconds", "10", "so long a call may take", false,
       number_into(options.delivery.webhooks.timeout_seconds, 1, 120)});
}

std::string with_letters(std::string_view name, char dot, char underscore) {
  std::string result(name);
  std::replace(result.begin(), result.end(), '_', underscore);
  std::replace(result.begin(), result.end(), '.', dot);
  return result;
}

}  // namespace

std::string Setting::environment_name() const {
  std::string result = "PARLANCE_" + with_letters(name, '_', '_');
  for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

std::string Setting::option_name() const { return with_letters(name, '-', '-'); }

std::vector<Setting> settings_of(Options& options) {
  std::vector<Setting> all;
  add_server(all, options);
  add_api(all, options);
  add_limits(all, options.limits);
  add_mail(all, options);
  all.push_back(
      {"sites", "none", "a list of sites to make, or to change, at start; see below", false,
       [&options](const json& value) { return read_sites(value, options.sites).has_value(); }});
  return all;
}

Status read_setting(const Setting& setting, const std::string& value, const std::string& where) {
  const json parsed = setting.is_text ? json(value) : json::parse(value, nullptr, false);
  if (!parsed.is_discarded() && setting.read(parsed)) return {};
  return Error{ErrorCode::InvalidField, where + " is not usable", ""};
}

std::string settings_as_markdown() {
  Options options;
  std::string table =
      "| setting | environment | usual value | meaning |\n| --- | --- | --- | --- |\n";
  for (const Setting& setting : settings_of(options)) {
    table += "| `" + std::string(setting.name) + "` | `" + setting.environment_name() + "` | " +
             std::string(setting.usual) + " | " + std::string(setting.meaning) + " |\n";
  }
  return table;
}

}  // namespace parlance
