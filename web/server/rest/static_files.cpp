#include "web/server/rest/static_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace parlance {
namespace {

namespace fs = std::filesystem;

constexpr const char* kForever = "public, max-age=31536000, immutable";
// The loader's name cannot change, since it stands in other people's pages.
constexpr const char* kShort = "public, max-age=300";
constexpr const char* kAskEveryTime = "no-cache";

constexpr const char* kPagePolicy =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' "
    "data:; "
    "connect-src 'self'; require-trusted-types-for 'script'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'";

std::string content_type_of(const std::string& extension) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kTypes = {{
      {".css", "text/css; charset=utf-8"},
      {".html", "text/html; charset=utf-8"},
      {".ico", "image/x-icon"},
      {".jpg", "image/jpeg"},
      {".js", "text/javascript; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".png", "image/png"},
      {".svg", "image/svg+xml"},
      {".txt", "text/plain; charset=utf-8"},
      {".wasm", "application/wasm"},
      {".webp", "image/webp"},
      {".woff2", "font/woff2"},
  }};
  for (const auto& [known, type] : kTypes) {
    if (known == extension) return std::string(type);
  }
  return "application/octet-stream";
}

bool is_hash(std::string_view part) {
  constexpr std::size_t kShortest = 8;
  if (part.size() < kShortest) return false;
  const auto all_of = [&](std::string_view alphabet) {
    return part.find_first_not_of(alphabet) == std::string_view::npos;
  };
  return all_of("0123456789abcdef") || all_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
}

// FNV-1a: it tells versions of our own files apart and need not withstand anybody.
std::string etag_of(std::string_view body) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : body) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  std::string tag = "\"";
  for (int shift = 60; shift >= 0; shift -= 4) tag += "0123456789abcdef"[hash >> shift & 0xF];
  return tag + "\"";
}

bool accepts_brotli(const HttpRequest& request) {
  return request.accept_encoding.find("br") != std::string::npos;
}

}  // namespace

bool has_hashed_name(std::string_view path) {
  if (path.starts_with("/assets/")) return true;
  std::string_view name = path.substr(path.rfind('/') + 1);
  // The extension is never a hash.
  name = name.substr(0, name.rfind('.'));
  while (!name.empty()) {
    const std::size_t end = name.find_last_of(".-");
    if (end == std::string_view::npos) return false;
    if (is_hash(name.substr(end + 1))) return true;
    name = name.substr(0, end);
  }
  return false;
}

StaticFiles::File StaticFiles::to_file(const std::string& path, std::string body) {
  File file;
  file.content_type = content_type_of(fs::path(path).extension().string());
  file.is_page = path.ends_with(".html");
  file.cache_control = has_hashed_name(path) ? kForever : file.is_page ? kAskEveryTime : kShort;
  file.etag = etag_of(body);
  file.body = std::move(body);
  return file;
}

Result<StaticFiles> StaticFiles::load(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return Error{ErrorCode::NotFound, "no such folder: " + folder, ""};
  }
  StaticFiles files;
  std::unordered_map<std::string, std::string> brotli;
  std::size_t total = 0;
  for (auto at = fs::recursive_directory_iterator(folder, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (!at->is_regular_file(error)) continue;
    std::ifstream stream(at->path(), std::ios::binary);
    std::string body{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    total += body.size();
    if (!stream || total > kMaxBytes) {
      return Error{ErrorCode::Unavailable, "cannot serve " + at->path().string(), ""};
    }
    std::string path = at->path().lexically_relative(folder).generic_string();
    path.insert(path.begin(), '/');
    if (path.ends_with(".br")) {
      brotli.emplace(path.substr(0, path.size() - 3), std::move(body));
      continue;
    }
    files.files_.emplace(path, to_file(path, std::move(body)));
  }
  if (error) return Error{ErrorCode::Unavailable, folder + ": " + error.message(), ""};
  for (auto& [path, body] : brotli) {
    const auto plain = files.files_.find(path);
    if (plain != files.files_.end()) plain->second.brotli = std::move(body);
  }
  return files;
}

const StaticFiles::File* StaticFiles::find(const std::string& path) const {
  const auto found = files_.find(path.ends_with('/') ? path + "index.html" : path);
  return found == files_.end() ? nullptr : &found->second;
}

Result<HttpResponse> StaticFiles::answer(const HttpRequest& request) const {
  const auto path = percent_decoded(request.path);
  const File* file = path ? find(*path) : nullptr;
  if (file == nullptr) return Error{ErrorCode::NotFound, "no such file", ""};
  if (request.method != "GET") {
    return Error{ErrorCode::MethodNotAllowed, "files can only be read", ""};
  }

  HttpResponse response;
  response.add_header("ETag", file->etag);
  response.add_header("Cache-Control", file->cache_control);
  response.add_header("Vary", "Accept-Encoding");
  // Other people's pages load the widget, also from documents that isolate themselves.
  response.add_header("Access-Control-Allow-Origin", "*");
  response.add_header("Cross-Origin-Resource-Policy", "cross-origin");
  if (file->is_page) {
    response.add_header("Content-Security-Policy", kPagePolicy);
    response.add_header("Referrer-Policy", "strict-origin-when-cross-origin");
  }
  if (request.if_none_match.find(file->etag) != std::string::npos) {
    response.status = 304;
    return response;
  }
  response.content_type = file->content_type;
  const bool is_brotli = !file->brotli.empty() && accepts_brotli(request);
  if (is_brotli) response.add_header("Content-Encoding", "br");
  response.body = is_brotli ? file->brotli : file->body;
  return response;
}

}  // namespace parlance
