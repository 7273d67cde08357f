// WordPress eXtended RSS:
//
//   rss/channel/item     a post: title, link, wp:post_id, and then its comments
//   wp:comment           wp:comment_id, wp:comment_parent (0 for none), wp:comment_author,
//                        wp:comment_author_email, wp:comment_date_gmt, wp:comment_content (HTML
//                        with paragraphs as blank lines), wp:comment_approved (1, 0, spam, trash),
//                        wp:comment_type (empty, comment, pingback, trackback …)
#include "web/server/transfer/html_to_markdown.h"
#include "web/server/transfer/source_text.h"
#include "web/server/transfer/sources.h"
#include "web/server/transfer/xml_records.h"

namespace parlance {
namespace {

CommentStatus status_of(const std::string& approved) {
  if (approved == "1" || approved == "approved") return CommentStatus::Approved;
  if (approved == "spam") return CommentStatus::Spam;
  return approved == "0" || approved == "hold" ? CommentStatus::Pending : CommentStatus::Deleted;
}

struct Post {
  std::string title;
  std::string link;
  std::string id;
};

Status take_comment(const XmlRecord& record, const Post& post, const ThreadKeys& keys,
                    Intake& intake) {
  const std::string& id = field(record, "wp:comment_id");
  const std::string& type = field(record, "wp:comment_type");
  if (!type.empty() && type != "comment") {
    intake.report().skipped("was no comment but a pingback or the like", id);
    return {};
  }
  TravellingComment comment;
  comment.id = id;
  const std::string& parent = field(record, "wp:comment_parent");
  if (parent != "0") comment.parent = parent;
  comment.thread = keys.key(post.link, post.id);
  comment.title = post.title;
  comment.url = post.link;
  comment.row.author = field(record, "wp:comment_author");
  comment.row.email = field(record, "wp:comment_author_email");
  comment.row.text = markdown_from_html(field(record, "wp:comment_content"), LineFeeds::Breaks);
  comment.row.created = time_from(field(record, "wp:comment_date_gmt"));
  comment.row.status = status_of(field(record, "wp:comment_approved"));
  return intake.take(std::move(comment));
}

// Goes on in `post` with what the element says of it.
Status take_element(XmlRecords& file, Post& post, const ThreadKeys& keys, Intake& intake) {
  const std::string name(file.name());
  if (name == "item") post = {};
  std::string* const text = name == "title"        ? &post.title
                            : name == "link"       ? &post.link
                            : name == "wp:post_id" ? &post.id
                                                   : nullptr;
  if (text != nullptr) {
    auto read = file.text();
    if (!read) return read.error();
    *text = std::move(*read);
  }
  if (name != "wp:comment") return {};
  const auto record = file.record();
  if (!record) return record.error();
  return take_comment(*record, post, keys, intake);
}

}  // namespace

Status read_wordpress(const std::string& path, const ThreadKeys& keys, Intake& intake) {
  auto file = XmlRecords::open(path);
  if (!file) return file.error();
  Post post;
  for (bool is_first = true;; is_first = false) {
    const auto more = file->next();
    if (!more) return more.error();
    if (!*more) return {};
    if (is_first && file->name() != "rss") {
      return Error{ErrorCode::InvalidField, "the file is no export of WordPress", ""};
    }
    Status taken = take_element(*file, post, keys, intake);
    if (!taken) return taken;
  }
}

}  // namespace parlance
