#!/usr/bin/env bash
# C++ files are as clang-format leaves them. Other versions than 14 lay a few lines out otherwise.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
source "$STEPS/files.sh"
cd "$ROOT"
count=$(cpp_files | tr -cd '\0' | wc -c)
[ "$count" -gt 0 ] || die "no C++ file was found"
cpp_files | xargs -0 clang-format --dry-run -Werror || die "run ./run format"
say "$count C++ files"
