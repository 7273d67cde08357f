#include "web/server/service/moderators.h"

#include "web/server/service/account_turn.h"
#include "web/server/service/base64url.h"
#include "web/server/service/password.h"
#include "web/server/service/totp.h"

namespace parlance {
namespace {

constexpr std::string_view kTokenVersion = "m1.";
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kRecoveryCodeBytes = 10;
// Somebody who works in the console is not written down more often than this.
constexpr UnixSeconds kTouchSeconds = 300;
constexpr Rate kTriesOfAddress{30};
constexpr Rate kTriesForName{20};

Error sign_in_failed() {
  return {ErrorCode::SignInFailed, "the name, the password or the code is wrong", ""};
}

// As it is written down and hashed: without the spaces and hyphens that people type, in capitals.
std::string recovery_hash(std::string_view code) {
  std::string plain;
  for (const char c : code) {
    if (c == ' ' || c == '-') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return sha256(plain);
}

}  // namespace

bool is_session_token(std::string_view token) { return token.starts_with(kTokenVersion); }

bool Moderators::may_try(const Site& site, const std::string& name, const Caller& caller) {
  // Both are counted: many names from one address, and one name from many addresses.
  const bool by_address = tries_.take("sign in@" + caller.address, kTriesOfAddress, caller.now);
  const std::string who = sha256(site.key + '/' + name);
  return tries_.take("sign in#" + who, kTriesForName, caller.now) && by_address;
}

Status Moderators::use_code(Connection& connection, Account& account, const std::string& code,
                            UnixSeconds now) {
  if (const auto step = totp_step(account.totp, code, now)) {
    if (*step <= account.totp_step) return sign_in_failed();
    account.totp_step = *step;
    return update_account(connection, account);
  }
  const auto taken = take_recovery_code(connection, account.id, recovery_hash(code));
  if (!taken) return taken.error();
  return *taken ? Status() : Status(sign_in_failed());
}

Result<SignedIn> Moderators::sign_in(const Site& site, const SignIn& proof, const Caller& caller) {
  if (!may_try(site, proof.name, caller)) {
    return Error{ErrorCode::RateLimited, "too many tries to sign in", ""};
  }
  const auto known = store_.read(
      [&](Connection& connection) { return find_account(connection, site.id, proof.name); });
  if (!known) return known.error();
  const std::string hash = known->has_value() ? (*known)->password : std::string();
  const auto is_right = is_password(proof.password, hash);
  if (!is_right) return is_right.error();
  if (!*is_right) return sign_in_failed();
  if (!(*known)->totp.empty() && proof.code.empty()) {
    return Error{ErrorCode::CodeRequired, "this account has a second factor", "code"};
  }
  const auto secret = random_bytes(kTokenBytes);
  if (!secret) return secret.error();
  SignedIn signed_in;
  signed_in.token = std::string(kTokenVersion) + to_base64url(bytes_of(*secret));
  signed_in.moderator.session = sha256(signed_in.token);
  signed_in.moderator.expires = caller.now + kSessionSeconds;
  return store_.write(accounts_lane(site.id), [&](Store::Change& change) -> Result<SignedIn> {
    Connection& connection = change.connection();
    // Read again: what was checked may have been changed in the meantime.
    auto account = find_account(connection, (*known)->id);
    if (!account) return account.error();
    if (!account->has_value() || (*account)->password != hash) return sign_in_failed();
    if (!(*account)->totp.empty()) {
      Status used = use_code(connection, **account, proof.code, caller.now);
      if (!used) return used.error();
    }
    Status done =
        forget_sessions(connection, caller.now - kSessionSeconds, caller.now - kIdleSeconds);
    if (done) {
      done = add_session(connection, signed_in.moderator.session,
                         {(*account)->id, caller.now, caller.now});
    }
    if (!done) return done.error();
    signed_in.moderator.account = std::move(**account);
    return signed_in;
  });
}

Result<Moderator> Moderators::moderator(const Site& site, const Caller& caller, AccountRole least) {
  if (caller.token.empty()) return Error{ErrorCode::TokenRequired, "sign in first", ""};
  const Error invalid{ErrorCode::TokenInvalid, "not the token of a moderator of this site", ""};
  if (!is_session_token(caller.token) || caller.token.size() > kMaxTokenBytes) return invalid;
  Moderator who;
  who.session = sha256(caller.token);
  Session session;
  const auto found = store_.read([&](Connection& connection) -> Result<bool> {
    const auto kept = find_session(connection, who.session);
    if (!kept) return kept.error();
    if (!kept->has_value()) return false;
    session = **kept;
    auto account = find_account(connection, session.account);
    if (!account) return account.error();
    if (!account->has_value() || (*account)->site != site.id) return false;
    who.account = std::move(**account);
    return true;
  });
  if (!found) return found.error();
  if (!*found) return invalid;
  if (caller.now > session.used + kIdleSeconds || caller.now > session.created + kSessionSeconds) {
    return Error{ErrorCode::TokenExpired, "sign in again", ""};
  }
  if (who.account.role < least) {
    return Error{ErrorCode::NotAllowed, "only owners of the site may", ""};
  }
  who.expires = session.created + kSessionSeconds;
  if (caller.now > session.used + kTouchSeconds) {
    // What cannot be written now is written the next time: reading goes on.
    static_cast<void>(
        store_.write(accounts_lane(site.id), [&](Store::Change& change) -> Result<bool> {
          Status touched = touch_session(change.connection(), who.session, caller.now);
          if (!touched) return touched.error();
          return true;
        }));
  }
  return who;
}

Status Moderators::sign_out(const Moderator& who) {
  const auto done =
      store_.write(accounts_lane(who.account.site), [&](Store::Change& change) -> Result<bool> {
        Status removed = remove_session(change.connection(), who.session);
        if (!removed) return removed.error();
        return true;
      });
  return done ? Status() : Status(done.error());
}

Status Moderators::sign_out_everywhere(const Moderator& who) {
  const auto done =
      store_.write(accounts_lane(who.account.site), [&](Store::Change& change) -> Result<bool> {
        Status removed = remove_sessions(change.connection(), who.account.id);
        if (!removed) return removed.error();
        return true;
      });
  return done ? Status() : Status(done.error());
}

Status Moderators::check_proof(const Moderator& who, const std::string& password,
                               const Caller& caller) {
  if (!tries_.take("proof#" + std::to_string(who.account.id), kTriesForName, caller.now)) {
    return Error{ErrorCode::RateLimited, "too many tries", ""};
  }
  const auto is_right = is_password(password, who.account.password);
  if (!is_right) return is_right.error();
  return *is_right ? Status() : Status(sign_in_failed());
}

Status Moderators::change_password(const Moderator& who, const std::string& password,
                                   const std::string& wanted, const Caller& caller) {
  if (Status proved = check_proof(who, password, caller); !proved) return proved;
  auto hash = hash_password(wanted);
  if (!hash) return hash.error();
  return change_account(
      store_, who.account.site, who.account.name,
      [&](Connection& connection, Account& account) -> Status {
        account.password = *hash;
        Status ended = remove_sessions(connection, account.id);
        if (!ended) return ended;
        // The one that this was asked in goes on.
        const UnixSeconds created = who.expires - kSessionSeconds;
        return add_session(connection, who.session, {account.id, created, caller.now});
      });
}

Result<TotpOffer> Moderators::offer_totp(const Site& site, const Moderator& who,
                                         const std::string& password, const Caller& caller) {
  if (Status proved = check_proof(who, password, caller); !proved) return proved.error();
  const auto secret = random_bytes(kTotpSecretBytes);
  if (!secret) return secret.error();
  Status kept =
      change_account(store_, site.id, who.account.name, [&](Connection&, Account& account) {
        account.totp_next = *secret;
        return Status();
      });
  if (!kept) return kept.error();
  return TotpOffer{to_base32(*secret), totp_uri(*secret, site.name, who.account.name)};
}

Result<std::vector<std::string>> Moderators::confirm_totp(const Moderator& who,
                                                          const std::string& code,
                                                          const Caller& caller) {
  if (!tries_.take("proof#" + std::to_string(who.account.id), kTriesForName, caller.now)) {
    return Error{ErrorCode::RateLimited, "too many tries", ""};
  }
  std::vector<std::string> codes;
  std::vector<std::string> hashes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    const auto bytes = random_bytes(kRecoveryCodeBytes);
    if (!bytes) return bytes.error();
    codes.push_back(grouped(to_base32(*bytes)));
    hashes.push_back(recovery_hash(codes.back()));
  }
  Status kept = change_account(store_, who.account.site, who.account.name,
                               [&](Connection& connection, Account& account) -> Status {
                                 const auto step = totp_step(account.totp_next, code, caller.now);
                                 if (!step) return sign_in_failed();
                                 account.totp = std::exchange(account.totp_next, "");
                                 account.totp_step = *step;
                                 return put_recovery_codes(connection, account.id, hashes);
                               });
  if (!kept) return kept.error();
  return codes;
}

Status Moderators::remove_totp(const Moderator& who, const std::string& password,
                               const std::string& code, const Caller& caller) {
  if (Status proved = check_proof(who, password, caller); !proved) return proved;
  return change_account(store_, who.account.site, who.account.name,
                        [&](Connection& connection, Account& account) -> Status {
                          if (account.totp.empty()) return {};
                          Status used = use_code(connection, account, code, caller.now);
                          if (!used) return used;
                          account.totp.clear();
                          return put_recovery_codes(connection, account.id, {});
                        });
}

}  // namespace parlance
