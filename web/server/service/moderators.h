// Who moderates: signing in and out, and what proves that it is them. Safe to use from several
// threads at once.
//
//   session token   "m1." base64url(32 random bytes); the database has its SHA-256 only
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/server/service/service.h"
#include "web/server/store/accounts.h"

namespace parlance {

// Somebody who has signed in.
struct Moderator {
  Account account;
  std::string session;  // The hash of the token.
  UnixSeconds expires = 0;
};

struct SignIn {
  std::string name;
  std::string password;
  std::string code;  // Of the second factor, or a recovery code. Empty: none was given.
};

struct SignedIn {
  std::string token;
  Moderator moderator;
};

// A second factor that its owner has yet to confirm.
struct TotpOffer {
  std::string secret;  // In base 32, to be typed.
  std::string uri;
};

class Moderators {
 public:
  static constexpr UnixSeconds kIdleSeconds = 24 * 3'600;
  static constexpr UnixSeconds kSessionSeconds = 14 * 24 * 3'600;
  static constexpr int kRecoveryCodes = 10;

  // Both must outlive it. Tries are counted by `limiter`, which may share them with others.
  Moderators(Store& store, RateLimiter& limiter) : store_(store), tries_(limiter) {}

  // Fails with SignInFailed, which takes as long whatever is wrong; with CodeRequired, when only
  // the code is missing; with RateLimited or Overloaded.
  Result<SignedIn> sign_in(const Site& site, const SignIn& proof, const Caller& caller);

  // Who the caller's token was given to. Fails with TokenRequired, TokenInvalid, or TokenExpired
  // when nothing was heard of them for kIdleSeconds, or they signed in kSessionSeconds ago; and
  // with NotAllowed when their role may not.
  Result<Moderator> moderator(const Site& site, const Caller& caller,
                              AccountRole least = AccountRole::Moderator);

  Status sign_out(const Moderator& who);
  // Ends every session of theirs.
  Status sign_out_everywhere(const Moderator& who);

  // Gives an account of one's own another password, and ends its other sessions. Fails with
  // SignInFailed, RateLimited, or InvalidField when `wanted` is not usable.
  Status change_password(const Moderator& who, const std::string& password,
                         const std::string& wanted, const Caller& caller);

  // A second factor is offered to who knows the password, and is in force once one of its codes
  // confirms it; then its recovery codes are answered, once. Fail with SignInFailed or RateLimited.
  Result<TotpOffer> offer_totp(const Site& site, const Moderator& who, const std::string& password,
                               const Caller& caller);
  Result<std::vector<std::string>> confirm_totp(const Moderator& who, const std::string& code,
                                                const Caller& caller);
  Status remove_totp(const Moderator& who, const std::string& password, const std::string& code,
                     const Caller& caller);

 private:
  bool may_try(const Site& site, const std::string& name, const Caller& caller);
  Status check_proof(const Moderator& who, const std::string& password, const Caller& caller);
  // Uses the code up. Fails with SignInFailed.
  Status use_code(Connection& connection, Account& account, const std::string& code,
                  UnixSeconds now);

  Store& store_;
  RateLimiter& tries_;
};

// Whether the token is of the kind that moderators have.
bool is_session_token(std::string_view token);

}  // namespace parlance
