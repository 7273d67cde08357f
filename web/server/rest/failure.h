// Every failure as an HTTP answer: the wire's Failure body with the status that fits its code.
#pragma once

#include "web/server/rest/http.h"
#include "widget/core/result.h"

namespace parlance {

int http_status(ErrorCode code);

HttpResponse failure(const Error& error);

}  // namespace parlance
