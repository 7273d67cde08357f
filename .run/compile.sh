#!/usr/bin/env bash
# compile.sh <preset>: configures and builds one preset of CMakePresets.json.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
source "$STEPS/env.sh"
cd "$ROOT"

# CMake keeps the first compiler and libraries it found: where those moved, it starts anew.
parts="$PARLANCE_EMSCRIPTEN_TOOLCHAIN $PARLANCE_IMGUI_DIR $PARLANCE_HEADERS_DIR $PARLANCE_DROGON_PREFIX"
stamp=build/$1/parts.txt
if [ -e "$stamp" ] && [ "$(cat "$stamp")" != "$parts" ]; then rm -rf "build/$1"; fi

cmake --preset "$1"
printf '%s\n' "$parts" >"$stamp"
cmake --build --preset "$1"
