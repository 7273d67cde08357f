#include "web/server/service/moderators.h"

#include <doctest/doctest.h>

#include "tests/unit/server/store/temporary_store.h"
#include "web/server/service/password.h"
#include "web/server/service/team.h"
#include "web/server/service/totp.h"
#include "web/server/store/audit.h"

using namespace parlance;

namespace {

constexpr const char* kPassword = "correct horse battery";

struct ModeratorsFixture {
  ModeratorsFixture() : moderators(*files.store, limiter), team(*files.store) {
    site = files.add_site("news");
    other = files.add_site("other");
    REQUIRE(team.add(site, "Mara", kPassword, AccountRole::Moderator, {.now = now}).has_value());
  }

  Result<SignedIn> sign_in(const std::string& name, const std::string& password,
                           const std::string& code = "") {
    return moderators.sign_in(site, {name, password, code}, {"", "127.0.0.1", now});
  }
  Caller with(const std::string& token) const { return {token, "127.0.0.1", now}; }
  Caller signed_in() { return with(sign_in("Mara", kPassword).value().token); }

  // Gives Mara a second factor and answers its secret and its recovery codes.
  std::pair<std::string, std::vector<std::string>> add_second_factor() {
    const Moderator who = moderators.moderator(site, signed_in()).value();
    REQUIRE(moderators.offer_totp(site, who, kPassword, with("")).has_value());
    const std::string secret = stored().totp_next;
    const auto codes = moderators.confirm_totp(who, totp_code(secret, now / 30), with(""));
    REQUIRE(codes.has_value());
    return {secret, *codes};
  }
  Account stored() {
    const auto found = files.store->read(
        [&](Connection& connection) { return find_account(connection, site.id, "Mara"); });
    return found->value();
  }

  TemporaryStore files;
  RateLimiter limiter;
  Moderators moderators;
  Team team;
  Site site;
  Site other;
  UnixSeconds now = 1'700'000'010;
};

}  // namespace

TEST_CASE("totp: gives the codes of RFC 6238, appendix B") {
  const std::string secret = "12345678901234567890";
  const std::pair<UnixSeconds, const char*> rows[] = {
      {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
      {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [time, code] : rows) {
    CAPTURE(time);
    CHECK(totp_code(secret, time / 30) == code);
    CHECK(totp_step(secret, code, time) == time / 30);
    CHECK(totp_step(secret, code, time + 30) == time / 30);
    CHECK_FALSE(totp_step(secret, code, time + 90).has_value());
  }
  CHECK_FALSE(totp_step("", totp_code("", 1), 30).has_value());
  CHECK(to_base32("foobar") == "MZXW6YTBOI");
}

TEST_CASE("password: is kept as argon2id with a salt of its own, and bounded") {
  const std::string hash = hash_password(kPassword).value();
  CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(hash != hash_password(kPassword).value());
  CHECK(is_password(kPassword, hash).value());
  CHECK_FALSE(is_password("correct horse batterz", hash).value());
  CHECK_FALSE(is_password(kPassword, "").value());
  CHECK(hash_password("too short").error().field == "password");
  CHECK(hash_password(std::string(201, 'x')).error().field == "password");
}

TEST_CASE("moderators: who knows the password is let in, and nobody else is told why not") {
  ModeratorsFixture fixture;
  const auto signed_in = fixture.sign_in("Mara", kPassword);
  REQUIRE(signed_in.has_value());
  const auto who = fixture.moderators.moderator(fixture.site, fixture.with(signed_in->token));
  REQUIRE(who.has_value());
  CHECK(who->account.name == "Mara");

  CHECK(fixture.sign_in("Mara", "wrong password").error().code == ErrorCode::SignInFailed);
  CHECK(fixture.sign_in("mara", kPassword).error().code == ErrorCode::SignInFailed);
  CHECK(fixture.sign_in("Nobody", kPassword).error().code == ErrorCode::SignInFailed);
}

TEST_CASE("moderators: a session is for its site, and nothing made up is one") {
  ModeratorsFixture fixture;
  const Caller mara = fixture.signed_in();
  const auto code = [&](const Site& site, const Caller& caller) {
    return fixture.moderators.moderator(site, caller).error().code;
  };
  CHECK(code(fixture.other, mara) == ErrorCode::TokenInvalid);
  CHECK(code(fixture.site, fixture.with("")) == ErrorCode::TokenRequired);
  CHECK(code(fixture.site, fixture.with("m1.x")) == ErrorCode::TokenInvalid);
  CHECK(code(fixture.site, fixture.with("g1.x.y")) == ErrorCode::TokenInvalid);
  CHECK(fixture.moderators.moderator(fixture.site, mara, AccountRole::Owner).error().code ==
        ErrorCode::NotAllowed);
}

TEST_CASE("moderators: a session ends when it is left alone, and in the end anyway") {
  ModeratorsFixture fixture;
  Caller mara = fixture.signed_in();
  const UnixSeconds begin = mara.now;
  const auto ask = [&] { return fixture.moderators.moderator(fixture.site, mara); };

  for (mara.now = begin; mara.now <= begin + Moderators::kSessionSeconds;
       mara.now += Moderators::kIdleSeconds) {
    CHECK(ask().has_value());
  }
  CHECK(ask().error().code == ErrorCode::TokenExpired);

  mara = fixture.signed_in();
  mara.now += Moderators::kIdleSeconds + 1;
  CHECK(ask().error().code == ErrorCode::TokenExpired);
}

TEST_CASE("moderators: signing out ends one session or all of them, a new password all") {
  ModeratorsFixture fixture;
  const Caller one = fixture.signed_in();
  const Caller two = fixture.signed_in();
  const auto is_in = [&](const Caller& caller) {
    return fixture.moderators.moderator(fixture.site, caller).has_value();
  };

  REQUIRE(fixture.moderators.sign_out(fixture.moderators.moderator(fixture.site, one).value()));
  CHECK_FALSE(is_in(one));
  CHECK(is_in(two));

  const Caller three = fixture.signed_in();
  REQUIRE(fixture.moderators.sign_out_everywhere(
      fixture.moderators.moderator(fixture.site, three).value()));
  CHECK_FALSE(is_in(two));
  CHECK_FALSE(is_in(three));

  const Caller four = fixture.signed_in();
  REQUIRE(fixture.team.set_password(fixture.site, "Mara", "another password", {}));
  CHECK_FALSE(is_in(four));
  CHECK(fixture.sign_in("Mara", "another password").has_value());
}

TEST_CASE("moderators: a second factor is asked for, and each of its codes counts once") {
  ModeratorsFixture fixture;
  const auto [secret, recovery] = fixture.add_second_factor();
  CHECK(recovery.size() == Moderators::kRecoveryCodes);

  CHECK(fixture.sign_in("Mara", kPassword).error().code == ErrorCode::CodeRequired);
  CHECK(fixture.sign_in("Mara", "wrong password").error().code == ErrorCode::SignInFailed);
  // The code that confirmed it was used by that.
  const std::string used = totp_code(secret, fixture.now / 30);
  CHECK(fixture.sign_in("Mara", kPassword, used).error().code == ErrorCode::SignInFailed);
  const std::string next = totp_code(secret, fixture.now / 30 + 1);
  CHECK(fixture.sign_in("Mara", kPassword, next).has_value());
  CHECK(fixture.sign_in("Mara", kPassword, next).error().code == ErrorCode::SignInFailed);

  CHECK(fixture.sign_in("Mara", kPassword, recovery[3]).has_value());
  CHECK(fixture.sign_in("Mara", kPassword, recovery[3]).error().code == ErrorCode::SignInFailed);
  CHECK(fixture.stored().totp == secret);
}

TEST_CASE("moderators: who guesses is stopped, from one address and at one name") {
  ModeratorsFixture fixture;
  const auto guess = [&](const std::string& name, const std::string& address) {
    return fixture.moderators
        .sign_in(fixture.site, {name, "wrong password", ""}, {"", address, fixture.now})
        .error()
        .code;
  };
  for (int i = 0; i < 20; ++i) {
    CHECK(guess("Mara", "10.0.0." + std::to_string(i)) == ErrorCode::SignInFailed);
  }
  CHECK(guess("Mara", "10.0.1.1") == ErrorCode::RateLimited);
  CHECK(guess("Nils", "10.0.1.1") == ErrorCode::SignInFailed);
}

TEST_CASE("moderators: an account that is removed takes its sessions with it") {
  ModeratorsFixture fixture;
  fixture.add_second_factor();
  const auto taken = fixture.team.add(fixture.site, "Mara", kPassword, AccountRole::Owner, {});
  CHECK(taken.error().field == "name");
  REQUIRE(fixture.team.remove(fixture.site, "Mara", {}));
  CHECK(fixture.team.list(fixture.site)->empty());
  CHECK(fixture.sign_in("Mara", kPassword).error().code == ErrorCode::SignInFailed);
  CHECK(fixture.team.remove(fixture.site, "Mara", {}).error().field == "name");
}

TEST_CASE("moderators: another password needs the old one, and ends the other sessions") {
  ModeratorsFixture fixture;
  const Caller here = fixture.signed_in();
  const Caller elsewhere = fixture.signed_in();
  const Moderator who = fixture.moderators.moderator(fixture.site, here).value();
  const std::string wanted = "staple, correctly";

  const auto change = [&](const std::string& old, const std::string& next) {
    return fixture.moderators.change_password(who, old, next, here);
  };
  CHECK(change("not the password", wanted).error().code == ErrorCode::SignInFailed);
  CHECK(change(kPassword, "short").error().field == "password");
  CHECK(change(kPassword, wanted));

  CHECK(fixture.moderators.moderator(fixture.site, here).has_value());
  CHECK(fixture.moderators.moderator(fixture.site, elsewhere).error().code ==
        ErrorCode::TokenInvalid);
  CHECK(fixture.sign_in("Mara", kPassword).error().code == ErrorCode::SignInFailed);
  CHECK(fixture.sign_in("Mara", wanted).has_value());
}

TEST_CASE("team: whoever changes it stands in the audit log, and changes nothing of their own") {
  ModeratorsFixture fixture;
  const Changer mara{fixture.stored().id, "Mara", fixture.now};
  REQUIRE(fixture.team.add(fixture.site, "Nils", kPassword, AccountRole::Moderator, mara));
  REQUIRE(fixture.team.set_role(fixture.site, "Nils", AccountRole::Owner, mara));
  CHECK(fixture.team.set_role(fixture.site, "Mara", AccountRole::Owner, mara).error().field ==
        "name");
  CHECK(fixture.team.remove(fixture.site, "Mara", mara).error().code == ErrorCode::InvalidField);
  CHECK(fixture.team.remove(fixture.other, "Nils", mara).error().code == ErrorCode::NotFound);
  REQUIRE(fixture.team.remove(fixture.site, "Nils", mara));

  const auto acts = fixture.files.store->read(
      [&](Connection& connection) { return list_audit(connection, fixture.site.id, 1'000, 10); });
  REQUIRE(acts->size() == 4);
  CHECK((*acts)[0].action == "remove moderator");
  CHECK((*acts)[0].name == "Mara");
  CHECK((*acts)[0].subject == "Nils");
  CHECK((*acts)[0].before == "owner");
  CHECK((*acts)[3].name == "parlance-server");
}

TEST_CASE("team: a new password can be read out and typed") {
  const std::string password = new_password().value();
  CHECK(password.size() == 19);
  CHECK(password[4] == '-');
  CHECK(password != new_password().value());
}
