#include "web/server/service/happenings.h"

#include <nlohmann/json.hpp>

#include "web/server/service/guest_token.h"
#include "web/server/service/hmac.h"
#include "web/server/service/moderation.h"
#include "web/server/store/outbox.h"
#include "web/server/store/subscriptions.h"
#include "web/server/store/webhooks.h"

namespace parlance {
namespace {

using nlohmann::json;

std::string_view event_name(Happening what) {
  switch (what) {
    case Happening::Created:
      return "comment.created";
    case Happening::Edited:
      return "comment.edited";
    case Happening::Approved:
      return "comment.approved";
    case Happening::Held:
      return "comment.held";
    case Happening::Spam:
      return "comment.spam";
    case Happening::Deleted:
      return "comment.deleted";
    case Happening::Reported:
      return "comment.reported";
  }
  return "comment.edited";
}

json id_or_null(RowId id) { return id == 0 ? json() : json(std::to_string(id)); }

std::string body_of(const Happened& happened, const std::string& id) {
  const CommentRow& comment = happened.comment;
  const json body = {{"id", id},
                     {"event", event_name(happened.what)},
                     {"created", happened.now},
                     {"site", happened.site.key},
                     {"thread",
                      {{"key", happened.thread.key},
                       {"title", happened.thread.title},
                       {"url", happened.thread.url}}},
                     {"comment",
                      {{"id", std::to_string(comment.id)},
                       {"parent", id_or_null(comment.parent)},
                       {"author", comment.author},
                       {"status", status_name(comment.status)},
                       {"created", comment.created},
                       {"edited", comment.edited == 0 ? json() : json(comment.edited)},
                       {"text", comment.text}}}};
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

Status tell_webhooks(Connection& connection, const Happened& happened) {
  const auto webhooks = list_webhooks(connection, happened.site.id);
  if (!webhooks) return webhooks.error();
  for (const WebhookRow& webhook : *webhooks) {
    if (webhook.disabled != 0) continue;
    const auto random = random_bytes(12);
    if (!random) return random.error();
    const std::string id = "event." + hex_of(*random);
    const OutboxRow row{.webhook = webhook.id, .name = id, .payload = body_of(happened, id)};
    if (Status added = add_outbox(connection, row, happened.now); !added) return added;
  }
  return {};
}

}  // namespace

Happening happening_of(CommentStatus status) {
  switch (status) {
    case CommentStatus::Pending:
      return Happening::Held;
    case CommentStatus::Approved:
      return Happening::Approved;
    case CommentStatus::Spam:
      return Happening::Spam;
    case CommentStatus::Deleted:
      break;
  }
  return Happening::Deleted;
}

Status note_happening(Connection& connection, const Happened& happened) {
  if (Status told = tell_webhooks(connection, happened); !told) return told;
  const bool is_new = happened.what == Happening::Created || happened.what == Happening::Approved;
  if (!is_new || happened.comment.status != CommentStatus::Approved) return {};
  return announce(connection, happened.thread.id, happened.comment.id, happened.now);
}

std::string webhook_signature(std::string_view secret, UnixSeconds now, std::string_view body) {
  const std::string time = std::to_string(now);
  const std::string signed_text = time + "." + std::string(body);
  return "t=" + time + ",v1=" + hex_of(hmac_sha256(secret, signed_text));
}

}  // namespace parlance
