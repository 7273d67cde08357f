#include "shell/headless/headless_shell.h"

#include <imgui.h>

#include <algorithm>

#include "widget/core/overloaded.h"

namespace parlance {
namespace {

bool is_field(const SemanticNode& node) {
  return node.role == Role::TextField || node.role == Role::TextArea;
}

}  // namespace

std::string_view accessible_name(const SemanticNode& node) {
  return node.name.empty() ? node.text : node.name;
}

HeadlessShell::HeadlessShell() : HeadlessShell(Options{}) {}

HeadlessShell::HeadlessShell(Options options)
    : options_(std::move(options)), widget_(options_.config, text_), storage_(options_.storage) {
  for (const auto& [key, value] : options_.storage) run(widget_.handle(StorageLoaded{key, value}));
  run(widget_.handle(Started{}));
  draw();
}

void HeadlessShell::draw() {
  // A frame can ask for the next one, e.g. when it scrolls; a reader sees the last of them.
  for (int turn = 0; turn < 8; ++turn) {
    Viewport viewport{.width = options_.width,
                      .visible_top = scroll_top_,
                      .visible_bottom = scroll_top_ + options_.window_height,
                      .drawn_top = std::max(0.0, scroll_top_ - options_.margin),
                      .drawn_bottom = scroll_top_ + options_.window_height + options_.margin,
                      .page = page_,
                      .now = now_,
                      .time = time_,
                      .is_plain = is_plain_,
                      .is_scrolling = is_scrolling_,
                      .canvas = is_drawn_ && !is_plain_ ? &canvas_ : nullptr};
    frame_ = widget_.frame(viewport);
    const double before = scroll_top_;
    scroll_top_ += frame_.scroll_by;
    run(frame_.effects);
    if (wanted_focus_ != 0) {
      for (const SemanticNode& node : frame_.semantics->nodes()) {
        if (node.id != wanted_focus_) continue;
        wanted_focus_ = 0;
        focus_on(node.id);
        break;
      }
    }
    if (scroll_top_ == before && !widget_.needs_frame()) return;
  }
}

void HeadlessShell::run(const Effects& effects) {
  for (const Effect& effect : effects) {
    std::visit(
        Overloaded{
            [&](const HttpRequest& request) { requests_.push_back(request); },
            [&](const Save& save) {
              if (save.key == options_.config.site + "/" + std::string(kViewKey))
                is_plain_ = save.value == kPlainView;
              if (options_.refuses_storage) return run(widget_.handle(StorageRefused{save.key}));
              keep(save);
              saved_.push_back(save);
            },
            [&](const FocusNode& focus) { wanted_focus_ = focus.node; },
            [&](const ScrollTo& scroll) {
              const bool is_in_view = scroll.top >= scroll_top_ &&
                                      scroll.bottom <= scroll_top_ + options_.window_height;
              if (!is_in_view) scroll_top_ = std::max(0.0, scroll.top - 20);
            },
            [&](const Announce& announce) { announced_.push_back(announce.text); },
            [&](const OpenStream& stream) { stream_ = stream; },
            [&](const ForgetWords& words) { forgotten_.push_back(words.article); },
            [&](const CopyLink& link) {
              const std::string address = "https://page.example/harbour" + link.fragment;
              if (!options_.refuses_clipboard) copied_ = address;
              const bool is_copied = !options_.refuses_clipboard;
              run(widget_.handle(LinkCopied{
                  link.article, is_copied ? std::string_view() : std::string_view(address)}));
            },
        },
        effect);
  }
}

void HeadlessShell::keep(const Save& save) {
  if (save.value.empty()) {
    storage_.erase(save.key);
  } else {
    storage_[save.key] = save.value;
  }
}

void HeadlessShell::saved_elsewhere(const Save& save) {
  keep(save);
  send(StorageLoaded{.key = save.key, .value = save.value});
}

void HeadlessShell::send(const Event& event) {
  run(widget_.handle(event));
  draw();
}

bool HeadlessShell::act(const SemanticNode* node, ActionKind kind, std::string_view value) {
  if (node == nullptr || node->is_disabled) return false;
  const std::string kept(value);
  send(SemanticAction{.node = node->id, .kind = kind, .value = kept, .natural_height = 60});
  return true;
}

const SemanticNode* HeadlessShell::field(std::string_view name) const {
  for (const SemanticNode& node : frame_.semantics->nodes()) {
    if (is_field(node) && accessible_name(node) == name) return &node;
  }
  return nullptr;
}

bool HeadlessShell::click(Role role, std::string_view name) {
  return act(find(role, name), ActionKind::Activate, {});
}

bool HeadlessShell::type(std::string_view name, std::string_view text) {
  const SemanticNode* const node = field(name);
  if (node == nullptr || node->is_disabled) return false;
  const NodeId id = node->id;
  focus_on(id);
  send(
      SemanticAction{.node = id, .kind = ActionKind::SetText, .value = text, .natural_height = 60});
  return true;
}

bool HeadlessShell::press_submit(std::string_view name) {
  return act(field(name), ActionKind::Submit, {});
}
bool HeadlessShell::press_escape(std::string_view name) {
  return act(field(name), ActionKind::Cancel, {});
}

void HeadlessShell::press_j() {
  send(SemanticAction{.node = pointed_.focused, .kind = ActionKind::Next});
}
void HeadlessShell::press_k() {
  send(SemanticAction{.node = pointed_.focused, .kind = ActionKind::Previous});
}

void HeadlessShell::point_at(NodeId node) {
  pointed_.hovered = node;
  send(pointed_);
}

void HeadlessShell::hold(NodeId node) {
  pointed_.pressed = node;
  send(pointed_);
}

void HeadlessShell::focus_on(NodeId node) {
  pointed_.focused = node;
  send(pointed_);
}

void HeadlessShell::pass(double milliseconds) {
  time_ += milliseconds;
  const bool is_woken =
      frame_.wake_after && static_cast<double>(frame_.wake_after->count()) <= milliseconds;
  if (is_woken) run(widget_.handle(Woken{}));
  if (is_woken || frame_.is_fading) draw();
}

int HeadlessShell::ink(Rgba colour) const {
  const ImU32 wanted = IM_COL32(colour >> 24 & 0xFF, colour >> 16 & 0xFF, colour >> 8 & 0xFF, 0);
  int most = 0;
  for (const ImDrawList* list : canvas_.picture().CmdLists) {
    for (const ImDrawVert& vertex : list->VtxBuffer) {
      const bool is_it = (vertex.col & ~IM_COL32_A_MASK) == wanted;
      if (is_it) most = std::max(most, static_cast<int>(vertex.col >> IM_COL32_A_SHIFT & 0xFF));
    }
  }
  return most;
}

void HeadlessShell::scroll_to(double top) {
  scroll_top_ = top;
  draw();
}

void HeadlessShell::scroll_past(double top) {
  is_scrolling_ = true;
  scroll_to(top);
}

void HeadlessShell::come_to_rest() {
  is_scrolling_ = false;
  draw();
}

void HeadlessShell::resize(float width) {
  options_.width = width;
  draw();
}

void HeadlessShell::answer(RequestId id, int status, std::string_view body) {
  std::erase_if(requests_, [&](const HttpRequest& request) { return request.id == id; });
  send(HttpResponse{.id = id, .status = status, .body = body});
}

void HeadlessShell::fail(RequestId id, ErrorCode code) {
  std::erase_if(requests_, [&](const HttpRequest& request) { return request.id == id; });
  send(HttpResponse{.id = id, .failure = code});
}

const SemanticNode* HeadlessShell::find(Role role, std::string_view name) const {
  for (const SemanticNode& node : frame_.semantics->nodes()) {
    if (node.role == role && accessible_name(node) == name) return &node;
  }
  return nullptr;
}

const SemanticNode* HeadlessShell::find_beginning(Role role, std::string_view beginning) const {
  for (const SemanticNode& node : frame_.semantics->nodes()) {
    if (node.role == role && accessible_name(node).starts_with(beginning)) return &node;
  }
  return nullptr;
}

std::vector<const SemanticNode*> HeadlessShell::all(Role role) const {
  std::vector<const SemanticNode*> found;
  for (const SemanticNode& node : frame_.semantics->nodes()) {
    if (node.role == role) found.push_back(&node);
  }
  return found;
}

bool HeadlessShell::says(std::string_view text) const {
  return std::any_of(
      frame_.semantics->nodes().begin(), frame_.semantics->nodes().end(),
      [&](const SemanticNode& node) { return node.text.find(text) != std::string_view::npos; });
}

std::vector<std::string> HeadlessShell::articles() const {
  std::vector<std::string> names;
  for (const SemanticNode* article : all(Role::Article))
    names.emplace_back(accessible_name(*article));
  return names;
}

}  // namespace parlance
