#include "web/server/settings/config_file.h"

#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

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

Reader megabytes_into(std::size_t& bytes) {
  return [&bytes](const json& value) {
    std::size_t megabytes = 0;
    if (!number_into(megabytes, 0, 65'536)(value)) return false;
    bytes = megabytes * 1024 * 1024;
    return true;
  };
}

// One of a few words.
template <typename Choice>
Reader choice_into(Choice& place, std::map<std::string, Choice> choices) {
  return [&place, choices = std::move(choices)](const json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    const auto choice = text == nullptr ? choices.end() : choices.find(*text);
    if (choice == choices.end()) return false;
    place = choice->second;
    return true;
  };
}

Reader compression_into(Compression& place) {
  return choice_into<Compression>(place, {{"auto", Compression::Auto},
                                          {"always", Compression::Always},
                                          {"never", Compression::Never}});
}

Reader approval_into(Approval& place) {
  return choice_into<Approval>(place, {{"at_once", Approval::AtOnce},
                                       {"after_first", Approval::AfterFirst},
                                       {"first", Approval::First}});
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

constexpr std::int64_t kYear = 366 * 24 * 3'600;

Status read_sites(const json& list, std::vector<Site>& sites) {
  for (const json& object : list) {
    Site site;
    const auto origins = [&](const json& value) { return read_origins(value, site.origins); };
    Status status = read_members(object, "a site",
                                 {{"id", text_into(site.key)},
                                  {"name", text_into(site.name)},
                                  {"origins", origins},
                                  {"approval", approval_into(site.approval)},
                                  {"edit_seconds", number_into(site.edit_seconds, 0, kYear)}});
    if (!status) return status;
    if (site.key.empty() || site.key.size() > kMaxSiteKeyBytes)
      return unusable("a site needs an id");
    sites.push_back(std::move(site));
  }
  return {};
}

Status read_limits(const json& object, WriteLimits& limits) {
  constexpr std::int64_t kMost = 1'000'000;
  return read_members(
      object, "limits",
      {{"enabled", flag_into(limits.are_on)},
       {"posts", number_into(limits.posts, 1, kMost)},
       {"votes", number_into(limits.votes, 1, kMost)},
       {"new_guests_of_address", number_into(limits.new_guests_of_address, 1, kMost)},
       {"guests_per_address", number_into(limits.guests_per_address, 1, kMost)}});
}

}  // namespace

Status read_config(const std::string& path, Options& options) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return unusable("cannot read " + path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const json config = json::parse(text, nullptr, false, true);
  if (config.is_discarded()) return unusable(path + " is not JSON");

  // What is wrong inside a list or an object says more than that it is not usable.
  Status inner;
  const auto limits = [&](const json& value) {
    inner = read_limits(value, options.limits);
    return inner.has_value();
  };
  const auto sites = [&](const json& value) {
    inner = value.is_array() ? read_sites(value, options.sites) : unusable("sites must be a list");
    return inner.has_value();
  };
  HttpServerOptions& http = options.http;
  Status status = read_members(
      config, path,
      {{"database", text_into(options.database)},
       {"static", text_into(options.static_folder)},
       {"address", text_into(http.address)},
       {"port", number_into(http.port, 0, 65'535)},
       {"threads", number_into(http.threads, 1, 64)},
       {"compression", compression_into(options.api.compression)},
       {"page_cache_megabytes", megabytes_into(options.api.page_cache_bytes)},
       {"log_requests", flag_into(http.logs_requests)},
       {"streams", number_into(options.api.streams.streams, 0, 1'000'000)},
       {"streams_per_address", number_into(options.api.streams.streams_per_address, 1, 1'000'000)},
       {"trust_forwarded_for", flag_into(options.api.trusts_forwarded_for)},
       {"limits", limits},
       {"sites", sites}});
  return inner.has_value() ? status : inner;
}

}  // namespace parlance
