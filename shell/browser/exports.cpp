// What the page calls. Strings are UTF-8 in memory from parlance_allocate; they are looked at only
// during the call. wasm-exports.ts tells TypeScript the same.
#include <emscripten.h>

#include <cstdlib>
#include <string_view>

#include "shell/browser/instance.h"

using namespace parlance;

namespace {

// One at a time is enough: the page reads it before it calls again.
FrameInput frame_input;
FrameOutput frame_output;
ReadingOrderOutput reading_order_output;
ReadingEntryOutput reading_entry_output;

std::uint32_t address(const void* pointer) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(pointer));
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void* parlance_allocate(std::size_t size) { return std::malloc(size); }
EMSCRIPTEN_KEEPALIVE void parlance_free(void* memory) { std::free(memory); }

EMSCRIPTEN_KEEPALIVE FrameInput* parlance_frame_input() { return &frame_input; }

EMSCRIPTEN_KEEPALIVE Instance* parlance_create(int host, int sort, int loading, const char* site,
                                               std::size_t site_size, const char* thread,
                                               std::size_t thread_size, const char* entropy,
                                               std::size_t entropy_size, const char* mono_family,
                                               std::size_t mono_family_size) {
  Config config{.site = {site, site_size},
                .thread = {thread, thread_size},
                .sort = static_cast<SortOrder>(sort),
                .loading = static_cast<Loading>(loading),
                .entropy = {entropy, entropy_size}};
  return new Instance(host, std::move(config), {mono_family, mono_family_size});
}
EMSCRIPTEN_KEEPALIVE void parlance_destroy(Instance* instance) { delete instance; }

EMSCRIPTEN_KEEPALIVE void parlance_started(Instance* instance) { instance->send(Started{}); }
EMSCRIPTEN_KEEPALIVE void parlance_woken(Instance* instance) { instance->send(Woken{}); }

EMSCRIPTEN_KEEPALIVE void parlance_signed_in(Instance* instance, const char* token,
                                             std::size_t token_size, const char* name,
                                             std::size_t name_size, const char* avatar,
                                             std::size_t avatar_size) {
  instance->send(SignedIn{.token = {token, token_size},
                          .name = {name, name_size},
                          .avatar_url = {avatar, avatar_size}});
}

EMSCRIPTEN_KEEPALIVE void parlance_storage_loaded(Instance* instance, const char* key,
                                                  std::size_t key_size, const char* value,
                                                  std::size_t value_size) {
  instance->send(StorageLoaded{.key = {key, key_size}, .value = {value, value_size}});
}

EMSCRIPTEN_KEEPALIVE void parlance_storage_refused(Instance* instance, const char* key,
                                                   std::size_t key_size) {
  instance->send(StorageRefused{.key = {key, key_size}});
}

EMSCRIPTEN_KEEPALIVE void parlance_action(Instance* instance, NodeId node, int kind,
                                          double natural_height, const char* value,
                                          std::size_t value_size) {
  instance->send(SemanticAction{.node = node,
                                .kind = static_cast<ActionKind>(kind),
                                .value = {value, value_size},
                                .natural_height = static_cast<float>(natural_height)});
}

EMSCRIPTEN_KEEPALIVE void parlance_pointed(Instance* instance, NodeId hovered, NodeId pressed,
                                           NodeId focused) {
  instance->send(Pointed{.hovered = hovered, .pressed = pressed, .focused = focused});
}

// `status` is 0 when there was no answer; why counts from 0: no network, unreachable, too late.
EMSCRIPTEN_KEEPALIVE void parlance_http_response(Instance* instance, RequestId id, int status,
                                                 int why, int retry_after, const char* body,
                                                 std::size_t body_size) {
  static_assert(static_cast<int>(ErrorCode::TimedOut) == static_cast<int>(ErrorCode::Offline) + 2);
  instance->send(
      HttpResponse{.id = id,
                   .status = status,
                   .failure = static_cast<ErrorCode>(static_cast<int>(ErrorCode::Offline) + why),
                   .retry_after = retry_after,
                   .body = {body, body_size}});
}
// `kind` as StreamEventKind counts.
EMSCRIPTEN_KEEPALIVE void parlance_stream_event(Instance* instance, int kind, const char* data,
                                                std::size_t data_size) {
  instance->send(
      StreamEvent{.kind = static_cast<StreamEventKind>(kind), .data = {data, data_size}});
}
EMSCRIPTEN_KEEPALIVE void parlance_stream_ended(Instance* instance) {
  instance->send(StreamEnded{});
}
EMSCRIPTEN_KEEPALIVE void parlance_went_online(Instance* instance) { instance->send(WentOnline{}); }

EMSCRIPTEN_KEEPALIVE void parlance_reveal_comment(Instance* instance, const char* id,
                                                  std::size_t id_size, int is_marked) {
  instance->send(RevealComment{.comment_id = {id, id_size}, .is_marked = is_marked != 0});
}
EMSCRIPTEN_KEEPALIVE void parlance_reveal_node(Instance* instance, NodeId article) {
  instance->send(RevealNode{.article = article});
}

EMSCRIPTEN_KEEPALIVE void parlance_set_font_family(Instance* instance, const char* family,
                                                   std::size_t family_size) {
  instance->set_font_family({family, family_size});
}
EMSCRIPTEN_KEEPALIVE void parlance_fonts_changed(Instance* instance) { instance->forget_fonts(); }

EMSCRIPTEN_KEEPALIVE void parlance_translated(Instance* instance, const char* original,
                                              std::size_t original_size, const char* pieces,
                                              std::size_t pieces_size) {
  instance->send(
      Translated{.original = {original, original_size}, .pieces = {pieces, pieces_size}});
}

// No address says that it was copied.
EMSCRIPTEN_KEEPALIVE void parlance_link_copied(Instance* instance, NodeId article,
                                               const char* address, std::size_t address_size) {
  instance->send(LinkCopied{.article = article, .address = {address, address_size}});
}

EMSCRIPTEN_KEEPALIVE int parlance_needs_frame(const Instance* instance) {
  return instance->needs_frame();
}

// The input is what parlance_frame_input points to. The answer holds until the next call.
EMSCRIPTEN_KEEPALIVE const FrameOutput* parlance_frame(Instance* instance) {
  instance->frame(frame_input, frame_output);
  return &frame_output;
}

EMSCRIPTEN_KEEPALIVE void parlance_detach_context(Instance* instance) { instance->detach(); }

EMSCRIPTEN_KEEPALIVE const ReadingOrderOutput* parlance_reading_order(Instance* instance) {
  const std::vector<NodeId>& order = instance->reading_order();
  reading_order_output = {.nodes = address(order.data()),
                          .count = static_cast<std::uint32_t>(order.size())};
  return &reading_order_output;
}

// Null when the article is no longer there.
EMSCRIPTEN_KEEPALIVE const ReadingEntryOutput* parlance_reading_entry(const Instance* instance,
                                                                      int form, NodeId article) {
  const std::optional<ReadingEntry> entry =
      instance->reading_entry(article, static_cast<ReadingForm>(form));
  if (!entry) return nullptr;
  reading_entry_output = {.author = address(entry->author.data()),
                          .author_size = static_cast<std::uint32_t>(entry->author.size()),
                          .text = address(entry->text.data()),
                          .text_size = static_cast<std::uint32_t>(entry->text.size())};
  return &reading_entry_output;
}
}
