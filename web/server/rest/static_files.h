// The widget's own files and the demo pages, kept in memory: they are few, and what is not in the
// list cannot be asked for, whatever a path looks like.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "web/server/rest/http.h"
#include "widget/core/result.h"

namespace parlance {

class StaticFiles {
 public:
  // Serves nothing.
  StaticFiles() = default;

  // Reads every file below the folder, once. "name.br" is what is sent for "name" to browsers that
  // take Brotli. Fails with NotFound when there is no such folder, and with Unavailable when a file
  // cannot be read or all of them together are larger than kMaxBytes.
  static Result<StaticFiles> load(const std::string& folder);
  static constexpr std::size_t kMaxBytes = 256 * 1024 * 1024;

  // Fails with NotFound or MethodNotAllowed.
  Result<HttpResponse> answer(const HttpRequest& request) const;

 private:
  struct File {
    std::string content_type;
    std::string cache_control;
    std::string etag;
    std::string body;
    std::string brotli;  // Empty: only the plain form is there.
    bool is_page = false;
  };
  static File to_file(const std::string& path, std::string body);
  const File* find(const std::string& path) const;

  std::unordered_map<std::string, File> files_;  // By path, with the leading slash.
};

// Whether the file's name changes with its content, so that a browser may keep it for good: it lies
// in /assets/, or a part of its name between dots or after a hyphen is a hash.
bool has_hashed_name(std::string_view path);

}  // namespace parlance
