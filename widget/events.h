// What a host tells the widget. Strings are UTF-8 and looked at only during Widget::handle.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "widget/core/error_code.h"
#include "widget/core/node_id.h"

namespace parlance {

using RequestId = std::uint32_t;

// Everything that was kept (StorageLoaded) has been told; the widget may begin to load its thread.
struct Started {};

// One entry of the reader's own storage, as an earlier Save left it. Also sent when another tab has
// changed it; `value` is empty when it was removed.
struct StorageLoaded {
  std::string_view key;
  std::string_view value;
};

// An earlier Save of this key could not be carried out: the storage is refused or full.
struct StorageRefused {
  std::string_view key;
};

enum class ActionKind : std::uint8_t {
  Activate,  // A click, Enter, Space, or the same from assistive technology.
  SetText,   // A field now holds `value` and would be `natural_height` tall to show all of it.
  Submit,    // Ctrl/Cmd+Enter in a field.
  Cancel,    // Escape.
  Next,      // To the comment after or before the one that the node belongs to: the first one from
  Previous,  // above the comments, the last one from below them.
};

// The one way in for activation, whoever caused it.
struct SemanticAction {
  NodeId node = 0;
  ActionKind kind = ActionKind::Activate;
  std::string_view value;
  float natural_height = 0;
};

// What the pointer and the focus are on now; 0 for nothing. Only drawing depends on it.
struct Pointed {
  NodeId hovered = 0;
  NodeId pressed = 0;
  NodeId focused = 0;
};

// Whom the page knows its reader as: they are not asked for a name, and read as who they are.
// Without a name they are the guest whose token that is, if there is one.
struct SignedIn {
  std::string_view token;
  std::string_view name;
  std::string_view avatar_url;
};

// The answer to an HttpRequest effect. `status` is 0 when there was none: then `failure` says why
// (Offline, NetworkFailed, TimedOut). `retry_after`: seconds, when the server has said how long to
// wait.
struct HttpResponse {
  RequestId id = 0;
  int status = 0;
  ErrorCode failure = ErrorCode::NetworkFailed;
  int retry_after = 0;
  std::string_view body;
};

// What the stream has told. Reset: something was missed that will not be told again.
enum class StreamEventKind : std::uint8_t { Change, Reset };
struct StreamEvent {
  StreamEventKind kind = StreamEventKind::Change;
  std::string_view data;
};

// There is no such stream, and the host will not ask for it again by itself.
struct StreamEnded {};

// The browser has a network again.
struct WentOnline {};

// Bring a comment into view, and mark it: somebody followed its permalink, or find-in-page hit its
// text. `comment_id` is what the permalink names (without kPermalinkPrefix).
struct RevealComment {
  std::string_view comment_id;
  bool is_marked = true;  // False brings a reader back to where they have been, without a word.
};
struct RevealNode {
  NodeId article = 0;
};

// Every width measured so far is void: a font has finished loading, or the page's family or size
// has changed.
struct FontsChanged {};

// A page translator has put other words in the place of a text. The strings are those of
// Translations::note (text/translations.h).
struct Translated {
  std::string_view original;
  std::string_view pieces;
};

// What became of CopyLink. `address` is empty when it was copied, else what the reader may copy by
// hand.
struct LinkCopied {
  NodeId article = 0;
  std::string_view address;
};

// The wait that Frame::wake_after asked for is over.
struct Woken {};

using Event = std::variant<Started, SignedIn, StorageLoaded, StorageRefused, SemanticAction,
                           Pointed, HttpResponse, StreamEvent, StreamEnded, WentOnline,
                           RevealComment, RevealNode, FontsChanged, Translated, LinkCopied, Woken>;

}  // namespace parlance
