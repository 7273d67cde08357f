#!/usr/bin/env bash
# Measures Parlance beside its baselines; options go to the bench.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
bash "$STEPS/build.sh"
source "$STEPS/env.sh"
cd "$ROOT"
exec node tests/bench/run.mjs "$@"
