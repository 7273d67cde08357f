#include <fstream>

#include "tests/unit/server/store/temporary_store.h"
#include "web/server/rest/api.h"
#include "web/server/rest/compression.h"
#include "web/server/rest/cors.h"
#include "web/server/rest/failure.h"
#include "web/server/rest/static_files.h"
#include "widget/backends/parlance_wire.h"

using namespace parlance;

namespace {

std::string header(const HttpResponse& response, std::string_view name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) return value;
  }
  return "";
}

HttpRequest get(const std::string& path) {
  HttpRequest request;
  request.method = "GET";
  request.path = path;
  return request;
}

}  // namespace

TEST_CASE("failure: every code has a status that fits, and its body reads back") {
  for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    CAPTURE(wire_name(code));
    const HttpResponse response = failure({code, "why", "field"});
    CHECK(response.status >= 400);
    CHECK(response.status < 600);
    CHECK((response.status >= 500) ==
          (code == ErrorCode::Unavailable || code == ErrorCode::Overloaded ||
           code == ErrorCode::ReadOnly || code == ErrorCode::Internal));
    CHECK(wire::read_failure(response.body).code == code);
    CHECK((header(response, "Retry-After") != "") == is_worth_retrying(code));
  }
}

TEST_CASE("failure: strangers are not told what went wrong inside") {
  const HttpResponse response = failure({ErrorCode::Internal, "database: secret path", "x"});
  CHECK(response.body.find("secret") == std::string::npos);
}

TEST_CASE("route: paths are parted before they are decoded") {
  constexpr RoutePattern pattern("/v1/sites/{site}/threads/{thread}");
  const auto taken = [&](std::string_view path) {
    return pattern.fits(PathParts(path)) ? pattern.taken(PathParts(path)) : std::nullopt;
  };

  const auto found = taken("/v1/sites/a%2Fb/threads/c%20");
  REQUIRE(found.has_value());
  CHECK((*found)[0] == "a/b");
  CHECK((*found)[1] == "c ");
  CHECK((*found)[2].empty());
  CHECK(taken("/v1/sites//threads/c").has_value());
  for (const char* other : {"/v1/sites/a/threads", "/v1/sites/a/threads/c/d", "/v1/sites/a/other/c",
                            "/", "", "/v1/sites/a/threads/%", "/v1/sites/%4/threads/c",
                            "/v1/sites/%G0/threads/c", "//////////////////////"}) {
    CAPTURE(other);
    CHECK_FALSE(taken(other).has_value());
  }
}

TEST_CASE("http: parameters may come twice and in any spelling") {
  const auto parameters = query_parameters("thread=a+b&thread=c%26d&&x&=y");
  REQUIRE(parameters.has_value());
  CHECK(parameters->count("thread") == 2);
  CHECK(parameters->find("thread")->second == "a b");
  CHECK(parameters->count("x") == 1);
  CHECK_FALSE(query_parameters("a=%x").has_value());
}

TEST_CASE("cors: exact origins, the server's own host, or all") {
  Site site;
  site.origins = {"https://a.example"};
  HttpRequest request = get("/");
  request.host = "comments.example:8080";
  CHECK(is_origin_allowed(request, site));
  for (const char* origin : {"https://a.example", "http://comments.example:8080"}) {
    request.origin = origin;
    CHECK(is_origin_allowed(request, site));
  }
  for (const char* origin :
       {"https://b.example", "https://a.example:444", "http://a.example", "https://a.example.evil",
        "null", "comments.example:8080", "https://comments.example"}) {
    CAPTURE(origin);
    request.origin = origin;
    CHECK_FALSE(is_origin_allowed(request, site));
  }
  site.origins = {"*"};
  CHECK(is_origin_allowed(request, site));
}

TEST_CASE("static files: only names that change with their content are kept for good") {
  for (const char* path : {"/assets/x.js", "/parlance.0123abcd.js", "/parlance.deadbeef01.wasm",
                           "/chunk-ABCDEFG2.js", "/a/b.0123456789abcdef.css"}) {
    CAPTURE(path);
    CHECK(has_hashed_name(path));
  }
  for (const char* path :
       {"/embed.js", "/index.html", "/observatory.css", "/a.b.js", "/0123abcd",
        "/parlance.0123abc.js", "/parlance.deadbeef", "/", "/x.stylesheets.css"}) {
    CAPTURE(path);
    CHECK_FALSE(has_hashed_name(path));
  }
}

TEST_CASE("static files: serves what is in the folder and nothing else") {
  TemporaryFolder folder;
  std::filesystem::create_directories(folder.file("site/sub"));
  std::ofstream(folder.file("secret.txt")) << "secret";
  std::ofstream(folder.file("site/index.html")) << "<p>home";
  std::ofstream(folder.file("site/sub/index.html")) << "<p>sub";
  std::ofstream(folder.file("site/app.0123abcd.wasm")) << "plain";
  std::ofstream(folder.file("site/app.0123abcd.wasm.br")) << "small";
  std::ofstream(folder.file("site/embed.js")) << "go()";
  const auto files = StaticFiles::load(folder.file("site"));
  REQUIRE(files.has_value());

  CHECK(files->answer(get("/"))->body == "<p>home");
  CHECK(files->answer(get("/sub/"))->body == "<p>sub");
  CHECK(header(*files->answer(get("/")), "Content-Security-Policy").find("trusted-types") !=
        std::string::npos);
  CHECK(header(*files->answer(get("/embed.js")), "Cache-Control") == "public, max-age=300");

  HttpRequest wasm = get("/app.0123abcd.wasm");
  CHECK(files->answer(wasm)->body == "plain");
  wasm.accept_encoding = "gzip, deflate, br";
  const auto small = files->answer(wasm);
  CHECK(small->body == "small");
  CHECK(small->content_type == "application/wasm");
  CHECK(header(*small, "Content-Encoding") == "br");
  CHECK(header(*small, "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(header(*small, "Access-Control-Allow-Origin") == "*");
  wasm.if_none_match = header(*small, "ETag");
  CHECK(files->answer(wasm)->status == 304);

  for (const char* path :
       {"/nothing", "/sub", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
        "/app.0123abcd.wasm.br", "//etc/passwd", "/index.html%00", "/%", ""}) {
    CAPTURE(path);
    CHECK(files->answer(get(path)).error().code == ErrorCode::NotFound);
  }
  HttpRequest write = get("/embed.js");
  write.method = "POST";
  CHECK(files->answer(write).error().code == ErrorCode::MethodNotAllowed);
  CHECK(StaticFiles::load(folder.file("nowhere")).error().code == ErrorCode::NotFound);
}

TEST_CASE("api: behind a proxy the rates count for the address it names") {
  TemporaryStore files;
  files.add_site("news");
  auto service = Service::open(*files.store, {.new_guests_of_address = 1});
  REQUIRE(service.has_value());
  const auto status = [&](Api& api, const std::string& forwarded_for) {
    HttpRequest request = get("/v1/sites/news/guests");
    request.method = "POST";
    request.address = "127.0.0.1";
    request.forwarded_for = forwarded_for;
    Error error;
    return api.answer(request, 1'700'000'000, error).status;
  };
  Api proxied(**service, {.trusts_forwarded_for = true});
  CHECK(status(proxied, "198.51.100.1") == 201);
  CHECK(status(proxied, "198.51.100.1") == 429);
  CHECK(status(proxied, "198.51.100.2") == 201);
  // What stands before the proxy's own entry was written by who asks.
  CHECK(status(proxied, "203.0.113.9, 198.51.100.1") == 429);

  Api direct(**service, {});
  CHECK(status(direct, "203.0.113.1") == 201);
  CHECK(status(direct, "203.0.113.2") == 429);
}

TEST_CASE("compression: large JSON for other machines that take it") {
  const auto encoding = [](Compression choice, const char* address, const char* accepts,
                           std::size_t size) {
    HttpRequest request = get("/v1");
    request.address = address;
    request.accept_encoding = accepts;
    HttpResponse response;
    response.content_type = "application/json";
    response.body.assign(size, 'x');
    compress(request, choice, response);
    CHECK((response.body.size() < size) == (header(response, "Content-Encoding") == "gzip"));
    return header(response, "Content-Encoding");
  };
  CHECK(encoding(Compression::Auto, "198.51.100.1", "gzip, br", 50'000) == "gzip");
  CHECK(encoding(Compression::Auto, "198.51.100.1", "br", 50'000) == "");
  CHECK(encoding(Compression::Auto, "198.51.100.1", "gzip", 500) == "");
  CHECK(encoding(Compression::Auto, "127.0.0.1", "gzip", 50'000) == "");
  CHECK(encoding(Compression::Auto, "::1", "gzip", 50'000) == "");
  CHECK(encoding(Compression::Always, "127.0.0.1", "gzip", 50'000) == "gzip");
  CHECK(encoding(Compression::Never, "198.51.100.1", "gzip", 50'000) == "");
}
