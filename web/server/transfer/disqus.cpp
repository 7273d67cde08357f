// The XML of Disqus:
//
//   disqus/thread dsq:id   id (what the page calls itself), link, title, then
//   disqus/post dsq:id     message (HTML), createdAt, isDeleted, isSpam, author/name,
//                          thread dsq:id, parent dsq:id
#include "web/server/transfer/html_to_markdown.h"
#include "web/server/transfer/source_text.h"
#include "web/server/transfer/sources.h"
#include "web/server/transfer/xml_records.h"

namespace parlance {
namespace {

struct Page {
  std::string key;
  std::string title;
  std::string link;
};
using Pages = std::unordered_map<std::string, Page>;

constexpr const char* kId = "dsq:id";

Status take_post(const std::string& id, const XmlRecord& record, const Pages& pages,
                 Intake& intake) {
  const auto page = pages.find(field(record, "thread@dsq:id"));
  if (page == pages.end()) {
    intake.report().skipped("belongs to a page that the file does not have", id);
    return {};
  }
  TravellingComment comment;
  comment.id = id;
  comment.parent = field(record, "parent@dsq:id");
  comment.thread = page->second.key;
  comment.title = page->second.title;
  comment.url = page->second.link;
  comment.row.author = field(record, "author/name");
  comment.row.email = field(record, "author/email");
  comment.row.text = markdown_from_html(field(record, "message"), LineFeeds::Spaces);
  comment.row.created = time_from(field(record, "createdAt"));
  if (field(record, "isDeleted") == "true") comment.row.status = CommentStatus::Deleted;
  if (field(record, "isSpam") == "true") comment.row.status = CommentStatus::Spam;
  return intake.take(std::move(comment));
}

}  // namespace

Status read_disqus(const std::string& path, const ThreadKeys& keys, Intake& intake) {
  auto file = XmlRecords::open(path);
  if (!file) return file.error();
  Pages pages;
  for (bool is_first = true;; is_first = false) {
    const auto more = file->next();
    if (!more) return more.error();
    if (!*more) return {};
    const std::string name(file->name());
    if (is_first && name != "disqus") {
      return Error{ErrorCode::InvalidField, "the file is no export of Disqus", ""};
    }
    if (name != "thread" && name != "post") continue;
    const std::string id = file->attribute(kId);
    const auto record = file->record();
    if (!record) return record.error();
    if (name == "thread") {
      const std::string& link = field(*record, "link");
      pages.emplace(id, Page{keys.key(link, field(*record, "id")), field(*record, "title"), link});
      continue;
    }
    if (Status taken = take_post(id, *record, pages, intake); !taken) return taken;
  }
}

}  // namespace parlance
