// What the server knows of whoever asks, and that it forgets it.
#include "web/server/rest/api.h"

namespace parlance {

Result<HttpResponse> Api::get_me(const Call& call) {
  auto json = service_.export_me(call.site, call.caller);
  if (!json) return json.error();
  return private_json(200, std::move(*json));
}

Result<HttpResponse> Api::delete_me(const Call& call) {
  const auto parameters = query_parameters(call.request.query);
  const Error unusable{ErrorCode::InvalidField, "texts: keep, or nothing", "texts"};
  if (!parameters) return unusable;
  ErasedTexts texts = ErasedTexts::Remove;
  if (const auto given = parameters->find("texts"); given != parameters->end()) {
    if (given->second != "keep") return unusable;
    texts = ErasedTexts::Keep;
  }
  if (Status erased = service_.erase_me(call.site, texts, call.caller); !erased) {
    return erased.error();
  }
  return private_nothing();
}

}  // namespace parlance
