// The files that comments can come from. Each reader gives what it finds to the intake, in the
// order of the file and without holding more of it than one comment; what nobody needs is passed
// over, what is broken is told.
//
// They fail with InvalidField and say where, when the file is not what it should be; what came
// before stays.
#pragma once

#include <string>
#include <unordered_map>

#include "web/server/transfer/intake.h"

namespace parlance {

// How a page's address becomes the key of its thread.
struct ThreadKeys {
  enum class Form : std::uint8_t { Path, Url, Id };
  Form form = Form::Path;
  // What the publisher wants to be called otherwise, by address, path or id.
  std::unordered_map<std::string, std::string> mapped;

  // `id` is what the other program calls the page.
  std::string key(const std::string& url, const std::string& id) const;
};

// JSON lines (export.h).
Status read_export(const std::string& path, Intake& intake);
// The first site in the export.
Result<Site> site_of_export(const std::string& path);

// WordPress eXtended RSS.
Status read_wordpress(const std::string& path, const ThreadKeys& keys, Intake& intake);
// The XML of Disqus.
Status read_disqus(const std::string& path, const ThreadKeys& keys, Intake& intake);
// Isso's SQLite file, which is only read.
Status read_isso(const std::string& path, const ThreadKeys& keys, Intake& intake);
// The JSON of Commento and of Comentario, versions 1 and 3.
Status read_commento(const std::string& path, const ThreadKeys& keys, Intake& intake);

}  // namespace parlance
