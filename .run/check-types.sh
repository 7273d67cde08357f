#!/usr/bin/env bash
# The TypeScript files hold under the strict settings of tsconfig.json.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
[ -e tsconfig.json ] || die "tsconfig.json is missing"
node_modules/.bin/tsc --noEmit -p tsconfig.json
say "TypeScript $(node_modules/.bin/tsc --version | sed 's/^Version //')"
