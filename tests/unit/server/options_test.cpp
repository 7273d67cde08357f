#include "web/server/settings/options.h"

#include <fstream>

#include "tests/unit/server/store/temporary_store.h"

using namespace parlance;

TEST_CASE("options: nothing said is the loopback, and a file in the working folder") {
  const auto options = read_options({});
  REQUIRE(options.has_value());
  CHECK(options->command == Options::Command::Serve);
  CHECK(options->database == "parlance.db");
  CHECK(options->http.address == "127.0.0.1");
  CHECK(options->http.port == 8080);
  CHECK(options->limits.are_on);
}

TEST_CASE("options: the command line goes before the file") {
  TemporaryFolder folder;
  const std::string path = folder.file("config.json");
  std::ofstream(path) << R"({
    // Comments are welcome in a file that people write.
    "database": "a.db", "port": 81, "address": "localhost", "log_requests": false,
    "trust_forwarded_for": true, "limits": {"enabled": false, "posts": 5},
    "sites": [{"id": "news", "name": "News", "origins": ["https://a.example"], "approval": "after_first"}]
  })";

  const auto options = read_options({"--port", "0", "--config", path});

  REQUIRE(options.has_value());
  CHECK(options->http.port == 0);
  CHECK(options->database == "a.db");
  CHECK(options->http.address == "127.0.0.1");
  CHECK_FALSE(options->http.logs_requests);
  CHECK(options->api.trusts_forwarded_for);
  CHECK_FALSE(options->limits.are_on);
  CHECK(options->limits.posts == 5);
  REQUIRE(options->sites.size() == 1);
  CHECK(options->sites[0].key == "news");
  CHECK(options->sites[0].approval == Approval::AfterFirst);
}

TEST_CASE("options: a file with a mistake is refused, and the mistake named") {
  TemporaryFolder folder;
  const std::string path = folder.file("config.json");
  struct Row {
    const char* config;
    const char* named;
  };
  const Row rows[] = {
      {"", "not JSON"},
      {"[]", "must be an object"},
      {R"({"prot": 1})", "\"prot\""},
      {R"({"port": "1"})", "\"port\""},
      {R"({"port": 65536})", "\"port\""},
      {R"({"port": 1.5})", "\"port\""},
      {R"({"database": 1})", "\"database\""},
      {R"({"compression": "some"})", "\"compression\""},
      {R"({"sites": [{"id": "a", "approval": "late"}]})", "\"approval\""},
      {R"({"limits": []})", "limits"},
      {R"({"streams": -1})", "\"streams\""},
      {R"({"streams_per_address": 0})", "\"streams_per_address\""},
      {R"({"limits": {"posts": 0}})", "\"posts\""},
      {R"({"limits": {"pots": 1}})", "\"pots\""},
      {R"({"sites": {}})", "sites must be a list"},
      {R"({"sites": [{}]})", "a site needs an id"},
      {R"({"sites": [{"id": "a", "origin": []}]})", "\"origin\""},
      {R"({"sites": [{"id": "a", "origins": ["https://a.example/"]}]})", "\"origins\""},
      {R"({"sites": [{"id": "a", "origins": [1]}]})", "\"origins\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.config);
    std::ofstream(path) << row.config;
    const auto options = read_options({"--config", path});
    REQUIRE_FALSE(options.has_value());
    CHECK(options.error().text.find(row.named) != std::string::npos);
  }
}

TEST_CASE("options: what cannot be understood is refused") {
  const std::vector<std::string> rows[] = {
      {"--port"},      {"--port", "x"}, {"--port", "-1"}, {"--port", "70000"}, {"--what", "x"},
      {"--file", "f"}, {"word"},        {"seed"},         {"serve", "x"},      {"--config", "/no"},
  };
  for (const auto& words : rows) {
    CAPTURE(words.back());
    CHECK_FALSE(read_options(words).has_value());
  }
  CHECK(read_options({"seed", "--file", "f"})->command == Options::Command::Seed);
  CHECK(read_options({"--help"})->command == Options::Command::Help);
}
