#!/usr/bin/env bash
# Dear ImGui as source, and the header-only libraries in a folder that holds nothing else: the
# WebAssembly build must not see the system's own headers.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
source "$STEPS/env.sh"

fetch_imgui() {
  source "$STEPS/archive.sh"
  local partial=$PARLANCE_CACHE/partial/imgui
  archive_open
  archive_source imgui "$partial"
  rm -rf "${PARLANCE_CACHE:?}/imgui-$SOURCE_VERSION"
  mv "$partial" "$PARLANCE_CACHE/imgui-$SOURCE_VERSION"
}

link_headers() {
  local name place
  mkdir -p "$PARLANCE_HEADERS_DIR"
  for name in nlohmann doctest; do
    for place in /usr/include /usr/local/include /opt/homebrew/include; do
      [ -d "$place/$name" ] || continue
      ln -sfn "$place/$name" "$PARLANCE_HEADERS_DIR/$name"
      break
    done
  done
}

[ -e "$PARLANCE_IMGUI_DIR/imgui.h" ] || logged "fetching Dear ImGui's sources" imgui fetch_imgui

header_check() { [ -e "$PARLANCE_HEADERS_DIR/nlohmann/json.hpp" ] && [ -e "$PARLANCE_HEADERS_DIR/doctest/doctest.h" ]; }
header_check || link_headers
header_check || die "the headers nlohmann/json.hpp and doctest/doctest.h were not found" \
  "install both, or name a folder that holds nlohmann/ and doctest/ in PARLANCE_HEADERS_DIR"
