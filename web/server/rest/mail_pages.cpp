#include "web/server/rest/mail_pages.h"

#include <algorithm>
#include <array>

#include "web/server/rest/failure.h"
#include "web/server/service/mail.h"
#include "web/server/service/row_id.h"
#include "web/server/store/outbox.h"

namespace parlance {
namespace {

constexpr std::string_view kConfirm = "/mail/confirm";
constexpr std::string_view kUnsubscribe = "/mail/unsubscribe";
constexpr std::string_view kManage = "/mail/manage";
constexpr std::string_view kStyle = "/mail/style.css";
constexpr std::string_view kMailbox = "/mailbox/";

constexpr const char* kCss = R"css(:root { color-scheme: light dark; }
body { font: 17px/1.5 system-ui, sans-serif; max-width: 40em; margin: 3em auto; padding: 0 1em; }
h1 { font-size: 1.5em; line-height: 1.25; }
button, select { font: inherit; min-height: 44px; padding: 0 1em; border-radius: 6px; }
button { border: 1px solid currentColor; background: none; color: inherit; cursor: pointer; }
form { margin: 0.5em 0; }
li { margin: 1em 0; }
article { border-top: 1px solid; padding: 1em 0; }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
)css";

HttpResponse html_page(const std::string& title, const std::string& body) {
  HttpResponse response;
  response.content_type = "text/html; charset=utf-8";
  response.body =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"robots\" content=\"noindex\">\n"
      "<link rel=\"stylesheet\" href=\"/mail/style.css\">\n<title>" +
      html_of(title) + "</title>\n</head>\n<body>\n<main>\n<h1>" + html_of(title) + "</h1>\n" +
      body + "</main>\n</body>\n</html>\n";
  response.add_header("Cache-Control", "no-store");
  response.add_header("Content-Security-Policy",
                      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
                      "frame-ancestors 'none'");
  return response;
}

std::string paragraph(const std::string& words) { return "<p>" + html_of(words) + "</p>\n"; }

HttpResponse over() {
  return html_page("This link is over",
                   paragraph("What it led to has ended or was never there. If you wanted to follow "
                             "comments, ask again on their page."));
}

using Fields = std::initializer_list<std::pair<const char*, std::string>>;
std::string form(std::string_view path, Fields fields, const std::string& inside) {
  std::string html = "<form method=\"post\" action=\"" + std::string(path) + "\">\n";
  for (const auto& [name, value] : fields) {
    html += std::string("<input type=\"hidden\" name=\"") + name + "\" value=\"" + html_of(value) +
            "\">\n";
  }
  return html + inside + "</form>\n";
}

std::string button(const std::string& words) {
  return "<button type=\"submit\">" + html_of(words) + "</button>\n";
}

std::string link(const std::string& address, const std::string& words) {
  return "<p><a href=\"" + html_of(address) + "\">" + html_of(words) + "</a></p>\n";
}

std::string title_of(const Followed& followed) {
  return followed.thread.title.empty() ? followed.thread.key : followed.thread.title;
}

std::string what_of(const Followed& followed) {
  const bool is_all = followed.subscription.scope == MailScope::All;
  return (is_all ? "new comments on “" : "replies to your comments on “") + title_of(followed) +
         "”";
}

std::string way_back(const Followed& followed) {
  return followed.thread.url.empty() ? std::string()
                                     : link(followed.thread.url, "Back to the page");
}

std::string manage_link(const Followed& followed) {
  return link(std::string(kManage) + "?t=" + followed.token,
              "All of your subscriptions on " + followed.site.name);
}

std::string pace_choice(MailPace pace) {
  constexpr std::array kNames = {"At once", "Once an hour", "Once a day"};
  std::string html = "<label>How often <select name=\"pace\">\n";
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    html += "<option value=\"" + std::to_string(i) + "\"" +
            (i == static_cast<std::size_t>(pace) ? " selected" : "") + ">" + kNames[i] +
            "</option>\n";
  }
  return html + "</select></label>\n" + button("Save");
}

// Only what begins like an address becomes one.
std::string text_with_links(const std::string& text) {
  std::string html;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    const bool is_link =
        line.starts_with("http://") || line.starts_with("https://") || line.starts_with("/mail/");
    const std::string shown = html_of(line);
    html += is_link ? "<a href=\"" + shown + "\">" + shown + "</a>" : shown;
    html += "\n";
    at = end + 1;
  }
  return "<pre>" + html + "</pre>\n";
}

}  // namespace

// A request with its fields: those of a form go before those of its address.
struct MailPages::Asked {
  const HttpRequest& request;
  UnixSeconds now;
  std::multimap<std::string, std::string> fields;

  bool is_post() const { return request.method == "POST"; }
  std::string field(const char* name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  }
};

std::vector<RouteName> MailPages::routes() {
  return {{"GET", kConfirm}, {"POST", kConfirm}, {"GET", kUnsubscribe}, {"POST", kUnsubscribe},
          {"GET", kManage},  {"POST", kManage},  {"GET", kStyle},       {"GET", kMailbox}};
}

bool MailPages::owns(std::string_view path) {
  return path == kMailbox || path.starts_with("/mail/");
}

HttpResponse MailPages::answer(const HttpRequest& request, UnixSeconds now, Error& error) {
  const auto is_path = [&](const RouteName& route) { return route.pattern == request.path; };
  const auto is_route = [&](const RouteName& route) {
    return is_path(route) && route.method == request.method;
  };
  const std::vector<RouteName> all = routes();
  const auto route = std::ranges::find_if(all, is_route);
  const bool is_known = std::ranges::any_of(all, is_path) &&
                        (subscriptions_.is_on() && (request.path != kMailbox || shows_mailbox_));
  auto answered = [&]() -> Result<HttpResponse> {
    if (!is_known) return Error{ErrorCode::NotFound, "no such path", ""};
    if (route == all.end()) return Error{ErrorCode::MethodNotAllowed, "not with this method", ""};
    if (request.path == kMailbox) return mailbox(request);
    auto in_body = query_parameters(request.body);
    const auto in_address = query_parameters(request.query);
    if (!in_body || !in_address) {
      return Error{ErrorCode::InvalidField, "not a form", ""};
    }
    in_body->insert(in_address->begin(), in_address->end());
    return page({request, now, std::move(*in_body)});
  }();
  if (!answered) error = answered.error();
  HttpResponse response = answered ? std::move(*answered) : failure(error);
  if (route != all.end()) response.route = *route;
  return response;
}

Result<HttpResponse> MailPages::page(const Asked& asked) {
  const std::string& path = asked.request.path;
  if (path == kConfirm) return confirm(asked);
  if (path == kUnsubscribe) return unsubscribe(asked);
  if (path == kManage) return manage(asked);
  HttpResponse style;
  style.content_type = "text/css; charset=utf-8";
  style.body = kCss;
  style.add_header("Cache-Control", "public, max-age=3600");
  return style;
}

Result<HttpResponse> MailPages::confirm(const Asked& asked) {
  const std::string token = asked.field("t");
  const auto found = subscriptions_.to_confirm(token, asked.now);
  if (!found) return found.error();
  if (!found->has_value()) return over();
  const Followed& followed = **found;
  if (!asked.is_post() && followed.subscription.confirmed == 0) {
    return html_page("Follow by e-mail?",
                     paragraph(followed.site.name + " will e-mail you " + what_of(followed) + ".") +
                         form(kConfirm, {{"t", token}}, button("Yes, e-mail me")) +
                         way_back(followed));
  }
  if (asked.is_post()) {
    if (Status done = subscriptions_.confirm(followed, asked.now); !done) return done.error();
  }
  return html_page("You are following it",
                   paragraph(followed.site.name + " e-mails you " + what_of(followed) +
                             ". Each mail has a link to stop.") +
                       way_back(followed) + manage_link(followed));
}

Result<HttpResponse> MailPages::unsubscribe(const Asked& asked) {
  const std::string token = asked.field("t");
  const auto found = subscriptions_.to_manage(token);
  if (!found) return found.error();
  if (!found->has_value()) return over();
  const Followed& followed = **found;
  if (!asked.is_post()) {
    return html_page("Stop these mails?",
                     paragraph("You will get no more mail about " + what_of(followed) + ".") +
                         form(kUnsubscribe, {{"t", token}}, button("Stop these mails")) +
                         manage_link(followed));
  }
  if (Status done = subscriptions_.stop(followed); !done) return done.error();
  return html_page(
      "These mails have stopped",
      paragraph("You get no more mail about " + what_of(followed) + ".") + way_back(followed));
}

Status MailPages::change(const Asked& asked, const std::vector<Followed>& all,
                         const Followed& one) {
  if (asked.field("stop") == "all") return subscriptions_.stop_all(one);
  const auto wanted = row_id_from(asked.field("id"));
  const auto found = std::ranges::find_if(
      all, [&](const Followed& other) { return wanted == std::optional(other.subscription.id); });
  if (found == all.end()) return {};
  if (asked.field("stop") == "this") return subscriptions_.stop(*found);
  const std::string pace = asked.field("pace");
  if (pace.size() != 1 || pace[0] < '0' || pace[0] > '2') {
    return Error{ErrorCode::InvalidField, "pace: not a usable value", "pace"};
  }
  return subscriptions_.set_pace(*found, static_cast<MailPace>(pace[0] - '0'));
}

Result<HttpResponse> MailPages::manage(const Asked& asked) {
  const auto found = subscriptions_.to_manage(asked.field("t"));
  if (!found) return found.error();
  if (!found->has_value()) return over();
  const Followed& one = **found;
  auto all = subscriptions_.others_of(one);
  if (!all) return all.error();
  if (asked.is_post()) {
    if (Status done = change(asked, *all, one); !done) return done.error();
    all = subscriptions_.others_of(one);
    if (!all) return all.error();
  }
  if (all->empty()) {
    return html_page("You follow nothing here any more",
                     paragraph(one.site.name + " sends you no more mail about comments."));
  }
  // The one that the link was about may have been stopped.
  const std::string token = all->front().token;
  std::string body = paragraph("What " + one.site.name + " e-mails to " + one.subscription.email);
  body += "<ul>\n";
  for (const Followed& followed : *all) {
    const std::string id = std::to_string(followed.subscription.id);
    const bool waits = followed.subscription.confirmed == 0;
    body += "<li>\n" + paragraph(what_of(followed) + (waits ? " (not yet confirmed)" : "")) +
            form(kManage, {{"t", token}, {"id", id}}, pace_choice(followed.subscription.pace)) +
            form(kManage, {{"t", token}, {"id", id}, {"stop", "this"}}, button("Stop")) + "</li>\n";
  }
  body += "</ul>\n" + form(kManage, {{"t", token}, {"stop", "all"}}, button("Stop all of them"));
  return html_page("Your subscriptions", body);
}

Result<HttpResponse> MailPages::mailbox(const HttpRequest& request) {
  constexpr int kMostShown = 100;
  if (!is_this_machine(request)) return Error{ErrorCode::NotFound, "no such path", ""};
  const auto rows =
      store_.read([&](Connection& connection) { return list_ended_mail(connection, kMostShown); });
  if (!rows) return rows.error();
  std::string body = paragraph(
      "What this server would have sent. Nothing of it has left the machine; the newest comes "
      "first.");
  for (const OutboxRow& row : *rows) {
    const auto mail = mail_from_payload(row.payload);
    if (!mail) continue;
    body += "<article>\n<h2>" + html_of(mail->subject) + "</h2>\n" + paragraph("To " + mail->to) +
            text_with_links(mail->text) + "</article>\n";
  }
  if (rows->empty()) body += paragraph("No mail yet.");
  return html_page("Mailbox", body);
}

}  // namespace parlance
