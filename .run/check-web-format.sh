#!/usr/bin/env bash
# Script, style, page and JSON files are as prettier leaves them.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
source "$STEPS/files.sh"
cd "$ROOT"
count=$(web_files | tr -cd '\0' | wc -c)
[ "$count" -gt 0 ] || die "no web file was found"
web_files | xargs -0 node_modules/.bin/prettier --check --log-level warn || die "run ./run format"
say "$count web files"
