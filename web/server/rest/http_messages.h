// Requests and responses between Drogon's types and the routes'.
#pragma once

#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include "web/server/rest/http.h"

namespace parlance {

HttpRequest to_request(const drogon::HttpRequestPtr& request);

drogon::HttpResponsePtr to_response(HttpResponse response);

}  // namespace parlance
