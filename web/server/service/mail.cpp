#include "web/server/service/mail.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <nlohmann/json.hpp>

#include "web/server/service/guest_token.h"
#include "widget/core/limits.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

using nlohmann::json;

constexpr std::string_view kHex = "0123456789ABCDEF";
// An encoded word is at most 75 characters, and a line with the name of its header 78.
constexpr std::size_t kMaxWord = 52;
constexpr std::size_t kMaxLine = 76;
constexpr std::size_t kMaxSubject = 200;  // Code points.

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F;
}

// One line of code points without controls, cut where it gets too long.
std::string one_line(std::string_view text, std::size_t most) {
  std::string line;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (count == most) return line + "…";
    const CodePoint point = decode_at(text, at);
    const bool is_control = point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0) ||
                            point.value == 0x2028 || point.value == 0x2029;
    append_utf8(line, is_control ? U' ' : point.value);
    at += point.bytes;
  }
  return line;
}

void append_escaped(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out += '=';
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

bool is_safe_in_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A header's text in encoded words, one to a line, each whole characters. All of it is encoded, so
// nothing in it can mean anything.
std::string encoded_words(std::string_view text) {
  std::string out;
  std::string word;
  const auto end_word = [&] {
    if (word.empty()) return;
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?Q?" + word + "?=";
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = decode_at(text, at).bytes;
    std::string one;
    for (const char c : text.substr(at, bytes)) {
      if (is_safe_in_word(c)) {
        one += c;
      } else if (c == ' ') {
        one += '_';
      } else {
        append_escaped(one, c);
      }
    }
    if (word.size() + one.size() > kMaxWord) end_word();
    word += one;
    at += bytes;
  }
  end_word();
  return out;
}

std::string header_text(std::string_view text) {
  const std::string line = one_line(text, kMaxSubject);
  const bool is_simple = line.size() <= kMaxWord && std::ranges::all_of(line, is_plain) &&
                         line.find("=?") == std::string::npos;
  return is_simple ? line : encoded_words(line);
}

// A name before an address: in quotes a comma would do no harm, but encoded words need none.
std::string display_name(std::string_view name) {
  const std::string line = one_line(name, kMaxAuthorCodePoints);
  const bool is_simple =
      std::ranges::all_of(line, [](char c) { return is_safe_in_word(c) || c == ' '; });
  return is_simple && line.size() <= kMaxWord ? line : encoded_words(line);
}

// Quoted-printable (RFC 2045, 6.7): lines of at most 76 characters, CR LF between them.
std::string quoted_printable(std::string_view text) {
  std::string out;
  std::size_t line = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') {
      out += "\r\n";
      line = 0;
      continue;
    }
    const bool is_last = at + 1 == text.size() || text[at + 1] == '\n';
    const bool is_literal = is_plain(c) && c != '=' && !(c == ' ' && is_last) &&
                            // "From " and a lone dot are what old programs stumble over.
                            !(line == 0 && (c == '.' || c == 'F'));
    const std::size_t width = is_literal ? 1 : 3;
    if (line + width > kMaxLine - 1) {
      out += "=\r\n";
      line = 0;
    }
    if (is_literal) {
      out += c;
    } else {
      append_escaped(out, c);
    }
    line += width;
  }
  return out;
}

std::string date_of(UnixSeconds date) {
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = static_cast<std::time_t>(date);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %d %s %d %02d:%02d:%02d +0000",
                kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                parts.tm_hour, parts.tm_min, parts.tm_sec);
  return text.data();
}

void append_part(std::string& out, const std::string& boundary, std::string_view type,
                 std::string_view text) {
  out += "--" + boundary + "\r\nContent-Type: ";
  out += type;
  out += "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
  out += quoted_printable(text);
  out += "\r\n";
}

// In quoted-printable "=_" cannot occur, so no text can end its part.
std::string boundary_of(const std::string& id) {
  const std::string hash = sha256(id);
  std::string boundary = "=_parlance_";
  for (std::size_t i = 0; i < 12; ++i) {
    const auto byte = static_cast<unsigned char>(hash[i]);
    boundary += kHex[byte >> 4];
    boundary += kHex[byte & 15];
  }
  return boundary;
}

// Nothing but what may stand in one header line as it is.
std::string token_text(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    if (is_plain(c) && c != ' ' && c != '<' && c != '>') clean += c;
  }
  return clean;
}

}  // namespace

std::string to_payload(const Mail& mail) {
  const json object = {{"from_name", mail.from_name},
                       {"to", mail.to},
                       {"subject", mail.subject},
                       {"text", mail.text},
                       {"html", mail.html},
                       {"about", mail.about},
                       {"unsubscribe", mail.unsubscribe}};
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<Mail> mail_from_payload(std::string_view payload) {
  const json object = json::parse(payload, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  Mail mail;
  const std::pair<const char*, std::string*> fields[] = {{"from_name", &mail.from_name},
                                                         {"to", &mail.to},
                                                         {"subject", &mail.subject},
                                                         {"text", &mail.text},
                                                         {"html", &mail.html},
                                                         {"about", &mail.about},
                                                         {"unsubscribe", &mail.unsubscribe}};
  for (const auto& [name, place] : fields) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    *place = found->get<std::string>();
  }
  return mail;
}

std::string to_message(const Mail& mail, const MessageFrame& frame) {
  const std::string boundary = boundary_of(frame.id);
  std::string out;
  const auto add = [&](std::string_view name, const std::string& value) {
    out.append(name).append(": ").append(value).append("\r\n");
  };
  add("Date", date_of(frame.date));
  const std::string name = display_name(frame.from.name.empty() ? mail.from_name : frame.from.name);
  add("From", (name.empty() ? "" : name + " ") + "<" + token_text(frame.from.address) + ">");
  add("To", "<" + token_text(mail.to) + ">");
  add("Subject", header_text(mail.subject));
  add("Message-ID", "<" + token_text(frame.id) + ">");
  if (!mail.about.empty()) {
    add("In-Reply-To", "<" + token_text(mail.about) + ">");
    add("References", "<" + token_text(mail.about) + ">");
  }
  add("Auto-Submitted", "auto-generated");
  if (!mail.unsubscribe.empty()) {
    add("List-Unsubscribe", "<" + token_text(mail.unsubscribe) + ">");
    add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  add("MIME-Version", "1.0");
  add("Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"");
  out += "\r\n";
  append_part(out, boundary, "text/plain", mail.text);
  append_part(out, boundary, "text/html", mail.html);
  return out + "--" + boundary + "--\r\n";
}

bool is_mailbox(std::string_view address) {
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~.";
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || at + 1 == address.size()) return false;
  if (address.size() > kMaxEmailBytes) return false;
  const auto is_local = [&](char c) {
    return is_safe_in_word(c) || kMarks.find(c) != std::string_view::npos;
  };
  const auto is_domain = [](char c) { return is_safe_in_word(c) || c == '-' || c == '.'; };
  const std::string_view domain = address.substr(at + 1);
  return std::ranges::all_of(address.substr(0, at), is_local) && address.front() != '-' &&
         std::ranges::all_of(domain, is_domain) && domain.front() != '-' && domain.front() != '.';
}

std::string html_of(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

}  // namespace parlance
