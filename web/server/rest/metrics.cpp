#include "web/server/rest/metrics.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <filesystem>
#include <fstream>

namespace parlance {
namespace {

constexpr const char* kRequests = "parlance_requests_total";
constexpr const char* kDurations = "parlance_request_duration_seconds";

std::string to_text(double value) {
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() ? std::string(digits.data(), end) : "0";
}

void write_head(std::string& text, std::string_view name, std::string_view help,
                std::string_view type) {
  text.append("# HELP ").append(name).append(" ").append(help).append("\n");
  text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

std::string labels_of(const RouteName& name) {
  std::string text = "method=\"";
  text.append(name.method).append("\",route=\"").append(name.pattern).append("\"");
  return text;
}

// Of /proc/self/statm, in pages.
double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0;
  double resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double processor_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double open_files() {
  std::error_code error;
  double count = 0;
  for (auto at = std::filesystem::directory_iterator("/proc/self/fd", error);
       !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
    ++count;
  }
  return count;
}

}  // namespace

Metrics::Metrics(const std::vector<RouteName>& routes) {
  for (const RouteName& name : routes) {
    routes_.push_back(std::make_unique<Route>());
    routes_.back()->name = name;
  }
  routes_.push_back(std::make_unique<Route>());
  routes_.back()->name = {"other", "other"};
}

Metrics::Route& Metrics::find(const RouteName& name) {
  for (const auto& route : routes_) {
    if (route->name.pattern == name.pattern && route->name.method == name.method) return *route;
  }
  return *routes_.back();
}

void Metrics::count(const RouteName& name, int status, std::chrono::duration<double> duration) {
  Route& route = find(name);
  const auto add = [](std::atomic<std::uint64_t>& place, std::uint64_t more) {
    place.fetch_add(more, std::memory_order_relaxed);
  };
  add(route.by_status[static_cast<std::size_t>(std::clamp(status, 0, kStatuses - 1))], 1);
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), duration.count());
  add(route.by_duration[static_cast<std::size_t>(bound - kBounds.begin())], 1);
  add(route.microseconds, static_cast<std::uint64_t>(std::max(0.0, duration.count() * 1e6)));
}

void Metrics::add(Kind kind, std::string name, std::string help, std::function<double()> value) {
  numbers_.push_back({kind, std::move(name), std::move(help), std::move(value)});
}

std::string Metrics::text() const {
  std::string text;
  write_head(text, kRequests, "Answers by route and status.", "counter");
  for (const auto& route : routes_) {
    for (std::size_t status = 0; status < kStatuses; ++status) {
      const std::uint64_t count = route->by_status[status].load(std::memory_order_relaxed);
      if (count == 0) continue;
      text.append(kRequests).append("{").append(labels_of(route->name));
      text.append(",status=\"").append(std::to_string(status)).append("\"} ");
      text.append(std::to_string(count)).append("\n");
    }
  }
  write_head(text, kDurations, "From a request's last byte to its answer.", "histogram");
  for (const auto& route : routes_) write_durations(*route, text);
  for (const Number& number : numbers_) {
    write_head(text, number.name, number.help, number.kind == Kind::Counter ? "counter" : "gauge");
    text.append(number.name).append(" ").append(to_text(number.value())).append("\n");
  }
  return text;
}

void Metrics::write_durations(const Route& route, std::string& text) {
  const std::string labels = labels_of(route.name);
  std::uint64_t count = 0;
  std::string lines;
  for (std::size_t i = 0; i <= kBounds.size(); ++i) {
    count += route.by_duration[i].load(std::memory_order_relaxed);
    const std::string bound = i == kBounds.size() ? "+Inf" : to_text(kBounds[i]);
    lines.append(kDurations).append("_bucket{").append(labels).append(",le=\"").append(bound);
    lines.append("\"} ").append(std::to_string(count)).append("\n");
  }
  if (count == 0) return;
  const auto sum = static_cast<double>(route.microseconds.load(std::memory_order_relaxed)) / 1e6;
  text.append(lines);
  text.append(kDurations).append("_sum{").append(labels).append("} ");
  text.append(to_text(sum)).append("\n");
  text.append(kDurations).append("_count{").append(labels).append("} ");
  text.append(std::to_string(count)).append("\n");
}

void add_process_metrics(Metrics& metrics) {
  const auto started = static_cast<double>(std::time(nullptr));
  metrics.add(Metrics::Kind::Gauge, "process_resident_memory_bytes", "Memory that it holds.",
              resident_bytes);
  metrics.add(Metrics::Kind::Counter, "process_cpu_seconds_total", "Processor time it has used.",
              processor_seconds);
  metrics.add(Metrics::Kind::Gauge, "process_open_fds", "Files and connections.", open_files);
  metrics.add(Metrics::Kind::Gauge, "process_start_time_seconds", "When it was started.",
              [started] { return started; });
}

}  // namespace parlance
