// Headers that every answer has, whatever answers.
#pragma once

#include "web/server/rest/http.h"

namespace parlance {

// Adds those that the response does not have already: what a browser is sent is taken for what it
// says it is, and is no page that runs or loads anything or that stands in a frame.
void add_security_headers(HttpResponse& response);

}  // namespace parlance
