#!/usr/bin/env bash
# Builds what a site serves: the widget (wasm), the server (native), and the pages around them.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
bash "$STEPS/setup.sh"
source "$STEPS/env.sh"
cd "$ROOT"

logged "building the widget for browsers" build-wasm bash "$STEPS/compile.sh" wasm
logged "building the server" build-native bash "$STEPS/compile.sh" native
logged "bundling the embed script and the demo pages" build-embed node embed/build.mjs
