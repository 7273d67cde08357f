#!/usr/bin/env bash
# What the layered targets cannot refuse: each rule names what is looked for, where, and why not.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
source "$STEPS/files.sh"
cd "$ROOT"
rules=0
bad=0

# never <why> <extended regular expression> <pathspec…>
never() {
  local why=$1 pattern=$2 hits
  shift 2
  rules=$((rules + 1))
  hits=$(own_files "$@" | xargs -0 --no-run-if-empty grep -nE -- "$pattern" /dev/null || true)
  [ -n "$hits" ] || return 0
  printf '%s:\n%s\n' "$why" "$hits"
  bad=1
}

never "only shell/browser knows Emscripten" '__EMSCRIPTEN__|<emscripten|EM_JS|EM_ASM' \
  widget web tests shell ':!shell/browser' ':!*.md' ':!*CMakeLists.txt'
never "the widget has no clock, thread, file or network" \
  '#include <(thread|fstream|filesystem|iostream|ctime|mutex|future)>|(system|steady|high_resolution)_clock' \
  widget/core widget/backends widget/text
never "core knows the standard library only" '#include [<"](imgui|nlohmann|widget/(views|text|backends)|shell/|web/)' widget/core
never "text knows core only" '#include [<"](imgui|nlohmann|widget/(views|backends)|shell/|web/)' widget/text
never "backends know core and JSON only" '#include [<"](imgui|widget/(views|text)|shell/|web/)' widget/backends
never "only drawing knows Dear ImGui" '#include <imgui|ImGui::' widget ':!widget/drawing' ':!widget/imgui'
never "views know no backend's wire and no host" '#include [<"](nlohmann|widget/backends|shell/|web/)' widget/views
never "pixels are never read back" 'getImageData|readPixels|toDataURL|toBlob' shell embed widget
never "no HTML is parsed into the page" \
  'innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\(|new Function' \
  shell embed widget
[ "$bad" -eq 0 ] || exit 1
say "$rules rules"
