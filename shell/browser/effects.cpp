#include "shell/browser/effects.h"

#include "shell/browser/host.h"

namespace parlance {
namespace {

struct Runner {
  int host;

  void operator()(const HttpRequest& request) const {
    parlance_host_http_request(host, request.id, static_cast<int>(request.method),
                               request.path.data(), request.path.size(), request.body.data(),
                               request.body.size(), request.token.data(), request.token.size(),
                               request.idempotency_key.data(), request.idempotency_key.size());
  }
  void operator()(const Save& save) const {
    parlance_host_save(host, save.key.data(), save.key.size(), save.value.data(),
                       save.value.size());
  }
  void operator()(const FocusNode& focus) const { parlance_host_focus_node(host, focus.node); }
  void operator()(const ScrollTo& scroll) const {
    parlance_host_scroll_to(host, scroll.top, scroll.bottom);
  }
  void operator()(const Announce& announce) const {
    parlance_host_announce(host, announce.text.data(), announce.text.size(),
                           announce.politeness == Politeness::Assertive);
  }
  void operator()(const OpenStream& stream) const {
    parlance_host_open_stream(host, stream.path.data(), stream.path.size(), stream.after.data(),
                              stream.after.size());
  }
  void operator()(const ForgetWords& words) const {
    parlance_host_forget_words(host, words.article);
  }
  void operator()(const CopyLink& link) const {
    parlance_host_copy_link(host, link.article, link.fragment.data(), link.fragment.size());
  }
};

}  // namespace

void run_effects(int host, const Effects& effects) {
  for (const Effect& effect : effects) std::visit(Runner{host}, effect);
}

}  // namespace parlance
