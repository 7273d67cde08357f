#!/usr/bin/env bash
# Formats the project's own files in place.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
bash "$STEPS/setup.sh"
source "$STEPS/files.sh"
cd "$ROOT"
cpp_files | xargs -0 --no-run-if-empty clang-format -i
web_files | xargs -0 --no-run-if-empty node_modules/.bin/prettier --write --log-level warn
