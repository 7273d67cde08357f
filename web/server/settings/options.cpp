#include "web/server/settings/options.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <thread>

#include "web/server/settings/config_file.h"
#include "web/server/settings/settings.h"

namespace parlance {
namespace {

constexpr const char* kConfigInEnvironment = "PARLANCE_CONFIG";

Error unusable(const std::string& text) { return {ErrorCode::InvalidField, text, ""}; }

using Values = std::map<std::string, std::string>;

bool read_command(const std::string& word, Options& options) {
  using Command = Options::Command;
  constexpr std::pair<std::string_view, Command> kCommands[] = {{"serve", Command::Serve},
                                                                {"seed", Command::Seed},
                                                                {"backup", Command::Backup},
                                                                {"settings", Command::Settings}};
  for (const auto& [name, command] : kCommands) {
    if (word != name) continue;
    options.command = command;
    return true;
  }
  return false;
}

// The words of the command line as name and value.
Result<Values> read_words(const std::vector<std::string>& words, Options& options) {
  Values values;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (word == "--help" || word == "-h") {
      options.command = Options::Command::Help;
    } else if (word == "--version") {
      options.command = Options::Command::Version;
    } else if (at == 0 && read_command(word, options)) {
      continue;
    } else if (word.starts_with("--") && at + 1 < words.size()) {
      values[word.substr(2)] = words[++at];
    } else if (word.starts_with("--")) {
      return unusable(word + " needs a value");
    } else if (options.command == Options::Command::Backup && options.file.empty()) {
      options.file = word;
    } else {
      return unusable("what is \"" + word + "\"? See parlance-server --help");
    }
  }
  return values;
}

// The environment goes before the file, the command line before both.
Status read_settings(const Values& values, Options& options) {
  const auto config = values.find("config");
  const char* path =
      config != values.end() ? config->second.c_str() : std::getenv(kConfigInEnvironment);
  if (path != nullptr) {
    if (Status status = read_config(path, options); !status) return status;
  }
  for (const Setting& setting : settings_of(options)) {
    const std::string name = setting.environment_name();
    if (const char* value = std::getenv(name.c_str()); value != nullptr) {
      if (Status status = read_setting(setting, value, name); !status) return status;
    }
    const auto given = values.find(setting.option_name());
    if (given == values.end()) continue;
    Status status = read_setting(setting, given->second, "--" + given->first);
    if (!status) return status;
  }
  return {};
}

Status check_names(const Values& values, Options& options) {
  const std::vector<Setting> settings = settings_of(options);
  for (const auto& [name, value] : values) {
    const auto is_it = [&](const Setting& one) { return one.option_name() == name; };
    if (name == "config" || std::any_of(settings.begin(), settings.end(), is_it)) continue;
    if (name == "file" && options.command == Options::Command::Seed) {
      options.file = value;
      continue;
    }
    return unusable("there is no option --" + name + ". See parlance-server --help");
  }
  return {};
}

// Settings that need each other.
Status complete_mail(Options& options) {
  MailOptions& mail = options.mail;
  const std::string& url = options.delivery.smtp.url;
  while (mail.public_url.ends_with('/')) mail.public_url.pop_back();
  const auto is_web = [](const std::string& address) {
    return (address.starts_with("https://") || address.starts_with("http://")) &&
           address.find_first_of(" <>\"\r\n?#") == std::string::npos;
  };
  if (!mail.public_url.empty() && !is_web(mail.public_url)) {
    return unusable("public_url must begin with https:// or http://");
  }
  if (url.empty()) return {};
  options.delivery.captures = url == "capture";
  if (!options.delivery.captures && !url.starts_with("smtp://") && !url.starts_with("smtps://")) {
    return unusable("mail.url must begin with smtp:// or smtps://, or be capture");
  }
  if (!is_mailbox(mail.from.address)) return unusable("mail.url needs mail.from, an address");
  // Links of captured mail are followed on the page that shows it.
  const bool needs_address = mail.public_url.empty() && !options.delivery.captures;
  if (needs_address) return unusable("mail.url needs public_url, for the links in mail");
  mail.is_on = true;
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
  if (Status status = check_names(*values, options); !status) return status.error();
  if (Status status = read_settings(*values, options); !status) return status.error();
  if (Status status = complete_mail(options); !status) return status.error();
  if (options.http.address == "localhost") options.http.address = "127.0.0.1";
  if (options.command == Options::Command::Seed && options.file.empty()) {
    return unusable("seed needs --file FILE");
  }
  if (options.command == Options::Command::Backup && options.file.empty()) {
    return unusable("backup needs the name of a file");
  }
  return options;
}

std::string help_text() {
  std::string text = R"(parlance-server: comments for the articles of one or many sites.

  parlance-server [OPTION…]                          serves until it gets SIGTERM or SIGINT
  parlance-server seed --database FILE --file FILE   fills a database from a seed file; again does nothing
  parlance-server moderator add SITE NAME [--role owner] [--database FILE]
                                                     the password comes from standard input
  parlance-server moderator password|role|reset-code|remove SITE NAME
  parlance-server moderator list SITE
  parlance-server backup --database FILE COPY        copies an SQLite file, also while it is written to
  parlance-server settings                           prints the table of all settings
  parlance-server key add SITE NAME [--algorithm HS256]
                                                     a key for single sign-on; its secret is printed once
  parlance-server key add SITE NAME --algorithm EdDSA
                                                     the public key comes from standard input, in PEM
  parlance-server key retire SITE NAME, key list SITE
  parlance-server webhook add SITE URL               is told what happens; its secret is printed once
  parlance-server webhook remove SITE URL, webhook list SITE

  parlance-server export SITE                        everything of a site to standard output
  parlance-server import FILE --site SITE [--from wordpress|disqus|isso|commento] [--dry-run]
                                                     an export, or another program's file; see docs/importing.md

  parlance-server person export|erase SITE --email …|--subject …|--comment … [--keep-texts]
                                                     one person's data

  --config FILE    settings in JSON (or PARLANCE_CONFIG); docs/server.md describes them
  --version
  --help

Each setting stands in the file, in the environment or on the command line; what comes later in this
sentence goes before the others. With their usual values:

)";
  constexpr std::size_t kColumn = 34;
  Options options;
  for (const Setting& setting : settings_of(options)) {
    std::string line = "  --" + setting.option_name();
    line.resize(std::max(kColumn, line.size() + 1), ' ');
    line += setting.environment_name();
    line.resize(std::max(2 * kColumn + 2, line.size() + 1), ' ');
    text += line + std::string(setting.usual) + "\n";
  }
  text += R"(
When it can be reached it prints one line, "parlance-server listening on http://ADDRESS:PORT".
The log goes to standard error, one JSON object a line. web/server/openapi.yaml describes the API.
)";
  return text;
}

}  // namespace parlance
