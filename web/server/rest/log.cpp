#include "web/server/rest/log.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>

#include "widget/backends/json_writer.h"

namespace parlance {
namespace {

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::Info:
      return "info";
    case LogLevel::Warning:
      return "warning";
    case LogLevel::Error:
      break;
  }
  return "error";
}

// "2026-02-03T04:05:06.789Z"
std::string time_stamp() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const std::time_t seconds = static_cast<std::time_t>(milliseconds / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::array<char, 8> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(milliseconds % 1000));
  return std::string(text.data(), size) + fraction.data();
}

void begin_line(JsonWriter& writer, LogLevel level, std::string_view event) {
  writer.begin_object();
  writer.member("time", time_stamp());
  writer.member("level", level_name(level));
  writer.member("event", event);
}

// One write for the whole line, so that lines of several threads and processes do not mix.
void end_line(JsonWriter& writer, std::string& line) {
  writer.end_object();
  line += '\n';
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

LogLevel level_of(int status) {
  if (status >= 500) return LogLevel::Error;
  return status == 429 ? LogLevel::Warning : LogLevel::Info;
}

}  // namespace

void log_event(LogLevel level, std::string_view event, std::string_view message) {
  std::string line;
  JsonWriter writer(line);
  begin_line(writer, level, event);
  if (!message.empty()) writer.member("message", message);
  end_line(writer, line);
}

void log_request(const RequestRecord& record) {
  std::string line;
  JsonWriter writer(line);
  begin_line(writer, level_of(record.status), "request");
  writer.member("id", record.id);
  writer.member("method", record.method);
  writer.member("path", record.path);
  writer.member("status", record.status);
  // Thousandths are as fine as anybody reads.
  std::array<char, 32> duration{};
  std::snprintf(duration.data(), duration.size(), "%.3f", record.duration.count());
  writer.key("ms");
  writer.raw_number(duration.data());
  if (record.error != nullptr) {
    writer.member("code", wire_name(record.error->code));
    // A text of the database or of a rule of ours: neither repeats what a reader wrote.
    writer.member("message", record.error->text);
  }
  end_line(writer, line);
}

}  // namespace parlance
