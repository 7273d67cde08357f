// Owners see to who moderates their site. A password is made by the server and shown once.
#include "web/server/rest/api.h"
#include "web/server/rest/json_body.h"
#include "widget/backends/json_writer.h"

namespace parlance {
namespace {

constexpr std::size_t kMaxNameBytes = 80;
constexpr std::size_t kMaxRoleBytes = 20;

Changer changer(const Moderator& who, UnixSeconds now) {
  return {who.account.id, who.account.name, now};
}

Result<AccountRole> read_role(const JsonBody& body) {
  const auto name = body.text("role", kMaxRoleBytes);
  if (!name) return name.error();
  const auto role = role_from(*name);
  if (!role) return Error{ErrorCode::InvalidField, "role: moderator or owner", "role"};
  return *role;
}

HttpResponse password_response(int status, const std::string& password) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.member("password", password);
  writer.end_object();
  return private_json(status, std::move(json));
}

}  // namespace

Result<HttpResponse> Api::get_moderators(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller, AccountRole::Owner);
  if (!who) return who.error();
  const auto accounts = team_.list(call.site);
  if (!accounts) return accounts.error();
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  writer.key("moderators");
  writer.begin_array();
  for (const Account& account : *accounts) {
    writer.begin_object();
    writer.member("name", account.name);
    writer.member("role", role_name(account.role));
    writer.member("second_factor", !account.totp.empty());
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return private_json(200, std::move(json));
}

Result<HttpResponse> Api::post_moderator(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller, AccountRole::Owner);
  if (!who) return who.error();
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  const auto name = body->text("name", kMaxNameBytes);
  if (!name) return name.error();
  const auto role = read_role(*body);
  if (!role) return role.error();
  const auto password = new_password();
  if (!password) return password.error();
  Status added = team_.add(call.site, *name, *password, *role, changer(*who, call.caller.now));
  if (!added) return added.error();
  return password_response(201, *password);
}

Result<HttpResponse> Api::patch_moderator(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller, AccountRole::Owner);
  if (!who) return who.error();
  const auto body = JsonBody::read(call.request);
  if (!body) return body.error();
  const auto role = read_role(*body);
  if (!role) return role.error();
  // The only name after the site's.
  Status set = team_.set_role(call.site, call.thread, *role, changer(*who, call.caller.now));
  if (!set) return set.error();
  return private_nothing();
}

Result<HttpResponse> Api::delete_moderator(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller, AccountRole::Owner);
  if (!who) return who.error();
  Status removed = team_.remove(call.site, call.thread, changer(*who, call.caller.now));
  if (!removed) return removed.error();
  return private_nothing();
}

Result<HttpResponse> Api::post_new_password(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller, AccountRole::Owner);
  if (!who) return who.error();
  const auto password = new_password();
  if (!password) return password.error();
  Status set =
      team_.set_password(call.site, call.thread, *password, changer(*who, call.caller.now));
  if (!set) return set.error();
  return password_response(201, *password);
}

Result<HttpResponse> Api::delete_member_factor(const Call& call) {
  const auto who = moderators_.moderator(call.site, call.caller, AccountRole::Owner);
  if (!who) return who.error();
  Status forgotten = team_.forget_totp(call.site, call.thread, changer(*who, call.caller.now));
  if (!forgotten) return forgotten.error();
  return private_nothing();
}

}  // namespace parlance
