#include "web/server/settings/config_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "web/server/settings/readers.h"
#include "web/server/settings/settings.h"

namespace parlance {
namespace {

using nlohmann::json;

Error unusable(const std::string& text) { return {ErrorCode::InvalidField, text, ""}; }

constexpr std::int64_t kYear = 366 * 24 * 3'600;

// A name that is not on the list is most often one that was mistyped, so it is refused.
Status read_members(const json& object, const std::string& where,
                    const std::map<std::string, ValueReader>& readers) {
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

ValueReader approval_into(Approval& place) {
  return choice_into<Approval>(place, {{"at_once", Approval::AtOnce},
                                       {"after_first", Approval::AfterFirst},
                                       {"first", Approval::First}});
}

Status read_list(const json& list, std::vector<ConfiguredSite>& sites) {
  if (!list.is_array()) return unusable("sites must be a list");
  for (const json& object : list) {
    ConfiguredSite site;
    const auto origins = [&](const json& value) { return read_origins(value, site.origins); };
    Status status = read_members(object, "a site",
                                 {{"id", text_into(site.key)},
                                  {"name", text_into(site.name)},
                                  {"origins", origins},
                                  {"approval", approval_into(site.approval)},
                                  {"edit_seconds", number_into(site.edit_seconds, 0, kYear)}});
    if (!status) return status;
    site.has_approval = object.contains("approval");
    site.has_edit_seconds = object.contains("edit_seconds");
    if (site.key.empty() || site.key.size() > kMaxSiteKeyBytes)
      return unusable("a site needs an id");
    sites.push_back(std::move(site));
  }
  return {};
}

// An object stands for settings whose names begin with its own.
Status read_object(const json& object, const std::string& prefix, const std::string& where,
                   const std::vector<Setting>& settings) {
  if (!object.is_object()) return unusable(where + " must be an object");
  for (const auto& [name, value] : object.items()) {
    const std::string full = prefix + name;
    const auto begins = [&](const Setting& one) { return one.name.starts_with(full + "."); };
    const auto is_it = [&](const Setting& one) { return one.name == full; };
    if (std::any_of(settings.begin(), settings.end(), begins)) {
      if (Status status = read_object(value, full + ".", full, settings); !status) return status;
      continue;
    }
    const auto setting = std::find_if(settings.begin(), settings.end(), is_it);
    if (setting == settings.end()) return unusable(where + " has no setting \"" + name + "\"");
    if (!setting->read(value)) return unusable(where + ": \"" + name + "\" is not usable");
  }
  return {};
}

}  // namespace

Status read_sites(const json& list, std::vector<ConfiguredSite>& sites) {
  std::vector<ConfiguredSite> read;
  if (Status status = read_list(list, read); !status) return status;
  sites = std::move(read);
  return {};
}

Status read_config(const std::string& path, Options& options) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return unusable("cannot read " + path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  json config = json::parse(text, nullptr, false, true);
  if (config.is_discarded()) return unusable(path + " is not JSON");
  // What is wrong inside this list says more than that it is not usable.
  if (config.is_object() && config.contains("sites")) {
    if (Status status = read_sites(config["sites"], options.sites); !status) return status;
  }
  return read_object(config, "", path, settings_of(options));
}

}  // namespace parlance
