#!/usr/bin/env bash
# The npm packages, exactly those of package-lock.json; only when that has changed.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

stamp=$ROOT/node_modules/.parlance-lock
if cmp -s "$ROOT/package-lock.json" "$stamp"; then exit 0; fi

install() {
  cd "$ROOT"
  npm ci
  cp package-lock.json "$stamp"
}
logged "installing the npm packages" npm install
