// Which pages may embed a site. Tokens travel in a header and there are no cookies, so an origin is
// never given credentials: what CORS guards here is that a site's comments appear only where its
// publisher says.
#pragma once

#include "web/server/rest/http.h"
#include "web/server/store/records.h"

namespace parlance {

// Whether a page of the request's origin may use the site. Requests without an origin do not come
// from a page of another site, and the server's own pages are always welcome.
bool is_origin_allowed(const HttpRequest& request, const Site& site);

// Lets a page of an allowed origin read the answer.
void allow_origin(const HttpRequest& request, const Site& site, HttpResponse& response);

// For answers that no site vouches for, such as "no such site": there is nothing in them to guard,
// and a publisher who mistyped the key should see why.
void allow_every_origin(HttpResponse& response);

// The answer to a browser that asks beforehand.
HttpResponse preflight_answer(std::string_view allowed_methods);

}  // namespace parlance
