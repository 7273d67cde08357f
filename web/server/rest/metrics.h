// What the server counts, in Prometheus' text format. Labels come from the program, never from a
// request: however odd the requests are, there are as many series as there are routes.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace parlance {

// A route's name for metrics and logs. The texts are the program's own and last as long as it.
struct RouteName {
  std::string_view method;
  std::string_view pattern;
};

// Safe to use from several threads at once, but for what says otherwise.
class Metrics {
 public:
  explicit Metrics(const std::vector<RouteName>& routes);

  // An answer was given. A route that is not known counts with all others of its kind.
  void count(const RouteName& route, int status, std::chrono::duration<double> duration);

  enum class Kind : std::uint8_t { Counter, Gauge };
  // A number that is looked up when somebody asks. REQUIRES: nobody uses the metrics yet.
  void add(Kind kind, std::string name, std::string help, std::function<double()> value);

  std::string text() const;

 private:
  static constexpr std::array kBounds = {0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0};  // Seconds.
  static constexpr int kStatuses = 600;
  struct Route {
    RouteName name;
    std::array<std::atomic<std::uint64_t>, kStatuses> by_status{};
    std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> by_duration{};
    std::atomic<std::uint64_t> microseconds = 0;
  };
  struct Number {
    Kind kind;
    std::string name;
    std::string help;
    std::function<double()> value;
  };
  Route& find(const RouteName& name);
  static void write_durations(const Route& route, std::string& text);

  std::vector<std::unique_ptr<Route>> routes_;  // The last one is of all others.
  std::vector<Number> numbers_;
};

// Adds what the system knows of this process: memory, processor time, open files, its start.
void add_process_metrics(Metrics& metrics);

}  // namespace parlance
