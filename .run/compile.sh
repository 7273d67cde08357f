#!/usr/bin/env bash
# compile.sh <preset>: configures and builds one preset of CMakePresets.json.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
source "$STEPS/env.sh"
cd "$ROOT"
cmake --preset "$1"
cmake --build --preset "$1"
