#include "web/server/settings/options.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

namespace parlance {
namespace {

using nlohmann::json;

Error unusable(const std::string& text) { return {ErrorCode::InvalidField, text, ""}; }

// Reads a member of the configuration into its place; false when it has the wrong type or is out of
// range.
using Reader = std::function<bool(const json&)>;

Reader text_into(std::string& place) {
  return [&place](const json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr) return false;
    place = *text;
    return true;
  };
}

Reader flag_into(bool& place) {
  return [&place](const json& value) {
    if (!value.is_boolean()) return false;
    place = value.get<bool>();
    return true;
  };
}

template <typename Number>
Reader number_into(Number& place, std::int64_t least, std::int64_t most) {
  return [&place, least, most](const json& value) {
    if (!value.is_number_integer()) return false;
    const auto number = value.get<std::int64_t>();
    if (number < least || number > most) return false;
    place = static_cast<Number>(number);
    return true;
  };
}

// A name that is not on the list is most often one that was mistyped, so it is refused.
Status read_members(const json& object, const std::string& where,
                    const std::map<std::string, Reader>& readers) {
  if (!object.is_object()) return unusable(where + " must be an object");
  for (const auto& [name, value] : object.items()) {
    const auto reader = readers.find(name);
    if (reader == readers.end()) return unusable(where + " has no setting \"" + name + "\"");
    if (!reader->second(value)) return unusable(where + ": \"" + name + "\" is not usable");
  }
  return {};
}

bool read_origins(const json& value, std::vector<std::string>& origins) {
  if (!value.is_array()) return false;
  for (const json& origin : value) {
    const auto* text = origin.get_ptr<const std::string*>();
    if (text == nullptr || text->empty()) return false;
    if (text->find_first_of(" \t\r\n") != std::string::npos || text->ends_with('/')) return false;
    origins.push_back(*text);
  }
  return true;
}

Status read_sites(const json& list, std::vector<Site>& sites) {
  for (const json& object : list) {
    Site site;
    const auto origins = [&](const json& value) { return read_origins(value, site.origins); };
    Status status = read_members(object, "a site",
                                 {{"id", text_into(site.key)},
                                  {"name", text_into(site.name)},
                                  {"origins", origins},
                                  {"approve_first", flag_into(site.approve_first)}});
    if (!status) return status;
    if (site.key.empty() || site.key.size() > kMaxSiteKeyBytes)
      return unusable("a site needs an id");
    sites.push_back(std::move(site));
  }
  return {};
}

Status read_config(const std::string& path, Options& options) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return unusable("cannot read " + path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const json config = json::parse(text, nullptr, false, true);
  if (config.is_discarded()) return unusable(path + " is not JSON");

  constexpr std::int64_t kMostWrites = 1'000'000;
  WriteLimits& limits = options.limits;
  Status inner;
  const auto read_limits = [&](const json& value) {
    inner = read_members(
        value, "limits",
        {{"enabled", flag_into(limits.are_on)},
         {"posts", number_into(limits.posts, 1, kMostWrites)},
         {"votes", number_into(limits.votes, 1, kMostWrites)},
         {"new_guests_of_address", number_into(limits.new_guests_of_address, 1, kMostWrites)},
         {"guests_per_address", number_into(limits.guests_per_address, 1, kMostWrites)}});
    return inner.has_value();
  };
  const auto read_site_list = [&](const json& value) {
    inner = value.is_array() ? read_sites(value, options.sites) : unusable("sites must be a list");
    return inner.has_value();
  };
  Status status =
      read_members(config, path,
                   {{"database", text_into(options.database)},
                    {"static", text_into(options.static_folder)},
                    {"address", text_into(options.http.address)},
                    {"port", number_into(options.http.port, 0, 65'535)},
                    {"threads", number_into(options.http.threads, 1, 64)},
                    {"log_requests", flag_into(options.http.logs_requests)},
                    {"trust_forwarded_for", flag_into(options.api.trusts_forwarded_for)},
                    {"limits", read_limits},
                    {"sites", read_site_list}});
  return inner.has_value() ? status : inner;
}

std::optional<std::uint16_t> port_from(const std::string& text) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc() || rest != end) return std::nullopt;
  return port;
}

// The words of the command line as name and value.
Result<std::map<std::string, std::string>> read_words(const std::vector<std::string>& words,
                                                      Options& options) {
  std::map<std::string, std::string> values;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (word == "--help" || word == "-h") {
      options.command = Options::Command::Help;
    } else if (word == "--version") {
      options.command = Options::Command::Version;
    } else if (word == "seed" && at == 0) {
      options.command = Options::Command::Seed;
    } else if (word == "serve" && at == 0) {
      options.command = Options::Command::Serve;
    } else if (word.starts_with("--") && at + 1 < words.size()) {
      values[word.substr(2)] = words[++at];
    } else if (word.starts_with("--")) {
      return unusable(word + " needs a value");
    } else {
      return unusable("what is \"" + word + "\"? See parlance-server --help");
    }
  }
  return values;
}

Status apply(const std::string& name, const std::string& value, Options& options) {
  if (name == "config") return {};
  if (name == "database") {
    options.database = value;
  } else if (name == "static") {
    options.static_folder = value;
  } else if (name == "address") {
    options.http.address = value;
  } else if (name == "file" && options.command == Options::Command::Seed) {
    options.seed_file = value;
  } else if (name == "port") {
    const auto port = port_from(value);
    if (!port) return unusable("--port must be 0 to 65535");
    options.http.port = *port;
  } else {
    return unusable("there is no option --" + name + ". See parlance-server --help");
  }
  return {};
}

}  // namespace

Result<Options> read_options(const std::vector<std::string>& words) {
  constexpr unsigned kMostThreads = 16;
  constexpr std::uint16_t kUsualPort = 8080;
  Options options;
  options.http.port = kUsualPort;
  options.http.threads =
      static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads));

  const auto values = read_words(words, options);
  if (!values) return values.error();
  if (const auto config = values->find("config"); config != values->end()) {
    if (Status status = read_config(config->second, options); !status) return status.error();
  }
  for (const auto& [name, value] : *values) {
    if (Status status = apply(name, value, options); !status) return status.error();
  }
  if (options.http.address == "localhost") options.http.address = "127.0.0.1";
  if (options.command == Options::Command::Seed && options.seed_file.empty()) {
    return unusable("seed needs --file FILE");
  }
  return options;
}

std::string help_text() {
  return R"(parlance-server: comments for the articles of one or many sites.

  parlance-server [OPTION…]                          serves until it gets SIGTERM or SIGINT
  parlance-server seed --database FILE --file FILE   fills a database from a seed file; again does nothing

  --database FILE    the SQLite file; made when it is missing (default: parlance.db)
  --port N           0 lets the system choose (default: 8080)
  --address IP       (default: 127.0.0.1)
  --static FOLDER    also serves the files of this folder: embed.js, the widget, pages
  --config FILE      settings in JSON; docs/server.md lists them
  --version
  --help

When it can be reached it prints one line, "parlance-server listening on http://ADDRESS:PORT".
The log goes to standard error, one JSON object a line. web/server/openapi.yaml describes the API.
)";
}

}  // namespace parlance
