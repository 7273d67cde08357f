// What the one who starts the server can choose, on the command line or in a file.
#pragma once

#include <string>
#include <vector>

#include "web/server/delivery/delivery.h"
#include "web/server/rest/http_server.h"
#include "web/server/service/subscriptions.h"

namespace parlance {

// A site of the settings file. What it leaves out stays as the console has set it.
struct ConfiguredSite : Site {
  bool has_approval = false;
  bool has_edit_seconds = false;
};

struct Options {
  enum class Command { Serve, Seed, Backup, Settings, Help, Version };

  Command command = Command::Serve;
  std::string database = "parlance.db";
  std::string static_folder;  // Empty: no files are served.
  std::string file;           // To seed from, or to back up to.
  HttpServerOptions http;
  ApiOptions api;
  WriteLimits limits;
  MailOptions mail;
  DeliveryOptions delivery;
  std::vector<ConfiguredSite> sites;  // Made, or changed to be so, at start.
};

// From the command line's words without the program's name. A word there goes before the
// environment, and that before the file. Fails with InvalidField, and its text is for whoever typed
// it.
Result<Options> read_options(const std::vector<std::string>& words);

std::string help_text();

}  // namespace parlance
