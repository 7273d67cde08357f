// Moderators sign in and out, and look after their password and second factor.
#include "web/server/rest/api.h"
#include "web/server/rest/json_body.h"
#include "web/server/service/password.h"
#include "widget/backends/json_writer.h"

namespace parlance {
namespace {

constexpr std::size_t kMaxNameBytes = 80;
constexpr std::size_t kMaxCodeBytes = 64;

void write_moderator(JsonWriter& writer, const Moderator& who) {
  writer.key("moderator");
  writer.begin_object();
  writer.member("name", who.account.name);
  writer.member("role", role_name(who.account.role));
  writer.member("second_factor", !who.account.totp.empty());
  writer.member("expires", who.expires);
  writer.end_object();
}

struct Proof {
  std::string password;
  std::string code;
};

// The fields that prove who asks.
Result<Proof> read_proof(const JsonBody& body) {
  auto password = body.text("password", kMaxPasswordBytes);
  if (!password) return password.error();
  auto code = body.text_or("code", kMaxCodeBytes, "");
  if (!code) return code.error();
  return Proof{std::move(*password), std::move(*code)};
}

}  // namespace

HttpResponse private_json(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(body);
  response.add_header("Cache-Control", "no-store");
  return response;
}

HttpResponse private_nothing() {
  HttpResponse response;
  response.status = 204;
  response.add_header("Cache-Control", "no-store");
  return response;
}

Result<HttpResponse> Api::post_session(const Call& call) {
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  auto name = body->text("name", kMaxNameBytes);
  if (!name) return name.error();
  auto proof = read_proof(*body);
  if (!proof) return proof.error();
  const auto signed_in = moderators_.sign_in(
      call.site, {std::move(*name), std::move(proof->password), std::move(proof->code)},
      call.caller);
  if (!signed_in) return signed_in.error();
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("token", signed_in->token);
  write_moderator(writer, signed_in->moderator);
  writer.end_object();
  return private_json(201, std::move(json));
}

Result<HttpResponse> Api::get_session(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  write_moderator(writer, *who);
  writer.end_object();
  return private_json(200, std::move(json));
}

Result<HttpResponse> Api::delete_session(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  if (Status done = moderators_.sign_out(*who); !done) return done.error();
  return private_nothing();
}

Result<HttpResponse> Api::delete_sessions(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  if (Status done = moderators_.sign_out_everywhere(*who); !done) return done.error();
  return private_nothing();
}

Result<HttpResponse> Api::put_password(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  const auto password = body->text("password", kMaxPasswordBytes);
  if (!password) return password.error();
  const auto wanted = body->text("new_password", kMaxPasswordBytes);
  if (!wanted) return wanted.error();
  Status changed = moderators_.change_password(*who, *password, *wanted, call.caller);
  if (!changed) return changed.error();
  return private_nothing();
}

Result<HttpResponse> Api::post_second_factor(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  const auto proof = read_proof(*body);
  if (!proof) return proof.error();
  const auto offer = moderators_.offer_totp(call.site, *who, proof->password, call.caller);
  if (!offer) return offer.error();
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("secret", offer->secret);
  writer.member("uri", offer->uri);
  writer.end_object();
  return private_json(201, std::move(json));
}

Result<HttpResponse> Api::put_second_factor(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  const auto code = body->text("code", kMaxCodeBytes);
  if (!code) return code.error();
  const auto recovery = moderators_.confirm_totp(*who, *code, call.caller);
  if (!recovery) return recovery.error();
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.key("recovery_codes");
  writer.begin_array();
  for (const std::string& one : *recovery) writer.string(one);
  writer.end_array();
  writer.end_object();
  return private_json(200, std::move(json));
}

Result<HttpResponse> Api::delete_second_factor(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller);
  if (!who) return who.error();
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  const auto proof = read_proof(*body);
  if (!proof) return proof.error();
  Status removed = moderators_.remove_totp(*who, proof->password, proof->code, call.caller);
  if (!removed) return removed.error();
  return private_nothing();
}

}  // namespace parlance
