// The reading of the server's short answers.
#include <array>

#include "widget/backends/json_fields.h"
#include "widget/backends/json_reader.h"
#include "widget/backends/parlance_wire.h"
#include "widget/core/limits.h"

namespace parlance::wire {
namespace {

constexpr std::int64_t kMaxVotes = 1'000'000'000;

Error bad_response(const Error& cause) { return {ErrorCode::BadResponse, cause.text, cause.field}; }
Error bad_response(const char* why) { return {ErrorCode::BadResponse, why, ""}; }

bool can_travel(ErrorCode code) {
  switch (code) {
    case ErrorCode::Offline:
    case ErrorCode::NetworkFailed:
    case ErrorCode::TimedOut:
    case ErrorCode::BadResponse:
    case ErrorCode::StorageFailed:
      return false;
    default:
      return true;
  }
}

// {"counts": {<thread key>: <number>…}}: an object whose keys are data.
class CountsSink final : public JsonSink {
 public:
  explicit CountsSink(std::map<std::string, int>& counts) : counts_(counts) {}

  bool is_complete() const { return is_complete_; }

  Step on_key(std::string_view name) override {
    if (depth_ == 1) {
      is_counts_next_ = name == "counts";
      return is_counts_next_ ? Step::Take : Step::PassOver;
    }
    key_ = name;
    return Step::Take;
  }
  bool on_scalar(const JsonScalar& value) override {
    if (depth_ != 2 || value.kind != JsonScalar::Kind::Integer) return false;
    if (value.integer < 0 || value.integer > kMaxVotes) return false;
    if (key_.size() > kMaxThreadKeyBytes) return false;
    counts_[key_] = static_cast<int>(value.integer);
    return true;
  }
  bool on_object() override {
    if (++depth_ == 1) return true;
    if (depth_ != 2 || !is_counts_next_) return false;
    counts_.clear();
    is_complete_ = true;
    return true;
  }
  bool on_object_end() override {
    --depth_;
    return true;
  }
  bool on_array() override { return false; }
  bool on_array_end() override { return false; }

 private:
  std::map<std::string, int>& counts_;
  std::string key_;
  int depth_ = 0;
  bool is_counts_next_ = false;
  bool is_complete_ = false;
};

}  // namespace

Result<VoteResult> read_vote_result(std::string_view json) {
  VoteResult result;
  std::int64_t up = 0;
  std::int64_t down = 0;
  std::int64_t vote = 0;
  std::array<JsonField, 4> fields = {{{.name = "id", .text = &result.id, .max_bytes = kMaxIdBytes},
                                      {.name = "up", .integer = &up},
                                      {.name = "down", .integer = &down},
                                      {.name = "vote", .integer = &vote}}};
  if (Status status = read_json_fields(json, "", fields); !status) {
    return bad_response(status.error());
  }
  const auto is_count = [](std::int64_t count) { return count >= 0 && count <= kMaxVotes; };
  if (!is_count(up) || !is_count(down)) return bad_response("a vote count is out of range");
  if (vote < -1 || vote > 1) return bad_response("the vote is not -1, 0 or 1");
  result.up = static_cast<int>(up);
  result.down = static_cast<int>(down);
  result.vote = static_cast<Vote>(vote);
  return result;
}

Result<std::string> read_guest(std::string_view json) {
  std::string token;
  std::array<JsonField, 1> fields = {
      {{.name = "token", .text = &token, .max_bytes = kMaxTokenBytes}}};
  if (Status status = read_json_fields(json, "", fields); !status) {
    return bad_response(status.error());
  }
  if (token.empty()) return bad_response("the token is empty");
  return token;
}

Result<std::map<std::string, int>> read_counts(std::string_view json) {
  std::map<std::string, int> counts;
  CountsSink sink(counts);
  if (read_json(json, sink) != JsonOutcome::Complete) return bad_response("not counts");
  if (!sink.is_complete()) return bad_response("the counts are missing");
  return counts;
}

Result<bool> read_followed(std::string_view json) {
  std::string subscription;
  std::array<JsonField, 1> fields = {
      {{.name = "subscription", .text = &subscription, .max_bytes = 16}}};
  if (Status status = read_json_fields(json, "", fields); !status) {
    return bad_response(status.error());
  }
  return subscription != "confirmed";
}

Error read_failure(std::string_view json) {
  std::string code_name;
  Error failure;
  std::array<JsonField, 4> fields = {
      {{.name = "code", .text = &code_name},
       {.name = "message", .text = &failure.text},
       {.name = "field", .text = &failure.field, .is_optional = true},
       {.name = "detail",
        .text = &failure.detail,
        .is_optional = true,
        .max_bytes = kMaxUrlBytes}}};
  if (Status status = read_json_fields(json, "error", fields); !status) {
    return bad_response(status.error());
  }
  const auto code = error_code_from_wire(code_name);
  if (!code || !can_travel(*code)) return bad_response("an error code that is not on the list");
  failure.code = *code;
  return failure;
}

}  // namespace parlance::wire
