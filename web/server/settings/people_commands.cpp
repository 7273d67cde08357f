#include "web/server/settings/people_commands.h"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <iostream>
#include <iterator>

#include "web/server/service/sign_on.h"
#include "web/server/service/team.h"
#include "web/server/service/webhooks.h"
#include "web/server/settings/options.h"
#include "web/server/settings/words.h"
#include "web/server/store/sites.h"

namespace parlance {
namespace {

constexpr auto kOwn = std::to_array<std::string_view>({"--role", "--algorithm"});

// Nothing of what is typed is shown while it lives.
class HiddenTyping {
 public:
  HiddenTyping() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    is_on_ = true;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  ~HiddenTyping() {
    if (is_on_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
  bool is_on_ = false;
};

Result<std::string> read_line(const char* prompt) {
  std::string line;
  if (::isatty(STDIN_FILENO) == 0) {
    std::getline(std::cin, line);
    return line;
  }
  std::fputs(prompt, stderr);
  {
    const HiddenTyping hidden;
    std::getline(std::cin, line);
  }
  std::fputs("\n", stderr);
  return line;
}

Result<std::string> read_password() {
  const auto password = read_line("Password: ");
  if (!password || ::isatty(STDIN_FILENO) == 0) return password;
  const auto again = read_line("The same again: ");
  if (!again) return again;
  if (*again != *password) return unusable("these are two different passwords");
  return password;
}

Result<AccountRole> read_role(const Words& words) {
  const auto role = words.own.find("role");
  if (role == words.own.end()) return AccountRole::Moderator;
  const auto known = role_from(role->second);
  return known ? Result<AccountRole>(*known) : unusable("--role is moderator or owner");
}

Status list(Team& team, const Site& site) {
  const auto accounts = team.list(site);
  if (!accounts) return accounts.error();
  for (const Account& account : *accounts) {
    std::printf("%s\t%s%s\n", account.name.c_str(), role_name(account.role).data(),
                account.totp.empty() ? "" : "\twith a second factor");
  }
  return {};
}

Status run_moderator(Team& team, const Site& site, const Words& words) {
  const std::string& what = words.names[1];
  if (what == "list" && words.names.size() == 3) return list(team, site);
  if (words.names.size() != 4) return unusable("say: moderator " + what + " SITE NAME");
  const std::string& name = words.names[3];
  Changer by;
  by.now = unix_now();
  if (what == "remove") return team.remove(site, name, by);
  if (what == "reset-code") return team.forget_totp(site, name, by);
  const auto role = read_role(words);
  if (!role) return role.error();
  if (what == "role") return team.set_role(site, name, *role, by);
  if (what != "add" && what != "password") return unusable("there is no moderator " + what);
  const auto password = read_password();
  if (!password) return password.error();
  if (what == "add") return team.add(site, name, *password, *role, by);
  return team.set_password(site, name, *password, by);
}

std::string read_all() {
  return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

Status run_key(SignOn& sign_on, const Site& site, const Words& words) {
  const std::string& what = words.names[1];
  if (what == "list" && words.names.size() == 3) {
    const auto keys = sign_on.list(site);
    if (!keys) return keys.error();
    for (const SiteKey& key : *keys) {
      std::printf("%s\t%s\n", key.id.c_str(), key.kind == KeyKind::Hs256 ? "HS256" : "EdDSA");
    }
    return {};
  }
  if (words.names.size() != 4) return unusable("say: key " + what + " SITE NAME");
  if (what == "retire") return sign_on.retire(site, words.names[3], unix_now());
  if (what != "add") return unusable("there is no key " + what);
  const auto algorithm = words.own.find("algorithm");
  if (algorithm != words.own.end() && algorithm->second == "EdDSA") {
    return sign_on.add_public(site, words.names[3], read_all(), unix_now());
  }
  if (algorithm != words.own.end() && algorithm->second != "HS256") {
    return unusable("--algorithm is HS256 or EdDSA");
  }
  const auto secret = sign_on.add_shared(site, words.names[3], unix_now());
  if (!secret) return secret.error();
  std::printf("secret\t%s\n", secret->c_str());
  return {};
}

Status run_webhook(Store& store, const Site& site, const Words& words) {
  const std::string& what = words.names[1];
  if (what == "list" && words.names.size() == 3) {
    const auto webhooks = list_webhooks(store, site);
    if (!webhooks) return webhooks.error();
    for (const WebhookRow& webhook : *webhooks) {
      const char* state = webhook.failing_since != 0 ? "failing" : "in force";
      std::printf("%s\t%s\n", webhook.url.c_str(), webhook.disabled != 0 ? "disabled" : state);
    }
    return {};
  }
  if (words.names.size() != 4) return unusable("say: webhook " + what + " SITE URL");
  if (what == "remove") return remove_webhook(store, site, words.names[3]);
  if (what != "add") return unusable("there is no webhook " + what);
  const auto secret = add_webhook(store, site, words.names[3], unix_now());
  if (!secret) return secret.error();
  std::printf("secret\t%s\n", secret->c_str());
  return {};
}

Status run_in(Store& store, const Site& site, const Words& words) {
  if (words.names[0] == "webhook") return run_webhook(store, site, words);
  if (words.names[0] == "key") {
    SignOn sign_on(store);
    return run_key(sign_on, site, words);
  }
  Team team(store);
  return run_moderator(team, site, words);
}

}  // namespace

bool is_people_command(const std::vector<std::string>& words) {
  return !words.empty() && (words[0] == "moderator" || words[0] == "key" || words[0] == "webhook");
}

Status run_people_command(const std::vector<std::string>& words) {
  const auto parts = parted(words, kOwn);
  if (!parts) return parts.error();
  if (parts->names.size() < 3) return unusable("see parlance-server --help");
  const auto options = read_options(parts->others);
  if (!options) return options.error();
  auto store = Store::open(options->database);
  if (!store) return store.error();
  const auto site = (*store)->read(
      [&](Connection& connection) { return find_site(connection, parts->names[2]); });
  if (!site) return site.error();
  if (!site->has_value()) {
    return unusable("there is no site " + parts->names[2] + ": start the server with it first");
  }
  Status done = run_in(**store, **site, *parts);
  if (done && parts->names[1] != "list") std::puts("done");
  return done;
}

}  // namespace parlance
