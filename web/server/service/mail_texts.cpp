#include "web/server/service/mail_texts.h"

#include "web/server/service/guest_token.h"
#include "web/server/service/hmac.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

constexpr std::size_t kMaxExcerpt = 600;  // Code points of a comment.

std::string excerpt(std::string_view text) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size(); ++count) {
    if (count == kMaxExcerpt) return std::string(text.substr(0, at)) + " …";
    at += decode_at(text, at).bytes;
  }
  return sanitized_text(text);
}

// The text and the HTML of a mail, written side by side.
class Writer {
 public:
  void paragraph(std::string_view words) {
    text_ += std::string(words) + "\n\n";
    html_ += "<p>" + html_of(words) + "</p>\n";
  }
  void link(std::string_view words, const std::string& address) {
    text_ += std::string(words) + ":\n" + address + "\n\n";
    html_ += "<p><a href=\"" + html_of(address) + "\">" + html_of(words) + "</a></p>\n";
  }
  void quote(const std::string& author, const std::string& words) {
    text_ += author + ":\n";
    html_ += "<p><strong>" + html_of(author) + "</strong></p>\n<blockquote>";
    for (std::size_t at = 0; at <= words.size();) {
      const std::size_t end = std::min(words.find('\n', at), words.size());
      const std::string line = words.substr(at, end - at);
      text_ += "> " + line + "\n";
      html_ += (at == 0 ? "" : "<br>\n") + html_of(line);
      at = end + 1;
    }
    text_ += "\n";
    html_ += "</blockquote>\n";
  }
  void move_into(Mail& mail) {
    mail.text = std::move(text_);
    mail.html = "<!doctype html>\n<html><head><meta charset=\"utf-8\"></head><body>\n" + html_ +
                "</body></html>\n";
  }

 private:
  std::string text_;
  std::string html_;
};

std::string title_of(const ThreadRow& thread) {
  return thread.title.empty() ? thread.key : thread.title;
}

std::string page_of(const ThreadRow& thread, const CommentRow& comment) {
  if (thread.url.empty()) return {};
  return thread.url.substr(0, thread.url.find('#')) + "#comment-" + std::to_string(comment.id);
}

// The same for all mail about a thread. No message has it; mail programs put together what refers
// to it.
std::string thread_reference(const ThreadRow& thread) {
  const std::string hash = sha256("thread|" + std::to_string(thread.id) + "|" + thread.key);
  return "thread." + hex_of(hash.substr(0, 10)) + "@parlance.invalid";
}

Mail begin_mail(const MailSubject& about) {
  Mail mail;
  mail.from_name = about.site.name;
  mail.to = about.subscription.email;
  mail.about = thread_reference(about.thread);
  return mail;
}

}  // namespace

Mail confirmation_mail(const MailSubject& about, const MailLinks& links) {
  const bool is_all = about.subscription.scope == MailScope::All;
  Mail mail = begin_mail(about);
  mail.subject = "Please confirm: comments on “" + title_of(about.thread) + "”";
  Writer writer;
  writer.paragraph("Somebody, probably you, asked " + about.site.name + " to e-mail you " +
                   (is_all ? "new comments on “" : "replies to your comments on “") +
                   title_of(about.thread) + "”.");
  writer.link("Yes, e-mail me", links.confirm);
  writer.paragraph(
      "If it was not you, do nothing: without your confirmation no mail is sent, and your address "
      "is forgotten after two days.");
  writer.move_into(mail);
  return mail;
}

Mail news_mail(const MailSubject& about, const News& news, const MailLinks& links) {
  const std::string title = title_of(about.thread);
  const bool is_one = news.comments.size() == 1 && !news.has_more;
  const std::string what = about.subscription.scope == MailScope::All ? "comment" : "reply";
  const std::string many = what == "reply" ? "replies" : "comments";
  const std::string count = std::to_string(news.comments.size()) + (news.has_more ? "+" : "");
  Mail mail = begin_mail(about);
  mail.unsubscribe = links.unsubscribe;
  mail.subject = is_one ? news.comments.front().author + ": a new " + what + " on “" + title + "”"
                        : count + " new " + many + " on “" + title + "”";
  Writer writer;
  writer.paragraph("New on " + about.site.name + ", “" + title + "”:");
  for (const CommentRow& comment : news.comments) {
    writer.quote(comment.author, excerpt(comment.text));
    const std::string page = page_of(about.thread, comment);
    if (!page.empty()) writer.link("Read it on the page", page);
  }
  if (news.has_more) writer.paragraph("And more: the rest is on the page.");
  writer.link("Stop these mails", links.unsubscribe);
  writer.link("All of your subscriptions on " + about.site.name, links.manage);
  writer.move_into(mail);
  return mail;
}

}  // namespace parlance
