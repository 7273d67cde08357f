#include "web/server/rest/compression.h"

#include <zlib.h>

namespace parlance {
namespace {

// What one packet holds takes one packet, however small it is made.
constexpr std::size_t kFewestBytes = 1'400;
// Level 1 leaves a third of a thread page, the best a quarter, at six times the cost.
constexpr int kLevel = 1;
constexpr int kGzipWindow = 15 + 16;
constexpr int kUsualMemory = 8;

bool is_from_this_machine(const HttpRequest& request) {
  return request.address.starts_with("127.") || request.address == "::1";
}

// Empty when it did not work.
std::string gzipped(std::string& body) {
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kUsualMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return {};
  }
  std::string small(deflateBound(&stream, body.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(body.data());
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(small.data());
  stream.avail_out = static_cast<uInt>(small.size());
  const bool is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  small.resize(is_done ? stream.total_out : 0);
  deflateEnd(&stream);
  return small;
}

}  // namespace

bool wants_compression(const HttpRequest& request, Compression choice) {
  if (choice == Compression::Never) return false;
  if (choice == Compression::Auto && is_from_this_machine(request)) return false;
  return request.accept_encoding.find("gzip") != std::string::npos;
}

void compress(const HttpRequest& request, Compression choice, HttpResponse& response) {
  const std::string& type = response.content_type;
  const bool is_text = type == "application/json" || type.ends_with("+xml");
  if (!is_text || response.body.size() < kFewestBytes) return;
  if (!wants_compression(request, choice)) return;
  for (const auto& [name, value] : response.headers) {
    if (name == "Content-Encoding") return;
  }
  std::string small = gzipped(response.body);
  if (small.empty()) return;
  response.body = std::move(small);
  response.add_header("Content-Encoding", "gzip");
}

}  // namespace parlance
