#include "web/server/rest/http_messages.h"

namespace parlance {

HttpRequest to_request(const drogon::HttpRequestPtr& request) {
  HttpRequest result;
  result.method = request->methodString();
  result.path = request->getOriginalPath();
  result.query = request->query();
  result.body = request->body();
  result.address = request->peerAddr().toIp();
  result.accept_encoding = request->getHeader("accept-encoding");
  result.authorization = request->getHeader("authorization");
  result.content_type = request->getHeader("content-type");
  result.forwarded_for = request->getHeader("x-forwarded-for");
  result.host = request->getHeader("host");
  result.idempotency_key = request->getHeader("idempotency-key");
  result.if_modified_since = request->getHeader("if-modified-since");
  result.if_none_match = request->getHeader("if-none-match");
  result.last_event_id = request->getHeader("last-event-id");
  result.origin = request->getHeader("origin");
  result.request_id = request->getHeader("x-request-id");
  return result;
}

drogon::HttpResponsePtr to_response(HttpResponse response) {
  auto result = drogon::HttpResponse::newHttpResponse();
  result->setStatusCode(static_cast<drogon::HttpStatusCode>(response.status));
  if (response.content_type.empty()) {
    result->setContentTypeCode(drogon::CT_NONE);
  } else {
    result->setContentTypeString(response.content_type);
  }
  for (auto& [name, value] : response.headers) result->addHeader(name, std::move(value));
  result->setBody(std::move(response.body));
  return result;
}

}  // namespace parlance
