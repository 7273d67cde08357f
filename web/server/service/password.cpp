#include "web/server/service/password.h"

#include <argon2.h>

#include <condition_variable>
#include <mutex>

#include "web/server/service/guest_token.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

constexpr std::uint32_t kPasses = 2;
constexpr std::uint32_t kKibibytes = 19'456;
constexpr std::uint32_t kParallel = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;

// What an unknown name is checked against: of these parameters, and nobody's.
constexpr const char* kNobody =
    "$argon2id$v=19$m=19456,t=2,p=1$cGFybGFuY2UtLW5vYm9keQ"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

// Lets a few in at a time.
class Gate {
 public:
  bool enter() {
    std::unique_lock lock(mutex_);
    if (waiting_ >= kMostWaiting) return false;
    ++waiting_;
    free_.wait(lock, [this] { return inside_ < kMostInside; });
    --waiting_;
    ++inside_;
    return true;
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    --inside_;
    free_.notify_one();
  }

 private:
  static constexpr int kMostInside = 2;
  static constexpr int kMostWaiting = 16;

  std::mutex mutex_;
  std::condition_variable free_;
  int inside_ = 0;
  int waiting_ = 0;
};

Gate& gate() {
  static Gate only;
  return only;
}

Status check_password(std::string_view password) {
  if (!is_valid_utf8(password) || password.size() > kMaxPasswordBytes) {
    return Error{ErrorCode::InvalidField, "password: at most 200 bytes of UTF-8", "password"};
  }
  std::size_t count = 0;
  for (std::size_t at = 0; at < password.size(); ++count) at += decode_at(password, at).bytes;
  if (count >= kMinPasswordCodePoints) return {};
  return Error{ErrorCode::InvalidField, "password: at least 10 characters", "password"};
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  if (Status status = check_password(password); !status) return status.error();
  const auto salt = random_bytes(kSaltBytes);
  if (!salt) return salt.error();
  std::string encoded(
      argon2_encodedlen(kPasses, kKibibytes, kParallel, kSaltBytes, kHashBytes, Argon2_id), '\0');
  const int failed =
      argon2id_hash_encoded(kPasses, kKibibytes, kParallel, password.data(), password.size(),
                            salt->data(), salt->size(), kHashBytes, encoded.data(), encoded.size());
  if (failed != ARGON2_OK) {
    return Error{ErrorCode::Internal, argon2_error_message(failed), ""};
  }
  encoded.resize(encoded.find('\0'));
  return encoded;
}

Result<bool> is_password(std::string_view password, const std::string& hash) {
  if (password.size() > kMaxPasswordBytes) password = {};
  if (!gate().enter()) return Error{ErrorCode::Overloaded, "too many sign in at once", ""};
  const int outcome =
      argon2id_verify(hash.empty() ? kNobody : hash.c_str(), password.data(), password.size());
  gate().leave();
  if (outcome == ARGON2_OK) return !hash.empty();
  if (outcome == ARGON2_VERIFY_MISMATCH) return false;
  return Error{ErrorCode::Internal, argon2_error_message(outcome), ""};
}

}  // namespace parlance
