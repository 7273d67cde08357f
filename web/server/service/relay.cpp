#include "web/server/service/relay.h"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <charconv>

namespace parlance {
namespace {

// So often this looks whether it is to end, and tells of what was counted.
constexpr auto kTurn = std::chrono::milliseconds(500);
constexpr auto kShortestPause = std::chrono::milliseconds(50);
constexpr auto kLongestPause = std::chrono::milliseconds(2'000);

// The number before the next space, which goes with it.
template <typename Number>
bool take_number(std::string_view& text, Number& number) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  if (text.empty() || text.front() != ' ') return false;
  text.remove_prefix(1);
  return true;
}

// Signals are for the thread that waits for them (rest/http_server.cpp), also those that come
// before it does.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

std::string to_notice(const ChangeNotice& change) {
  std::string text = "t";
  for (const std::int64_t number :
       {change.site, change.before, change.version, static_cast<std::int64_t>(change.what),
        change.comment, std::int64_t{change.is_aged}}) {
    text += ' ';
    text += std::to_string(number);
  }
  return text + ' ' + change.thread;
}

std::optional<ChangeNotice> change_from_notice(std::string_view notice) {
  if (!notice.starts_with("t ")) return std::nullopt;
  notice.remove_prefix(2);
  ChangeNotice change;
  int what = 0;
  int aged = 0;
  const bool is_whole = take_number(notice, change.site) && take_number(notice, change.before) &&
                        take_number(notice, change.version) && take_number(notice, what) &&
                        take_number(notice, change.comment) && take_number(notice, aged);
  if (!is_whole || what < 0 || what > static_cast<int>(ThreadEvent::What::Reactions)) {
    return std::nullopt;
  }
  change.is_aged = aged != 0;
  change.what = static_cast<ThreadEvent::What>(what);
  change.thread = notice;
  return change;
}

Result<std::unique_ptr<Relay>> Relay::start(const std::string& database, Service& service,
                                            EventSink& sink, Clock clock) {
  auto name = random_bytes(8);
  if (!name) return name.error();
  std::unique_ptr<Relay> relay(new Relay(database, service, sink, std::move(clock)));
  for (const char byte : *name) relay->process_ += static_cast<char>('a' + (byte & 15));
  // A standby has no notices; there the relay goes on trying until it is made the primary.
  auto notifications = Notifications::listen(database, service.channel());
  if (notifications) relay->notifications_ = std::move(*notifications);
  service.publish_by_notices();
  const BlockedSignals blocked;
  relay->thread_ = std::thread([relay = relay.get()] { relay->run(); });
  return relay;
}

Relay::~Relay() {
  is_ending_ = true;
  if (thread_.joinable()) thread_.join();
}

void Relay::settle() {
  std::unique_lock lock(mutex_);
  const int mark = ++marks_sent_;
  lock.unlock();
  if (!service_.send_to_all("m " + process_ + " " + std::to_string(mark))) return;
  lock.lock();
  has_heard_.wait_for(lock, std::chrono::seconds(1), [&] { return marks_heard_ >= mark; });
}

void Relay::run() {
  while (!is_ending_) {
    if (notifications_ == nullptr) connect_again();
    if (notifications_ != nullptr) relay();
  }
}

void Relay::relay() {
  auto shared = std::chrono::steady_clock::now();
  while (!is_ending_) {
    const auto notices = notifications_->wait(kTurn);
    if (!notices) break;
    take(*notices);
    const auto now = std::chrono::steady_clock::now();
    if (now - shared < kTurn) continue;
    shared = now;
    if (!share_rates()) break;
  }
  notifications_.reset();
}

void Relay::connect_again() {
  auto pause = kShortestPause;
  while (!is_ending_) {
    auto opened = Notifications::listen(database_, service_.channel());
    if (opened) {
      notifications_ = std::move(*opened);
      // What was committed meanwhile nobody has told of.
      return sink_.miss();
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, kLongestPause);
  }
}

void Relay::take(const std::vector<std::string>& notices) {
  std::vector<ChangeNotice> changes;
  int marks = 0;
  for (const std::string& notice : notices) {
    if (notice.starts_with("m ")) {
      marks += notice.starts_with("m " + process_ + " ") ? 1 : 0;
    } else if (auto change = change_from_notice(notice)) {
      changes.push_back(std::move(*change));
    } else if (!notice.starts_with("r " + process_ + " ")) {
      service_.hear_of_rates(notice, clock_());
    }
  }
  if (!changes.empty()) publish(changes);
  if (marks == 0) return;
  {
    const std::lock_guard lock(mutex_);
    marks_heard_ += marks;
  }
  has_heard_.notify_all();
}

void Relay::publish(const std::vector<ChangeNotice>& changes) {
  const auto events = service_.events_of(changes);
  if (!events) return sink_.miss();
  for (const ThreadEvent& event : *events) sink_.publish(event);
}

Status Relay::share_rates() {
  for (const std::string& notice : service_.rates_to_tell("r " + process_)) {
    if (Status status = notifications_->send(notice); !status) return status;
  }
  return {};
}

}  // namespace parlance
