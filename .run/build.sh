#!/usr/bin/env bash
# Builds what a site serves: the widget (wasm), the server (native), and the pages around them.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
bash "$STEPS/setup.sh"
source "$STEPS/env.sh"
cd "$ROOT"

compile() {
  cmake --preset "$1"
  cmake --build --preset "$1"
}
logged "building the widget for browsers" build-wasm compile wasm
logged "building the server" build-native compile native
logged "bundling the embed script and the demo pages" build-embed node embed/build.mjs
