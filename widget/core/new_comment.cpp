#include "widget/core/new_comment.h"

#include <algorithm>

#include "widget/core/limits.h"
#include "widget/core/utf8.h"

namespace parlance {
namespace {

// White space, and characters that draw nothing and would let an empty comment pass for a full one.
bool is_invisible(char32_t point) {
  if (point <= 0x20 || point == 0x85 || point == 0xA0 || point == 0xAD) return true;
  if (point >= 0x2000 && point <= 0x200F) return true;
  if (point >= 0x2028 && point <= 0x202F) return true;
  if (point >= 0x205F && point <= 0x206F) return true;
  return point == 0x1680 || point == 0x3000 || point == 0xFEFF || point == 0x3164 ||
         point == 0x115F || point == 0x1160 || point == 0x2800;
}

bool is_space(char32_t point) {
  return point == ' ' || point == '\n' || point == '\t' || point == '\r' || point == 0xA0 ||
         point == 0x3000;
}

std::string trimmed(std::string_view text) {
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_at(text, at);
    if (!is_space(point.value)) {
      begin = std::min(begin, at);
      end = at + point.bytes;
    }
    at += point.bytes;
  }
  return begin < end ? std::string(text.substr(begin, end - begin)) : std::string();
}

bool has_control(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') || byte == 0x7F) return true;
  }
  return false;
}

std::string with_line_feeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r') {
      out.push_back(text[at]);
      continue;
    }
    if (at + 1 < text.size() && text[at + 1] == '\n') continue;
    out.push_back('\n');
  }
  return out;
}

// Deliberately loose: one @ with something on both sides, no white space. Only a mail that arrives
// proves an address.
bool is_plausible_email(std::string_view email) {
  if (email.size() > kMaxEmailBytes) return false;
  const std::size_t at = email.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == email.size()) return false;
  if (email.find('@', at + 1) != std::string_view::npos) return false;
  return std::none_of(email.begin(), email.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == '<' || byte == '>' || byte == ',' || byte == 0x7F;
  });
}

Error field_error(ErrorCode code, std::string field) {
  std::string text = field + ": " + std::string(wire_name(code));
  return {code, std::move(text), std::move(field)};
}

Status check_characters(std::string_view text, const char* field) {
  if (!is_valid_utf8(text) || has_control(text)) return field_error(ErrorCode::InvalidUtf8, field);
  return {};
}

}  // namespace

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_at(text, at);
    if (!is_invisible(point.value)) return false;
    at += point.bytes;
  }
  return true;
}

Result<NewComment> validated(const NewComment& comment) {
  const std::pair<const std::string*, const char*> fields[] = {{&comment.parent, "parent"},
                                                               {&comment.author, "author"},
                                                               {&comment.email, "email"},
                                                               {&comment.text, "text"}};
  for (const auto& [value, name] : fields) {
    if (Status status = check_characters(*value, name); !status) return status.error();
  }
  if (comment.parent.size() > kMaxIdBytes) return field_error(ErrorCode::InvalidParent, "parent");

  NewComment clean{comment.parent, trimmed(comment.author), trimmed(comment.email),
                   trimmed(with_line_feeds(comment.text))};
  std::replace_if(
      clean.author.begin(), clean.author.end(),
      [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
  if (is_blank(clean.author)) return field_error(ErrorCode::EmptyAuthor, "author");
  if (count_code_points(clean.author) > kMaxAuthorCodePoints) {
    return field_error(ErrorCode::AuthorTooLong, "author");
  }
  if (!clean.email.empty() && !is_plausible_email(clean.email)) {
    return field_error(ErrorCode::InvalidEmail, "email");
  }
  if (is_blank(clean.text)) return field_error(ErrorCode::EmptyText, "text");
  if (count_code_points(clean.text) > kMaxTextCodePoints) {
    return field_error(ErrorCode::TextTooLong, "text");
  }
  return clean;
}

}  // namespace parlance
