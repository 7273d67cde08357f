// An XML file read from its beginning to its end, element by element. It fetches nothing, expands
// nothing, and refuses a document type, since that is where files that grow come from.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "widget/core/result.h"

struct _xmlTextReader;

namespace parlance {

// The texts of an element by the path below it ("author/name"), and attributes of what stands
// below ("thread@dsq:id"). Of two with one name the first counts.
using XmlRecord = std::unordered_map<std::string, std::string>;

class XmlRecords {
 public:
  // Fails with NotFound.
  static Result<XmlRecords> open(const std::string& path);
  XmlRecords(XmlRecords&& other) noexcept;
  XmlRecords& operator=(XmlRecords&&) = delete;
  ~XmlRecords();

  // Goes to the beginning of the next element; false at the end of the file. Fails with
  // InvalidField and says in which line.
  Result<bool> next();

  std::string_view name() const;  // Of the element, with its prefix. Valid until next().
  std::string attribute(const char* name) const;

  // The whole element; goes to its end.
  Result<XmlRecord> record();
  Result<std::string> text();

 private:
  XmlRecords(_xmlTextReader* reader, int file) : reader_(reader), file_(file) {}
  Result<bool> step();
  void take_attributes(const std::string& path, XmlRecord& record);

  _xmlTextReader* reader_;
  int file_;
};

const std::string& field(const XmlRecord& record, const char* path);

}  // namespace parlance
