// Answers made smaller on their way to browsers that take gzip.
#pragma once

#include "web/server/rest/http.h"

namespace parlance {

enum class Compression {
  Auto,  // For all but this machine: there the bytes cost nothing, and a proxy compresses by
         // itself.
  Always,
  Never,
};

// Whether an answer to this request may be made smaller.
bool wants_compression(const HttpRequest& request, Compression choice);

// Replaces a JSON body of more than a packet by its gzip form, where it pays and the request allows
// it.
void compress(const HttpRequest& request, Compression choice, HttpResponse& response);

}  // namespace parlance
