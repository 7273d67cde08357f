#include "web/server/settings/options.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <thread>

#include "web/server/settings/config_file.h"

namespace parlance {
namespace {

Error unusable(const std::string& text) { return {ErrorCode::InvalidField, text, ""}; }

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
  parlance-server moderator add SITE NAME [--role owner] [--database FILE]
                                                     the password comes from standard input
  parlance-server moderator password|role|reset-code|remove SITE NAME
  parlance-server moderator list SITE

  --database FILE    the SQLite file; made when it is missing (default: parlance.db);
                     or the address of a PostgreSQL database: postgresql://…
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
