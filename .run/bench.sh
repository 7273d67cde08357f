#!/usr/bin/env bash
# Measures Parlance beside its baselines, or with "server" the server under load; options go to the
# bench.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
bench=tests/bench/run.mjs
if [ "${1:-}" = server ]; then
  shift
  bench=tests/bench/load/run.mjs
  bash "$STEPS/packages.sh" load
fi
bash "$STEPS/build.sh"
source "$STEPS/env.sh"
cd "$ROOT"
exec node "$bench" "$@"
