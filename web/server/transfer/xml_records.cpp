#include "web/server/transfer/xml_records.h"

#include <fcntl.h>
#include <libxml/xmlreader.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace parlance {
namespace {

constexpr std::size_t kMaxFieldBytes = 1024 * 1024;

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool is_text(int type) {
  return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
         type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE;
}

}  // namespace

Result<XmlRecords> XmlRecords::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const Error unreadable{ErrorCode::NotFound, "cannot read " + path, ""};
  if (file < 0) return unreadable;
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  _xmlTextReader* reader = xmlReaderForFd(file, "", nullptr, kOptions);
  if (reader != nullptr) return XmlRecords(reader, file);
  ::close(file);
  return unreadable;
}

XmlRecords::XmlRecords(XmlRecords&& other) noexcept
    : reader_(std::exchange(other.reader_, nullptr)), file_(std::exchange(other.file_, -1)) {}

XmlRecords::~XmlRecords() {
  if (reader_ == nullptr) return;
  xmlFreeTextReader(reader_);
  ::close(file_);
}

Result<bool> XmlRecords::step() {
  const int read = xmlTextReaderRead(reader_);
  if (read == 0) return false;
  const auto fail = [&](const char* what) {
    const int line = xmlTextReaderGetParserLineNumber(reader_);
    return Error{ErrorCode::InvalidField, "line " + std::to_string(line) + ": " + what, ""};
  };
  if (read < 0) return fail("this is no XML");
  const int type = xmlTextReaderNodeType(reader_);
  if (type == XML_READER_TYPE_DOCUMENT_TYPE) return fail("it has a document type");
  return true;
}

Result<bool> XmlRecords::next() {
  for (;;) {
    const auto more = step();
    if (!more || !*more) return more;
    if (xmlTextReaderNodeType(reader_) == XML_READER_TYPE_ELEMENT) return true;
  }
}

std::string_view XmlRecords::name() const { return view_of(xmlTextReaderConstName(reader_)); }

std::string XmlRecords::attribute(const char* name) const {
  const std::unique_ptr<xmlChar, void (*)(void*)> value(
      xmlTextReaderGetAttribute(reader_, reinterpret_cast<const xmlChar*>(name)), xmlFree);
  return std::string(view_of(value.get()));
}

void XmlRecords::take_attributes(const std::string& path, XmlRecord& record) {
  while (xmlTextReaderMoveToNextAttribute(reader_) == 1) {
    record.emplace(path + "@" + std::string(name()),
                   std::string(view_of(xmlTextReaderConstValue(reader_))));
  }
  xmlTextReaderMoveToElement(reader_);
}

Result<XmlRecord> XmlRecords::record() {
  XmlRecord record;
  if (xmlTextReaderIsEmptyElement(reader_) == 1) return record;
  const int depth = xmlTextReaderDepth(reader_);
  std::string path;
  std::string text;
  for (;;) {
    const auto more = step();
    if (!more) return more.error();
    if (!*more) return record;
    const int type = xmlTextReaderNodeType(reader_);
    if (type == XML_READER_TYPE_ELEMENT) {
      if (!path.empty()) path += '/';
      path += name();
      text.clear();
      take_attributes(path, record);
      if (xmlTextReaderIsEmptyElement(reader_) != 1) continue;
    } else if (is_text(type)) {
      const std::string_view more_text = view_of(xmlTextReaderConstValue(reader_));
      text += more_text.substr(0, kMaxFieldBytes - std::min(kMaxFieldBytes, text.size()));
      continue;
    } else if (type != XML_READER_TYPE_END_ELEMENT) {
      continue;
    } else if (xmlTextReaderDepth(reader_) <= depth) {
      return record;
    } else {
      record.emplace(path, std::exchange(text, ""));
    }
    const std::size_t slash = path.rfind('/');
    path.resize(slash == std::string::npos ? 0 : slash);
  }
}

Result<std::string> XmlRecords::text() {
  std::string text;
  if (xmlTextReaderIsEmptyElement(reader_) == 1) return text;
  const int depth = xmlTextReaderDepth(reader_);
  for (;;) {
    const auto more = step();
    if (!more) return more.error();
    const int type = xmlTextReaderNodeType(reader_);
    if (!*more || (type == XML_READER_TYPE_END_ELEMENT && xmlTextReaderDepth(reader_) <= depth)) {
      return text;
    }
    if (is_text(type) && text.size() < kMaxFieldBytes) {
      text += view_of(xmlTextReaderConstValue(reader_)).substr(0, kMaxFieldBytes);
    }
  }
}

const std::string& field(const XmlRecord& record, const char* path) {
  static const std::string nothing;
  const auto found = record.find(path);
  return found == record.end() ? nothing : found->second;
}

}  // namespace parlance
