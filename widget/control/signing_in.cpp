// Who the reader is to the page around: known by name, or a guest.
#include "widget/control/controller.h"
#include "widget/core/limits.h"
#include "widget/core/utf8.h"

namespace parlance {

void Controller::signed_in(const SignedIn& reader) {
  if (reader.token.size() > kMaxTokenBytes) return;
  const bool has_avatar = reader.avatar_url.size() <= kMaxUrlBytes;
  conversation_.reader = {sanitized_text(reader.name),
                          std::string(has_avatar ? reader.avatar_url : std::string_view())};
  if (token_ == reader.token) return;
  token_ = reader.token;
  renewal_ = Renewal::Never;
  read_again();
}

// Once what is on its way is here: a reader who waits for comments is shown those first.
void Controller::read_again() {
  is_read_for_another_ = conversation_.loading == LoadState::Loading;
  if (is_read_for_another_ || !conversation_.has_first_page) return;
  ask_page(true);
}

void Controller::ask_for_token() {
  if (std::exchange(is_asking_for_token_, true)) return;
  effects_.push_back(HttpRequest{.id = requests_.open(GuestAsked{}),
                                 .method = HttpMethod::Post,
                                 .path = site_path(config_.site) + "/guests"});
}

void Controller::forget_token() {
  token_.clear();
  // What is kept is a guest's, which they will be again.
  if (!conversation_.reader.is_known()) save("token", {});
}

}  // namespace parlance
