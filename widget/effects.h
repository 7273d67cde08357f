// What the widget asks its host to do. The host answers with events; the widget never waits.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "widget/events.h"

namespace parlance {

enum class HttpMethod : std::uint8_t { Get, Post, Put, Delete };

// `path` starts with "/v1/" and is relative to the site's API address. Exactly one HttpResponse
// answers it. Reads may be retried by the host with back-off; writes are sent once (the widget
// retries with the same key).
struct HttpRequest {
  RequestId id = 0;
  HttpMethod method = HttpMethod::Get;
  std::string path;
  std::string body;             // JSON; may be empty.
  std::string token;            // Sent as "Authorization: Bearer …" when not empty.
  std::string idempotency_key;  // Sent as "Idempotency-Key" when not empty.
};

// Keep `value` in the reader's own storage; an empty value removes the entry. Keys carry no prefix
// of the host's.
struct Save {
  std::string key;
  std::string value;
};

// The host shows the plain view while "{site}/" + kViewKey is kept as kPlainView, and not
// otherwise, but where it has reasons of its own.
inline constexpr std::string_view kViewKey = "view";
inline constexpr std::string_view kPlainView = "plain";

// Move the keyboard focus, once the node is in the tree of the coming frame.
struct FocusNode {
  NodeId node = 0;
};

// Scroll the page so that `top`…`bottom` of the widget are in view.
struct ScrollTo {
  double top = 0;
  double bottom = 0;
};

enum class Politeness : std::uint8_t { Polite, Assertive };

struct Announce {
  std::string text;
  Politeness politeness = Politeness::Polite;
};

// Listen to the server-sent events at `path` that come after the one called `after`, until the
// widget ends. Each is a StreamEvent. The host reconnects by itself, and closes the stream while
// nobody would see what comes of it; it goes on where it was after that. In place of the stream
// that was opened before.
struct OpenStream {
  std::string path;
  std::string after;
};

// The comment reads differently from what the host may have kept of its words.
struct ForgetWords {
  NodeId article = 0;
};

// Copy the page's address with this fragment, within the task that the effect comes from;
// LinkCopied answers.
struct CopyLink {
  NodeId article = 0;
  std::string fragment;
};

using Effect = std::variant<HttpRequest, Save, FocusNode, ScrollTo, Announce, OpenStream,
                            ForgetWords, CopyLink>;
using Effects = std::vector<Effect>;

}  // namespace parlance
