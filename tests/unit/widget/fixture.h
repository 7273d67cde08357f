// A thread on a page without a browser, with a network that answers as the test says.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "shell/headless/headless_shell.h"
#include "widget/backends/parlance_wire.h"

namespace parlance::test {

inline Comment comment(std::string id, std::string author, std::string text,
                       std::string parent = {}) {
  return {.id = std::move(id),
          .parent = std::move(parent),
          .author = std::move(author),
          .avatar_url = {},
          .text = std::move(text),
          .created = 1'700'000'000 - 7'200};
}

inline ThreadPage page(std::vector<Comment> comments, std::string next = {}) {
  ThreadPage made;
  made.thread = {
      .key = "harbour", .title = "Harbour", .comment_count = static_cast<int>(comments.size())};
  for (const Comment& one : comments) made.thread.root_count += one.parent.empty() ? 1 : 0;
  made.comments = std::move(comments);
  made.next_cursor = std::move(next);
  return made;
}

// The oldest request whose path contains `part`. REQUIRES there is one.
inline HttpRequest request(HeadlessShell& shell, std::string_view part) {
  for (const HttpRequest& waiting : shell.requests()) {
    if (waiting.path.find(part) != std::string::npos) return waiting;
  }
  FAIL("no request for ", std::string(part));
  return {};
}

inline void answer_page(HeadlessShell& shell, const ThreadPage& made) {
  shell.answer(request(shell, "/comments?").id, 200, wire::write_thread_page(made));
}

inline void answer_guest(HeadlessShell& shell) {
  shell.answer(request(shell, "/guests").id, 201, wire::write_guest("token-1"));
}

inline std::string failure(ErrorCode code) { return wire::write_failure({code, "for logs", {}}); }

// Rosa's comment with Idris' reply, and one by Mei; Mei's has more votes.
inline ThreadPage conversation() {
  Comment rosa = comment("1", "Rosa Quint", "The night ferry is not a luxury.");
  rosa.up = 3;
  Comment mei = comment("3", "Mei Tanaka", "Who pays for it?");
  mei.up = 9;
  mei.down = 1;
  return page({mei, rosa, comment("2", "Idris Vale", "My mother takes it to the clinic.", "1")});
}

}  // namespace parlance::test
